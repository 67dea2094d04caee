//! Somebody elsewhere lets a member follow them.

use activitypub::{ObjectRef, json};
use model::AccountId;
use service::relationships::{self, AnsweredFollow};

use super::outcome::Outcome;
use super::process::Inbound;
use crate::resolve::find_local_account;

pub(super) async fn process(inbound: &Inbound<'_>, object: &ObjectRef) -> service::Result<Outcome> {
    let (app, followee) = (inbound.run.app, inbound.actor.id);
    if let Some(id) = object.id()
        && relationships::receive_accept(app, followee, AnsweredFollow::Uri(id)).await?
    {
        return Ok(Outcome::Done);
    }
    if let Some(follower) = follower(inbound, object).await?
        && relationships::receive_accept(app, followee, AnsweredFollow::From(follower)).await?
    {
        return Ok(Outcome::Done);
    }
    Ok(Outcome::Ignored("unknown_target"))
}

/// The member whose Follow is repeated inside an answer, for peers that lose its id. The Follow must be of the one
/// who answers (S11).
pub(super) async fn follower(
    inbound: &Inbound<'_>,
    object: &ObjectRef,
) -> service::Result<Option<AccountId>> {
    let Some(follow) = object
        .embedded()
        .filter(|follow| json::has_type(follow, "Follow"))
    else {
        return Ok(None);
    };
    if json::id_at(follow, "object") != Some(inbound.actor.uri.as_str()) {
        return Ok(None);
    }
    let Some(actor) = json::id_at(follow, "actor") else {
        return Ok(None);
    };
    Ok(find_local_account(inbound.run.app, actor)
        .await?
        .map(|member| member.id))
}
