//! Accounts: who they are, what they post, whom they follow.

pub(super) mod credentials;
pub(super) mod follow;
pub(super) mod follows;
mod relationships;
mod search;
pub(super) mod show;
mod sign_up;
mod statuses;

pub(super) use relationships::relationships;
pub(super) use search::search;
pub(super) use sign_up::sign_up;
pub(super) use statuses::statuses;
