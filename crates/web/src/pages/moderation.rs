//! What moderators and board have decided, for everybody to read: the public log, its entries one by one, feeds, and numbers.
//! None of it needs script, a cookie or an account.

mod entry;
mod feeds;
mod list;
mod statistics;
mod told;

use axum::{Router, routing::get};

use crate::State;

/// Every page about moderation that anybody may read.
pub(super) fn router() -> Router<State> {
    Router::new()
        .route("/moderation", get(list::show))
        .route("/moderation/log.atom", get(feeds::atom))
        .route("/moderation/feed.json", get(feeds::json))
        .route("/moderation/statistics", get(statistics::show))
        .route("/moderation/statistics.json", get(statistics::json))
        .route("/moderation/statistics.csv", get(statistics::csv))
        .route("/moderation/{seq}", get(entry::show))
}
