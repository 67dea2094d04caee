//! Somebody elsewhere likes a member's post. Reactions with an emoji count as the same.

use activitypub::ObjectRef;
use service::statuses;

use super::outcome::Outcome;
use super::process::Inbound;
use crate::resolve::find_local_status;

pub(super) async fn process(inbound: &Inbound<'_>, object: &ObjectRef) -> service::Result<Outcome> {
    let Some(uri) = object.id() else {
        return Ok(Outcome::Refused("malformed"));
    };
    let Some(status) = find_local_status(inbound.run.app, uri).await? else {
        return Ok(Outcome::Ignored("unknown_target"));
    };
    let id = inbound.id_or("likes", &status.to_string());
    if statuses::receive_favourite(inbound.run.app, inbound.actor.id, status, &id).await? {
        Ok(Outcome::Done)
    } else {
        Ok(Outcome::Ignored("unknown_target"))
    }
}
