//! Posts by id: known, or fetched from their own server, checked and stored with their author.

use activitypub::note::PostError;
use activitypub::{Post, same_origin};
use model::StatusId;
use service::statuses::{self, Arrival, Received};

use super::actor::{self, ActorProblem};
use super::post;
use crate::fetch::{self, FetchError};
use crate::run::Run;

/// Why a post cannot be had.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StatusProblem {
    #[error("the post cannot be fetched")]
    Fetch(#[from] FetchError),
    #[error("the document is not a post")]
    Post(#[from] PostError),
    #[error("the post's author cannot be had")]
    Author(#[source] ActorProblem),
    #[error("the post is attributed to somebody of another server")]
    Attribution,
    #[error("the id belongs to somebody else's post")]
    NotOwner,
    #[error("the post was deleted here before")]
    Tombstoned,
    #[error("the author is suspended")]
    Suspended,
    #[error("nobody here is concerned")]
    Irrelevant,
    #[error(transparent)]
    Service(#[from] service::Error),
}

impl StatusProblem {
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Fetch(error) => error.code(),
            Self::Post(error) => error.code(),
            Self::Author(error) => error.code(),
            Self::Attribution => "attribution_mismatch",
            Self::NotOwner => "not_owner",
            Self::Tombstoned => "tombstoned",
            Self::Suspended => "suspended",
            Self::Irrelevant => "no_local_relevance",
            Self::Service(_) => "internal",
        }
    }

    pub(crate) fn is_passing(&self) -> bool {
        match self {
            Self::Fetch(error) => error.is_passing(),
            Self::Author(error) => error.is_passing(),
            Self::Service(error) => matches!(
                error,
                service::Error::Unavailable { .. } | service::Error::Internal(_)
            ),
            _ => false,
        }
    }
}

/// A post by id; asked for only when not known.
pub(crate) async fn by_uri(run: &Run<'_>, uri: &str) -> Result<StatusId, StatusProblem> {
    match statuses::find_by_uri(run.app, uri).await? {
        Some(id) => Ok(id),
        None => store(run, fetch(run, uri).await?).await,
    }
}

/// Fetches a post's document.
pub(crate) async fn fetch(run: &Run<'_>, uri: &str) -> Result<Post, StatusProblem> {
    let fetched = fetch::document(run, uri).await?;
    Ok(Post::from_document(&fetched.document)?)
}

/// Stores a post whose document came from its own address.
pub(crate) async fn store(run: &Run<'_>, post: Post) -> Result<StatusId, StatusProblem> {
    store_as(run, post, Arrival::Fetched).await
}

/// The same, with how it came to our notice.
pub(crate) async fn store_as(
    run: &Run<'_>,
    post: Post,
    arrival: Arrival,
) -> Result<StatusId, StatusProblem> {
    let author = author_of(&post)?.to_owned();
    let author_id = actor::by_uri(run, &author)
        .await
        .map_err(StatusProblem::Author)?;
    let author = service::accounts::get(run.app, author_id).await?;
    // The author's suspension is looked at on every road in.
    if author.is_suspended() {
        return Err(StatusProblem::Suspended);
    }
    let remote = Box::pin(post::remote_post(run, post, &author)).await?;
    match Box::pin(statuses::receive(run.app, remote, arrival)).await? {
        Received::New(id) | Received::AlreadyKnown(id) => Ok(id),
        Received::Tombstoned => Err(StatusProblem::Tombstoned),
        Received::Irrelevant => Err(StatusProblem::Irrelevant),
        Received::NotOwner => Err(StatusProblem::NotOwner),
    }
}

/// The first author, who must live where the post does.
fn author_of(post: &Post) -> Result<&str, StatusProblem> {
    let author = post
        .attributed_to
        .first()
        .ok_or(StatusProblem::Attribution)?;
    if same_origin(author, &post.id) {
        Ok(author)
    } else {
        Err(StatusProblem::Attribution)
    }
}
