//! Asking to follow somebody elsewhere, stopping it, and answering those who ask for a member.

use activitypub::emit::{self, Activity, Context, to_document};
use model::{Account, AccountId};
use service::consequences::{
    Answer, AnswerFollow, Parting, PartingWord, SendFollow, SendUndoFollow,
};
use service::{App, accounts};

use super::publish::send as deliver;
use crate::edge::State;

/// Follow, to the person's own inbox.
pub(super) async fn send(state: &State, job: SendFollow) -> service::Result<()> {
    let app = &state.app;
    let Pair { from, to } = pair(app, job.follower_id, job.followee_id).await?;
    let follow = emit::follow(&job.uri, &from.uri, &to.uri);
    to_person(app, &from, &to, to_document(Context::Plain, &follow)).await
}

/// Undo(Follow).
pub(super) async fn send_undo(state: &State, job: SendUndoFollow) -> service::Result<()> {
    let app = &state.app;
    let Pair { from, to } = pair(app, job.follower_id, job.followee_id).await?;
    let undo = emit::undo(&from.uri, emit::follow(&job.uri, &from.uri, &to.uri));
    to_person(app, &from, &to, to_document(Context::Plain, &undo)).await
}

/// Accept or Reject, with the request repeated as it came.
pub(super) async fn answer(state: &State, job: AnswerFollow) -> service::Result<()> {
    let app = &state.app;
    let Pair { from, to } = pair(app, job.follower_id, job.followee_id).await?;
    let request = emit::follow(&job.uri, &from.uri, &to.uri);
    let answer: Activity<Activity<String>> = match job.answer {
        Answer::Accept => emit::accept(&id(&to, "accepts", &from), &to.uri, request),
        Answer::Reject => emit::reject(&id(&to, "rejects", &from), &to.uri, request),
    };
    to_person(app, &to, &from, to_document(Context::Plain, &answer)).await
}

/// The last word about a follow that a measure has cut.
pub(super) async fn part(state: &State, job: Parting) -> service::Result<()> {
    let app = &state.app;
    let Pair { from, to } = pair(app, job.follower_id, job.followee_id).await?;
    let follow = emit::follow(&job.uri, &from.uri, &to.uri);
    let (ours, theirs, document) = match job.word {
        PartingWord::Reject => {
            let reject = emit::reject(&id(&to, "rejects", &from), &to.uri, follow);
            (to, from, to_document(Context::Plain, &reject))
        }
        PartingWord::Undo => {
            let undo = emit::undo(&from.uri, follow);
            (from, to, to_document(Context::Plain, &undo))
        }
    };
    if theirs.is_local() {
        return Ok(());
    }
    let (inbox, _) = accounts::inbox_of(app, theirs.id).await?;
    let digest = activitypub::signature::digest(&document);
    let body = String::from_utf8(document).expect("JSON is UTF-8");
    service::peers::part(app, ours.id, body, digest, inbox).await
}

fn id(to: &Account, kind: &str, from: &Account) -> String {
    format!("{}#{kind}/follows/{}", to.uri, from.id)
}

/// Who asks to follow whom.
struct Pair {
    from: Account,
    to: Account,
}

async fn pair(app: &App, from: AccountId, to: AccountId) -> service::Result<Pair> {
    Ok(Pair {
        from: accounts::get(app, from).await?,
        to: accounts::get(app, to).await?,
    })
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
