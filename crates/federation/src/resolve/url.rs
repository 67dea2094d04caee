//! What a URL names that a member pasted: somebody, a post, or a page about one of them.

use activitypub::note::PostType;
use activitypub::{Actor, Document, Post, actor::ActorType, json};
use service::remote::Found;
use service::{accounts, statuses};

use super::{actor, status};
use crate::fetch;
use crate::run::Run;

/// Finds and stores it; otherwise the short word for why not.
pub(crate) async fn resolve(
    run: &Run<'_>,
    url: &str,
) -> service::Result<Result<Found, &'static str>> {
    if let Some(status) = statuses::find_by_uri(run.app, url).await? {
        return Ok(Ok(Found::Status(status)));
    }
    if let Some(account) = accounts::find_by_uri(run.app, url).await? {
        return Ok(Ok(Found::Account(account.id)));
    }
    dereference(run, url).await
}

/// The same without a look at what is known.
pub(crate) async fn dereference(
    run: &Run<'_>,
    url: &str,
) -> service::Result<Result<Found, &'static str>> {
    match fetch::pasted(run, url).await {
        Ok(fetched) => found(run, &fetched.document).await,
        Err(fetch::FetchError::Service(error)) => Err(error),
        Err(error) => Ok(Err(error.code())),
    }
}

async fn found(run: &Run<'_>, document: &Document) -> service::Result<Result<Found, &'static str>> {
    let value = document.value();
    if ActorType::of(value).is_some() {
        let actor = match Actor::from_document(document) {
            Ok(actor) => actor,
            Err(error) => return Ok(Err(error.code())),
        };
        return match actor::store(run, &actor).await {
            Ok(id) => Ok(Ok(Found::Account(id))),
            Err(actor::ActorProblem::Service(error)) => Err(error),
            Err(error) => Ok(Err(error.code())),
        };
    }
    let result = if PostType::of(value).is_some() {
        match Post::from_document(document) {
            Ok(post) => status::store(run, post).await,
            Err(error) => return Ok(Err(error.code())),
        }
    } else {
        // A Create or an Announce: what it is about.
        match json::id_at(value, "object") {
            Some(object) => status::by_uri(run, object).await,
            None => return Ok(Err("unsupported_object_type")),
        }
    };
    match result {
        Ok(id) => Ok(Ok(Found::Status(id))),
        Err(status::StatusProblem::Service(error)) => Err(error),
        Err(error) => Ok(Err(error.code())),
    }
}
