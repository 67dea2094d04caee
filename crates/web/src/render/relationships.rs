//! How the viewer and another account stand.

use mastodon::{Id, Timestamp};
use model::relationship::{FollowOptions, Relationship};

/// A relationship. Notes, featured accounts and blocked servers do not exist yet.
pub(crate) fn relationship(relationship: &Relationship) -> mastodon::Relationship<'_> {
    let options = relationship
        .following
        .as_ref()
        .or(relationship.requested.as_ref());
    mastodon::Relationship {
        id: Id(relationship.id.get()),
        following: relationship.following.is_some(),
        showing_reblogs: options.is_some_and(|options| options.shows_boosts),
        notifying: options.is_some_and(|options| options.notifies),
        languages: options.and_then(languages),
        followed_by: relationship.followed_by,
        blocking: relationship.blocking,
        blocked_by: relationship.blocked_by,
        muting: relationship.muting.is_some(),
        muting_notifications: relationship
            .muting
            .is_some_and(|mute| mute.hides_notifications),
        muting_expires_at: relationship
            .muting
            .and_then(|mute| mute.expires_at)
            .map(Timestamp),
        requested: relationship.requested.is_some(),
        requested_by: relationship.requested_by,
        domain_blocking: false,
        endorsed: false,
        note: "".into(),
    }
}

fn languages(options: &FollowOptions) -> Option<Vec<std::borrow::Cow<'_, str>>> {
    if options.languages.is_empty() {
        return None;
    }
    Some(
        options
            .languages
            .iter()
            .map(|language| language.as_str().into())
            .collect(),
    )
}
