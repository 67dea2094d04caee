//! Somebody elsewhere refuses a follower, or ends what they had allowed.

use activitypub::ObjectRef;
use service::relationships::{self, AnsweredFollow};

use super::accept::follower;
use super::outcome::Outcome;
use super::process::Inbound;

pub(super) async fn process(inbound: &Inbound<'_>, object: &ObjectRef) -> service::Result<Outcome> {
    let (app, followee) = (inbound.run.app, inbound.actor.id);
    if let Some(id) = object.id()
        && relationships::receive_reject(app, followee, AnsweredFollow::Uri(id)).await?
    {
        return Ok(Outcome::Done);
    }
    if let Some(follower) = follower(inbound, object).await?
        && relationships::receive_reject(app, followee, AnsweredFollow::From(follower)).await?
    {
        return Ok(Outcome::Done);
    }
    Ok(Outcome::Ignored("unknown_target"))
}
