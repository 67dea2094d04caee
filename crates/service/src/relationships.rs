//! Who follows whom: what members do, and what peers say.

#![expect(
    clippy::similar_names,
    reason = "follower and followee, blocker and blocked are the words for it"
)]

mod block;
mod find;
mod follow;
mod follow_requests;
mod receive_answer;
mod receive_follow;
mod show;
mod unfollow;

pub use block::{find_block_by_uri, receive_block, receive_undo_block};
pub use find::find_by_uri;
pub use follow::{FollowChange, follow};
pub use follow_requests::{accept_request, reject_request, requests};
pub use receive_answer::{AnsweredFollow, receive_accept, receive_reject};
pub use receive_follow::{ReceivedFollow, receive_follow};
pub use show::of;
pub use unfollow::{receive_undo_follow, remove_follower, unfollow};
