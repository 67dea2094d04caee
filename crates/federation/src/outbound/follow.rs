//! Asking to follow somebody elsewhere, stopping it, and answering those who ask for a member.

use activitypub::emit::{self, Activity, Context, to_document};
use model::Account;
use service::consequences::{Answer, AnswerFollow, SendFollow, SendUndoFollow};
use service::{App, accounts};

use super::publish::send as deliver;
use crate::edge::State;

/// Follow, to the person's own inbox.
pub(super) async fn send(state: &State, job: SendFollow) -> service::Result<()> {
    let app = &state.app;
    let (follower, followee) = pair(app, job.follower_id, job.followee_id).await?;
    let follow = emit::follow(&job.uri, &follower.uri, &followee.uri);
    to_person(
        app,
        &follower,
        &followee,
        to_document(Context::Plain, &follow),
    )
    .await
}

/// Undo(Follow).
pub(super) async fn send_undo(state: &State, job: SendUndoFollow) -> service::Result<()> {
    let app = &state.app;
    let (follower, followee) = pair(app, job.follower_id, job.followee_id).await?;
    let undo = emit::undo(
        &follower.uri,
        emit::follow(&job.uri, &follower.uri, &followee.uri),
    );
    to_person(
        app,
        &follower,
        &followee,
        to_document(Context::Plain, &undo),
    )
    .await
}

/// Accept or Reject, with the request repeated as it came.
pub(super) async fn answer(state: &State, job: AnswerFollow) -> service::Result<()> {
    let app = &state.app;
    let (follower, followee) = pair(app, job.follower_id, job.followee_id).await?;
    let request = emit::follow(&job.uri, &follower.uri, &followee.uri);
    let answer: Activity<Activity<String>> = match job.answer {
        Answer::Accept => {
            emit::accept(&id(&followee, "accepts", &follower), &followee.uri, request)
        }
        Answer::Reject => {
            emit::reject(&id(&followee, "rejects", &follower), &followee.uri, request)
        }
    };
    to_person(
        app,
        &followee,
        &follower,
        to_document(Context::Plain, &answer),
    )
    .await
}

fn id(followee: &Account, kind: &str, follower: &Account) -> String {
    format!("{}#{kind}/follows/{}", followee.uri, follower.id)
}

async fn pair(
    app: &App,
    follower: model::AccountId,
    followee: model::AccountId,
) -> service::Result<(Account, Account)> {
    Ok((
        accounts::get(app, follower).await?,
        accounts::get(app, followee).await?,
    ))
}

/// To one person's own inbox.
pub(super) async fn to_person(
    app: &App,
    from: &Account,
    to: &Account,
    document: Vec<u8>,
) -> service::Result<()> {
    if to.is_local() {
        return Ok(());
    }
    let (inbox, _) = accounts::inbox_of(app, to.id).await?;
    deliver(app, from.id, document, &[inbox]).await
}
