//! Who decides: a person, not an account.

use crate::id::{AccountId, Id};

/// Id of a [`Person`].
pub type PersonId = Id<Person>;

/// Somebody who holds or held an office. Whoever the directory knows by one id is one person, however many accounts
/// they have; without a directory it is the account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Its id.
    pub id: PersonId,
    /// The account they sign in to, while there is one.
    pub account_id: Option<AccountId>,
    /// As they were called last.
    pub name: String,
    /// `name@domain`, as the log names them.
    pub handle: String,
    /// The operator has reset what they prove themselves with: their votes wait until the board has confirmed it.
    pub votes_wait: bool,
}
