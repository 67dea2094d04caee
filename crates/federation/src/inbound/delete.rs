//! Somebody elsewhere removes a post of theirs, or themselves.

use activitypub::{ObjectRef, same_host};
use service::accounts;
use service::statuses::{self, ReceivedDelete};

use super::outcome::Outcome;
use super::process::Inbound;

pub(super) async fn process(inbound: &Inbound<'_>, object: &ObjectRef) -> service::Result<Outcome> {
    let (app, actor) = (inbound.run.app, &inbound.actor);
    let Some(uri) = object.id() else {
        return Ok(Outcome::Refused("missing_id"));
    };
    if uri == actor.uri {
        accounts::receive_deletion(app, actor.id).await?;
        return Ok(Outcome::Done);
    }
    if !same_host(uri, &actor.uri) {
        return Ok(Outcome::Refused("origin_mismatch"));
    }
    // Owner equality, not host equality (S02); the operation compares.
    Ok(match statuses::receive_delete(app, actor.id, uri).await? {
        ReceivedDelete::Deleted => Outcome::Done,
        ReceivedDelete::Unknown => Outcome::Ignored("unknown_target"),
        ReceivedDelete::NotOwner => Outcome::Refused("not_owner"),
    })
}
