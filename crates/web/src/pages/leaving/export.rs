//! What a leaver takes along, sent as it is read: nobody's archive is held whole.

use std::sync::Arc;

use axum::{
    body::{Body, Bytes},
    extract::{Path, State as Extract},
    response::{IntoResponse, Redirect, Response},
};
use futures_util::{StreamExt, stream};
use http::{Extensions, HeaderValue, header};
use model::Account;
use service::{
    App,
    archive::{Archivist, From},
    members::{self, Export},
};

use crate::{State, limits, limits::Who, pages::PageError, session::Leaver};

/// All posts and boosts.
pub(super) const OUTBOX: &str = "outbox.json";
/// The profile.
pub(super) const ACTOR: &str = "actor.json";

/// `GET /auth/leaving/export/{file}`
pub(in crate::pages) async fn show(
    Extract(state): Extract<State>,
    Leaver(leaver): Leaver,
    extensions: Extensions,
    Path(file): Path<String>,
) -> Result<Response, PageError> {
    let Some(leaver) = leaver else {
        return Ok(Redirect::to("/auth/leaving").into_response());
    };
    let account = leaver.member.account;
    let now = state.app.clock.now();
    let allowance = state
        .limits
        .take(&limits::PAGING, Who::Member(account.id), now);
    if let Some(allowance) = allowance
        && !allowance.is_granted
    {
        return Err(PageError::TooMany(allowance.seconds_left(now)));
    }
    if let Some(list) = Export::ALL
        .into_iter()
        .find(|list| list.file_name() == file)
    {
        let body = list_of(state.app, account, list).await?;
        return Ok(download(body, list.file_name(), "text/csv; charset=utf-8"));
    }
    // Put beside the request by the binary, since pages know nothing of how other servers write a post.
    let Some(archivist) = extensions.get::<Arc<dyn Archivist>>().cloned() else {
        return Err(PageError::NotFound);
    };
    match file.as_str() {
        ACTOR => {
            let body = Body::from(archivist.actor(&account).await?);
            Ok(download(body, ACTOR, "application/activity+json"))
        }
        OUTBOX => {
            let body = outbox_of(archivist, account).await?;
            Ok(download(body, OUTBOX, "application/activity+json"))
        }
        _ => Err(PageError::NotFound),
    }
}

/// The first piece is read before anything is sent, so that what fails at once is told as a page.
async fn list_of(app: App, account: Account, list: Export) -> Result<Body, PageError> {
    let (first, next) = members::export_page(&app, account.id, list, None).await?;
    let rest = stream::try_unfold(next, move |from| {
        let app = app.clone();
        let id = account.id;
        async move {
            let Some(from) = from else { return Ok(None) };
            let (text, next) = members::export_page(&app, id, list, Some(from)).await?;
            Ok::<_, service::Error>(Some((Bytes::from(text), next)))
        }
    });
    let first = stream::once(async { Ok(Bytes::from(first)) });
    Ok(Body::from_stream(first.chain(rest)))
}

async fn outbox_of(archivist: Arc<dyn Archivist>, account: Account) -> Result<Body, PageError> {
    let first = archivist.outbox(&account, From::Beginning).await?;
    let account = Arc::new(account);
    let rest = stream::try_unfold(first.next, move |from| {
        let archivist = Arc::clone(&archivist);
        let account = Arc::clone(&account);
        async move {
            let Some(from) = from else { return Ok(None) };
            let piece = archivist.outbox(&account, From::OlderThan(from)).await?;
            Ok::<_, service::Error>(Some((Bytes::from(piece.bytes), piece.next)))
        }
    });
    let first = stream::once(async { Ok(Bytes::from(first.bytes)) });
    Ok(Body::from_stream(first.chain(rest)))
}

fn download(body: Body, name: &'static str, media_type: &'static str) -> Response {
    let mut response = body.into_response();
    let headers = response.headers_mut();
    let mut set = |name, value| headers.insert(name, HeaderValue::from_static(value));
    set(header::CONTENT_TYPE, media_type);
    set(header::CACHE_CONTROL, "private, no-store");
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::CONTENT_SECURITY_POLICY, "default-src 'none'");
    let disposition = format!("attachment; filename=\"{name}\"");
    let disposition = HeaderValue::try_from(disposition).expect("our file names are ASCII");
    headers.insert(header::CONTENT_DISPOSITION, disposition);
    response
}
