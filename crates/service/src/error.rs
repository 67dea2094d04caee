//! What can go wrong with an operation, in the words of the domain.
//!
//! Each edge translates this once into its own shape: the client API's JSON, OAuth's, the inbox's
//! terse codes. The message here is for the caller; causes go to the log.

use thiserror::Error;

/// The result of an operation.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why an operation did not happen.
#[derive(Debug, Error)]
pub enum Error {
    /// There is no such thing, or the viewer may not see it: the two are never told apart (S33).
    #[error("Record not found")]
    NotFound,
    /// The caller may see the thing but not do this with it.
    #[error("{0}")]
    Forbidden(String),
    /// What was sent does not make sense; one entry per field.
    #[error("Validation failed: {}", FieldError::join(.0))]
    Invalid(Vec<FieldError>),
    /// It contradicts what is already there.
    #[error("{0}")]
    Conflict(String),
    /// Too often.
    #[error("Too many requests")]
    TooMany,
    /// Something needed is away for the moment (the database, a peer).
    #[error("{what} is unavailable")]
    Unavailable {
        /// What is away, for the caller.
        what: &'static str,
        /// Why, for the log.
        #[source]
        source: anyhow::Error,
    },
    /// Our fault.
    #[error("something went wrong on this server")]
    Internal(#[source] anyhow::Error),
}

impl Error {
    /// One field is wrong.
    pub fn invalid(field: &'static str, code: &'static str, message: impl Into<String>) -> Self {
        Self::Invalid(vec![FieldError {
            field,
            code,
            message: message.into(),
        }])
    }

    /// Our fault, with the cause.
    pub fn internal(cause: impl Into<anyhow::Error>) -> Self {
        Self::Internal(cause.into())
    }
}

/// What is wrong with one field of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The field, as forms name it (`username`, `text`).
    pub field: &'static str,
    /// Mastodon's code: `ERR_BLANK`, `ERR_TAKEN`, `ERR_TOO_LONG`, `ERR_INVALID`, …
    pub code: &'static str,
    /// A sentence that follows the field's name: "can't be blank".
    pub message: String,
}

impl FieldError {
    fn join(errors: &[Self]) -> String {
        let sentence = |error: &Self| {
            let mut name = error.field.replace('_', " ");
            if let Some(first) = name.get_mut(..1) {
                first.make_ascii_uppercase();
            }
            format!("{name} {}", error.message)
        };
        errors.iter().map(sentence).collect::<Vec<_>>().join(", ")
    }
}

impl From<db::Error> for Error {
    fn from(error: db::Error) -> Self {
        match error {
            db::Error::Unavailable(_) => Self::Unavailable {
                what: "the database",
                source: error.into(),
            },
            _ => Self::Internal(error.into()),
        }
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        db::Error::from(error).into()
    }
}
