//! Following, unfollowing, and letting a follower go.

use axum::extract::State as Extract;
use mastodon::forms;
use model::Account;
use service::relationships::{self, FollowChange};

use crate::{
    State,
    client_api::answer,
    error::{Answer, ApiError},
    extract::{Member, Params, PathId},
    render::relationships::relationship,
};

/// `POST /api/v1/accounts/:id/follow`
pub(crate) async fn follow(
    Extract(state): Extract<State>,
    member: Member,
    PathId(followee): PathId<Account>,
    Params(form): Params<forms::Follow>,
) -> Answer {
    if followee == member.id {
        return Err(ApiError::forbidden(
            "Following your own account is not allowed",
        ));
    }
    let change = FollowChange {
        shows_boosts: form.reblogs,
        notifies: form.notify,
        languages: form.languages,
    };
    let after = relationships::follow(&state.app, member.id, followee, change).await?;
    answer(&relationship(&after))
}

/// `POST /api/v1/accounts/:id/unfollow`
pub(crate) async fn unfollow(
    Extract(state): Extract<State>,
    member: Member,
    PathId(followee): PathId<Account>,
) -> Answer {
    let after = relationships::unfollow(&state.app, member.id, followee).await?;
    answer(&relationship(&after))
}

/// `POST /api/v1/accounts/:id/remove_from_followers`
pub(crate) async fn remove_follower(
    Extract(state): Extract<State>,
    member: Member,
    PathId(follower): PathId<Account>,
) -> Answer {
    let after = relationships::remove_follower(&state.app, member.id, follower).await?;
    answer(&relationship(&after))
}
