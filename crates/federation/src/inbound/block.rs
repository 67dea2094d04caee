//! Somebody elsewhere blocks a member.

use activitypub::ObjectRef;
use service::relationships;

use super::outcome::Outcome;
use super::process::Inbound;
use crate::resolve::find_local_account;

pub(super) async fn process(
    inbound: &Inbound<'_>,
    object: &ObjectRef,
    target: Option<&str>,
) -> service::Result<Outcome> {
    // Lemmy shuts people out of communities by a Block with a target; that is no matter between two people.
    if target.is_some() {
        return Ok(Outcome::Ignored("group_moderation"));
    }
    let Some(uri) = object.id() else {
        return Ok(Outcome::Refused("malformed"));
    };
    let Some(member) = find_local_account(inbound.run.app, uri).await? else {
        return Ok(Outcome::Ignored("unknown_target"));
    };
    let id = inbound.id_or("blocks", &member.id.to_string());
    relationships::receive_block(inbound.run.app, inbound.actor.id, member.id, &id).await?;
    Ok(Outcome::Done)
}
