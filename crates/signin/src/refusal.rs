//! Why somebody was not recognised.

use thiserror::Error;

/// Why somebody was not recognised. The texts are for the log and for `moot auth test`; none holds a secret,
/// and a person at the sign-in page is only told which of the three it is.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// There is no such name with such a password, or no such proof. The two are never told apart.
    #[error("no such name with such a password")]
    Wrong,
    /// They are who they say, but the organisation does not let them in (a required filter, an expired account).
    #[error("recognised, but not entitled: {0}")]
    NotEntitled(String),
    /// The source could not be asked. Nothing is known of the person.
    #[error("{way} could not be asked: {reason}")]
    Unavailable {
        /// Which way.
        way: &'static str,
        /// Why, in words an administrator can act on.
        reason: String,
    },
}

impl Refusal {
    /// The source could not be asked.
    pub fn unavailable(way: &'static str, reason: impl Into<String>) -> Self {
        Self::Unavailable {
            way,
            reason: reason.into(),
        }
    }
}
