//! Who is asking.

use crate::id::AccountId;

/// Whoever looks at something: a member who is signed in, or anybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Viewer {
    /// Nobody is signed in.
    Anybody,
    /// A member of this server (or, for fetches with a signature, a person of another).
    Account(AccountId),
}

impl Viewer {
    /// The account, if one is known.
    pub fn account_id(self) -> Option<AccountId> {
        match self {
            Self::Anybody => None,
            Self::Account(id) => Some(id),
        }
    }
}

impl From<AccountId> for Viewer {
    fn from(id: AccountId) -> Self {
        Self::Account(id)
    }
}
