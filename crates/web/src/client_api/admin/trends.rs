//! Trends and hashtags. Nothing trends here yet: the lists are empty, which is the truth, and a decision about an entry of
//! theirs is refused with what is missing.

use model::moderation::Kind;
use service::Error;

use crate::{
    client_api::answer,
    error::{Answer, ApiError},
    extract::{Moderator, Officer},
};

/// Every list.
pub(super) async fn list(Officer(_): Officer) -> Answer {
    answer::<[(); 0]>(&[])
}

/// One entry; there is none.
pub(super) async fn show(Officer(_): Officer) -> Answer {
    Err(ApiError::NotFound)
}

/// A decision about an entry.
pub(super) async fn decide(Moderator(_): Moderator) -> Answer {
    let missing = Kind::TrendAllow.lacks().unwrap_or("Nothing trends here");
    Err(Error::invalid(
        "trends",
        "ERR_UNSUPPORTED",
        format!("cannot be decided on. {missing}"),
    )
    .into())
}
