//! A member has written, boosted or edited something: Create, Announce or Update.

use activitypub::emit::{self, Context, to_document};
use model::AccountId;
use model::status::StatusView;
use service::consequences::{Publish, PublishEdit};
use service::{App, statuses};

use super::{audience, documents};
use crate::edge::State;

/// Tells peers of a new post or boost.
pub(super) async fn publish(state: &State, job: Publish) -> service::Result<()> {
    let app = &state.app;
    // Removed in the meantime: its Retract says the rest.
    let Some(view) = loaded(app, job.status_id).await? else {
        return Ok(());
    };
    let inboxes = audience::inboxes(app, &view).await?;
    if inboxes.is_empty() {
        return Ok(());
    }
    let document = match documents::announce(&view) {
        Some(announce) => to_document(Context::Plain, &announce),
        None => to_document(
            Context::Note,
            &emit::create(documents::note(app, &view).await?),
        ),
    };
    send(app, view.author.id, document, &inboxes).await
}

/// Tells peers of an edit.
pub(super) async fn publish_edit(state: &State, job: PublishEdit) -> service::Result<()> {
    let app = &state.app;
    let Some(view) = loaded(app, job.status_id).await? else {
        return Ok(());
    };
    let inboxes = audience::inboxes_of_all_concerned(app, &view).await?;
    if inboxes.is_empty() {
        return Ok(());
    }
    let revision = view
        .status
        .edited_at
        .unwrap_or(view.status.created_at)
        .unix_timestamp();
    let update = emit::update_post(documents::note(app, &view).await?, revision);
    send(
        app,
        view.author.id,
        to_document(Context::Note, &update),
        &inboxes,
    )
    .await
}

async fn loaded(app: &App, id: model::StatusId) -> service::Result<Option<StatusView>> {
    Ok(statuses::load(app, id)
        .await?
        .filter(|view| view.status.local))
}

/// Stores one document and queues its deliveries.
pub(super) async fn send(
    app: &App,
    sender: AccountId,
    document: Vec<u8>,
    inboxes: &[String],
) -> service::Result<()> {
    let digest = activitypub::signature::digest(&document);
    let body = String::from_utf8(document).expect("JSON is UTF-8");
    service::peers::send(app, sender, body, digest, inboxes).await
}
