//! A member's profile has changed: Update of the actor, to the servers of its followers.

use activitypub::emit::{self, Context, to_document};
use service::consequences::PublishProfile;
use service::{accounts, peers};

use super::documents;
use super::publish::send;
use crate::edge::State;

/// Tells peers.
pub(super) async fn publish(state: &State, job: PublishProfile) -> service::Result<()> {
    let app = &state.app;
    let account = accounts::get(app, job.account_id).await?;
    let inboxes = peers::follower_inboxes(app, account.id).await?;
    if inboxes.is_empty() {
        return Ok(());
    }
    let revision = app.clock.now().unix_timestamp();
    let update = emit::update_actor(documents::actor(state, &account).await?, revision);
    send(
        app,
        account.id,
        to_document(Context::Actor, &update),
        &inboxes,
    )
    .await
}
