//! A member has removed a post or a boost: Delete or Undo(Announce); then the row can go.

use activitypub::emit::{self, Context, to_document};
use service::consequences::Retract;
use service::statuses;

use super::publish::send;
use super::{audience, documents};
use crate::edge::State;

/// Tells peers, then forgets.
pub(super) async fn retract(state: &State, job: Retract) -> service::Result<()> {
    let app = &state.app;
    let Some(view) = statuses::load(app, job.status_id)
        .await?
        .filter(|view| view.status.local)
    else {
        return Ok(());
    };
    let inboxes = audience::inboxes_of_all_concerned(app, &view).await?;
    let (actor, uri) = (&view.author.uri, &view.status.uri);
    let document = match documents::announce(&view) {
        Some(announce) => to_document(Context::Plain, &emit::undo(actor, announce)),
        None => to_document(Context::Note, &emit::delete_post(actor, uri)),
    };
    send(app, view.author.id, document, &inboxes).await?;
    statuses::purge(app, job.status_id).await
}
