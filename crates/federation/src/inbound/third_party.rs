//! Activities that somebody else than their actor delivers: replies passed on, and relays.
//!
//! Without a proof inside, the deliverer's word counts for nothing. For new and changed posts it is a hint, and the
//! post's own server is asked (S12: refetching instead of linked-data signatures). A deletion counts only when that
//! server no longer has the post. Everything else is refused.

use activitypub::activity::{Activity, Kind};
use activitypub::{Document, ObjectRef, same_origin};
use serde_json::Value;
use service::statuses::{self, Arrival, ReceivedEdit};

use super::outcome::Outcome;
use super::process::ProcessActivity;
use crate::edge::State;
use crate::fetch::FetchError;
use crate::resolve::post::remote_post;
use crate::resolve::status::{self, StatusProblem};
use crate::run::Run;

pub(super) async fn process(
    state: &State,
    job: &ProcessActivity,
    document: &Document,
    activity: &Activity,
) -> service::Result<Outcome> {
    if is_rearranged(document.value()) {
        return Ok(MISMATCH);
    }
    let run = Run::new(&state.app, &state.edge);
    match &activity.kind {
        Kind::Create(objects) => {
            match objects.first().and_then(|object| own_id(object, activity)) {
                Some(id) => create(&run, job, id).await,
                None => Ok(MISMATCH),
            }
        }
        Kind::Update(object) => match own_id(object, activity) {
            Some(id) => update(&run, job, id).await,
            None => Ok(MISMATCH),
        },
        Kind::Delete(object) => match own_id(object, activity) {
            Some(id) => delete(&run, id).await,
            None => Ok(MISMATCH),
        },
        _ => Ok(MISMATCH),
    }
}

const MISMATCH: Outcome = Outcome::Refused("actor_mismatch");

/// Keywords that let one signed document be read in two ways (S12). Whoever passes one on is not even asked after.
fn is_rearranged(value: &Value) -> bool {
    match value {
        Value::Object(members) => members
            .iter()
            .any(|(name, value)| REARRANGING.contains(&name.as_str()) || is_rearranged(value)),
        Value::Array(items) => items.iter().any(is_rearranged),
        _ => false,
    }
}

const REARRANGING: [&str; 3] = ["@graph", "@included", "@reverse"];

/// The object's id, if it lies where the alleged actor does.
fn own_id<'a>(object: &'a ObjectRef, activity: &Activity) -> Option<&'a str> {
    object.id().filter(|id| same_origin(id, &activity.actor))
}

async fn create(run: &Run<'_>, job: &ProcessActivity, id: &str) -> service::Result<Outcome> {
    if statuses::find_by_uri(run.app, id).await?.is_some() {
        return Ok(Outcome::Ignored("already_known"));
    }
    let post = match status::fetch(run, id).await {
        Ok(post) => post,
        Err(error) => return unproven(error),
    };
    match status::store_as(
        run,
        post,
        Arrival::Pushed {
            inbox_owner: job.inbox_owner,
        },
    )
    .await
    {
        Ok(_) => Ok(Outcome::Done),
        Err(StatusProblem::Irrelevant) => Ok(Outcome::Ignored("no_local_relevance")),
        Err(StatusProblem::Tombstoned) => Ok(Outcome::Ignored("tombstoned")),
        Err(error) => unproven(error),
    }
}

async fn update(run: &Run<'_>, job: &ProcessActivity, id: &str) -> service::Result<Outcome> {
    let Some(known) = statuses::find_by_uri(run.app, id).await? else {
        return create(run, job, id).await;
    };
    let post = match status::fetch(run, id).await {
        Ok(post) => post,
        Err(error) => return unproven(error),
    };
    let Some(view) = statuses::load(run.app, known).await? else {
        return Ok(MISMATCH);
    };
    if post.attributed_to.first() != Some(&view.author.uri) {
        return Ok(Outcome::Refused("not_owner"));
    }
    let remote = remote_post(run, post, &view.author).await?;
    Ok(match statuses::receive_edit(run.app, remote).await? {
        ReceivedEdit::Edited(_) | ReceivedEdit::Refreshed(_) => Outcome::Done,
        ReceivedEdit::Stale => Outcome::Ignored("stale_update"),
        ReceivedEdit::Unknown => Outcome::Ignored("unknown_target"),
        ReceivedEdit::NotOwner => Outcome::Refused("not_owner"),
    })
}

async fn delete(run: &Run<'_>, id: &str) -> service::Result<Outcome> {
    let Some(known) = statuses::find_by_uri(run.app, id).await? else {
        return Ok(MISMATCH);
    };
    let gone = match crate::fetch::document(run, id).await {
        Ok(fetched) => activitypub::json::has_type(fetched.document.value(), "Tombstone"),
        Err(FetchError::Gone) => true,
        Err(FetchError::Service(error)) => return Err(error),
        Err(error) if error.is_passing() => return Ok(Outcome::RetryAfter(None)),
        Err(_) => false,
    };
    let author = statuses::load(run.app, known)
        .await?
        .filter(|view| gone && !view.status.local)
        // What is not for everybody is hidden from us as if it were gone.
        .filter(|view| view.status.visibility.is_for_everybody());
    let Some(view) = author else {
        return Ok(MISMATCH);
    };
    statuses::receive_delete(run.app, view.author.id, id).await?;
    Ok(Outcome::Done)
}

fn unproven(error: StatusProblem) -> service::Result<Outcome> {
    match error {
        StatusProblem::Service(error) => Err(error),
        error if error.is_passing() => Ok(Outcome::RetryAfter(None)),
        _ => Ok(MISMATCH),
    }
}
