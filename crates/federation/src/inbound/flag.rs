//! Another server reports members, and people elsewhere who have answered members.

use service::moderation::reports::{self, Flag, Taken};

use super::outcome::Outcome;
use super::process::Inbound;

pub(super) async fn process(
    inbound: &Inbound<'_>,
    objects: &[String],
    comment: &str,
) -> service::Result<Outcome> {
    let flag = Flag {
        uri: inbound.activity.id.clone(),
        objects: objects.to_vec(),
        comment: comment.to_owned(),
    };
    Ok(
        match reports::receive(inbound.run.app, &inbound.actor, &flag).await? {
            Taken::Reports(_) => Outcome::Done,
            Taken::Nobody => Outcome::Ignored("unknown_target"),
            Taken::Refused => Outcome::Ignored("reports_rejected"),
            Taken::Flood => Outcome::Ignored("too_many"),
        },
    )
}
