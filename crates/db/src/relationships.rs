//! Who follows, asks to follow, blocks and mutes whom.

#![expect(
    clippy::similar_names,
    reason = "follower and followee, blocker and blocked are the words for it"
)]

mod blocks;
mod export;
mod follow_requests;
mod follows;
mod lists;
mod show;

pub use blocks::{blocks_either_way, find_block_by_uri, insert_block, remove_block};
pub use export::{
    FollowExport, all_blocked, all_bookmarked, all_followed, all_followers, all_muted, all_posted,
};
pub use follow_requests::{accept_request, find_request_by_uri, insert_request, remove_request};
pub use follows::{NewFollow, find_follow_by_uri, insert_follow, remove_follow, update_follow};
pub use lists::{followers, following, requests};
pub use show::of;
