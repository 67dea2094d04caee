//! Somebody elsewhere wants to follow a member.

use activitypub::ObjectRef;
use service::relationships;

use super::outcome::Outcome;
use super::process::Inbound;
use crate::resolve::find_local_account;

pub(super) async fn process(inbound: &Inbound<'_>, object: &ObjectRef) -> service::Result<Outcome> {
    let Some(uri) = object.id() else {
        return Ok(Outcome::Refused("malformed"));
    };
    let Some(member) = find_local_account(inbound.run.app, uri).await? else {
        return Ok(Outcome::Ignored("unknown_target"));
    };
    let id = inbound.id_or("follows", &member.id.to_string());
    // Accept, Reject or waiting: the operation decides and sends the answer.
    relationships::receive_follow(inbound.run.app, inbound.actor.id, member.id, &id).await?;
    Ok(Outcome::Done)
}
