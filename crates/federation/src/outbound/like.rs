//! A member likes somebody's post elsewhere, or not any more.

use activitypub::emit::{self, Activity, Context, to_document};
use model::{Account, AccountId, StatusId};
use service::consequences::{SendLike, SendUndoLike};
use service::{App, accounts, statuses};

use super::follow::to_person;
use crate::edge::State;

/// Like, to the author's own inbox.
pub(super) async fn send(state: &State, job: SendLike) -> service::Result<()> {
    let app = &state.app;
    let Some((who, author, like)) = like(app, job.account_id, job.status_id, &job.uri).await?
    else {
        return Ok(());
    };
    to_person(app, &who, &author, to_document(Context::Plain, &like)).await
}

/// Undo(Like).
pub(super) async fn send_undo(state: &State, job: SendUndoLike) -> service::Result<()> {
    let app = &state.app;
    let Some((who, author, like)) = like(app, job.account_id, job.status_id, &job.uri).await?
    else {
        return Ok(());
    };
    to_person(
        app,
        &who,
        &author,
        to_document(Context::Plain, &emit::undo(&who.uri, like)),
    )
    .await
}

async fn like(
    app: &App,
    account: AccountId,
    status: StatusId,
    uri: &str,
) -> service::Result<Option<(Account, Account, Activity<String>)>> {
    let Some(view) = statuses::load(app, status).await? else {
        return Ok(None);
    };
    let who = accounts::get(app, account).await?;
    let like = emit::like(uri, &who.uri, &view.status.uri);
    Ok(Some((who, view.author, like)))
}
