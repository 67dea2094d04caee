//! Timelines: home, public, and of hashtags.

mod home;
mod public;
mod tag;

pub(super) use home::home;
pub(super) use public::public;
pub(super) use tag::tag;

use model::timeline::Reach;

/// Which part of the network is wanted. Both parts together are the whole.
fn reach(local: Option<bool>, remote: Option<bool>) -> Reach {
    match (local.unwrap_or(false), remote.unwrap_or(false)) {
        (true, false) => Reach::Local,
        (false, true) => Reach::Remote,
        _ => Reach::Everybody,
    }
}
