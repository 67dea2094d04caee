//! A member's account is deleted: Delete of the actor, to every server that may ever have heard of it.

use activitypub::emit::{self, Context, to_document};
use service::consequences::PublishDeletion;
use service::{accounts, peers};

use super::publish::send;
use crate::edge::State;

/// Tells peers.
pub(super) async fn publish(state: &State, job: PublishDeletion) -> service::Result<()> {
    let app = &state.app;
    let account = accounts::get(app, job.account_id).await?;
    if !account.is_gone() {
        return Ok(());
    }
    let inboxes = peers::all_inboxes(app).await?;
    let document = to_document(Context::Plain, &emit::delete_actor(&account.uri));
    send(app, account.id, document, &inboxes).await
}
