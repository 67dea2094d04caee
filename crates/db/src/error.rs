//! What a query can fail with.

use thiserror::Error;

/// The result of a query.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a query failed.
#[derive(Debug, Error)]
pub enum Error {
    /// A constraint that the caller named does not hold; the domain knows what it means.
    #[error("the constraint {0} does not hold")]
    Constraint(&'static str),
    /// A row cannot be a valid value: our bug, or somebody has changed the database by hand.
    #[error("inconsistency in {table}.{column} of row {key}")]
    Inconsistency {
        /// Where.
        table: &'static str,
        /// In which column.
        column: &'static str,
        /// The row's key.
        key: String,
    },
    /// The database does not answer; trying again later may help.
    #[error("the database is unavailable")]
    Unavailable(#[source] sqlx::Error),
    /// Anything else.
    #[error("the database refused a query")]
    Query(#[source] sqlx::Error),
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        if is_unavailable(&error) {
            Self::Unavailable(error)
        } else {
            Self::Query(error)
        }
    }
}

/// Whether the connection rather than the query is at fault.
fn is_unavailable(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::Protocol(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => true,
        // Classes 08 (connection), 53 (resources), 57P (shutdown, crash), 58 (system).
        sqlx::Error::Database(cause) => cause.code().is_some_and(|code| {
            ["08", "53", "57P", "58"]
                .iter()
                .any(|class| code.starts_with(class))
        }),
        _ => false,
    }
}

/// Turns the violation of a named constraint into an error of the domain, beside the query.
pub trait OnConstraint<T> {
    /// `Error::Constraint(name)` when that constraint does not hold.
    fn on_constraint(self, name: &'static str) -> Result<T>;
}

impl<T> OnConstraint<T> for std::result::Result<T, sqlx::Error> {
    fn on_constraint(self, name: &'static str) -> Result<T> {
        self.map_err(|error| match &error {
            sqlx::Error::Database(cause) if cause.constraint() == Some(name) => {
                Error::Constraint(name)
            }
            _ => Error::from(error),
        })
    }
}
