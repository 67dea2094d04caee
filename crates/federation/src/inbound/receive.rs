//! The inbox. The order is fixed: size, media type, JSON, deletions of people nobody knows,
//! signature, then one row, and 202. What the activity means is a worker's business.

use activitypub::decode::MAX_BYTES;
use activitypub::media_type::is_activitypub;
use activitypub::{Document, decode, json};
use axum::body::Body;
use axum::extract::{Path, Request, State as Shared};
use axum::response::{IntoResponse, Response};
use http::request::Parts;
use http::{StatusCode, header};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use model::{AccountId, Handle, Username};
use service::{accounts, peers};

use super::ProcessActivity;
use super::error::Rejection;
use super::signature;
use crate::domains;
use crate::edge::State;
use crate::keys::Peer;

/// After so many seconds a paused peer may try again.
const PAUSE: u32 = 3600;

/// `POST /inbox`.
pub(crate) async fn receive_shared(Shared(state): Shared<State>, request: Request) -> Response {
    answer(receive(&state, request, None).await)
}

/// `POST /ap/users/{id}/inbox`, `POST /users/{name}/inbox`.
pub(crate) async fn receive_personal(
    Shared(state): Shared<State>,
    Path(owner): Path<String>,
    request: Request,
) -> Response {
    let is_numeric = request.uri().path().starts_with("/ap/users/");
    let received = async {
        let owner = find_owner(&state, &owner, is_numeric).await?;
        receive(&state, request, Some(owner)).await
    };
    answer(received.await)
}

fn answer(received: Result<(), Rejection>) -> Response {
    match received {
        Ok(()) => StatusCode::ACCEPTED.into_response(),
        Err(rejection) => {
            tracing::debug!(?rejection, "an inbox refused a request");
            rejection.into_response()
        }
    }
}

async fn find_owner(state: &State, owner: &str, is_numeric: bool) -> Result<AccountId, Rejection> {
    let unknown = || Rejection::new(StatusCode::NOT_FOUND, "not_found");
    let account = if is_numeric {
        accounts::get(&state.app, owner.parse().map_err(|_| unknown())?).await?
    } else {
        let username = Username::for_member(owner).map_err(|_| unknown())?;
        accounts::lookup(
            &state.app,
            &Handle {
                username,
                domain: None,
            },
        )
        .await?
    };
    if account.is_gone() {
        Err(Rejection::new(StatusCode::GONE, "gone"))
    } else if account.is_local() {
        Ok(account.id)
    } else {
        Err(unknown())
    }
}

async fn receive(
    state: &State,
    request: Request,
    inbox_owner: Option<AccountId>,
) -> Result<(), Rejection> {
    let (parts, body) = request.into_parts();
    let body = read(&parts, body).await?;
    let document = decode(&body).map_err(|error| match error {
        activitypub::DecodeError::TooLarge => {
            Rejection::new(StatusCode::PAYLOAD_TOO_LARGE, error.code())
        }
        error => Rejection::bad_request(error.code()),
    })?;
    if concerns_only_a_stranger(state, &document).await? {
        return Ok(());
    }
    let signer = signature::verify(state, &parts, &body).await?;
    heard_from(state, &signer).await?;
    // Nothing is lost by it: whoever sends tries again.
    if let Some(host) = activitypub::Host::of_id(&signer.uri)
        && domains::is_paused(&state.app, &host).await?
    {
        return Err(Rejection::unavailable("paused").retry_after(PAUSE));
    }
    let body = String::from_utf8(body).map_err(|_| Rejection::bad_request("invalid_json"))?;
    enqueue(
        state,
        ProcessActivity {
            body,
            signer: signer.uri.to_string(),
            signer_id: signer.account_id,
            inbox_owner,
        },
    )
    .await
}

async fn read(parts: &Parts, body: Body) -> Result<Vec<u8>, Rejection> {
    let too_large = || Rejection::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large");
    let header = |name| {
        parts
            .headers
            .get(name)
            .and_then(|value| value.to_str().ok())
    };
    let announced = header(header::CONTENT_LENGTH).and_then(|length| length.parse::<usize>().ok());
    if announced.is_some_and(|length| length > MAX_BYTES) {
        return Err(too_large());
    }
    if !header(header::CONTENT_TYPE).is_some_and(is_activitypub) {
        return Err(Rejection::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "bad_content_type",
        ));
    }
    let limited = Limited::new(body, MAX_BYTES);
    match limited.collect().await {
        Ok(collected) => Ok(collected.to_bytes().into()),
        Err(error) if error.is::<LengthLimitError>() => Err(too_large()),
        Err(_) => Err(Rejection::bad_request("incomplete")),
    }
}

/// R07: floods of deletions of (and by) people nobody here knows cost one look-up, no fetch and no row.
async fn concerns_only_a_stranger(state: &State, document: &Document) -> Result<bool, Rejection> {
    let value = document.value();
    let is_of_that_kind = json::has_type(value, "Delete") || json::has_type(value, "Update");
    let Some(actor) = json::id_at(value, "actor").filter(|_| is_of_that_kind) else {
        return Ok(false);
    };
    if json::id_at(value, "object") != Some(actor) {
        return Ok(false);
    }
    Ok(accounts::find_by_uri(&state.app, actor).await?.is_none())
}

/// A signed request shows that the peer lives: its marks are cleared and its lane woken.
async fn heard_from(state: &State, signer: &Peer) -> Result<(), Rejection> {
    let Some(host) = activitypub::Host::of_id(&signer.uri) else {
        return Ok(());
    };
    let domain = domains::domain(&host);
    if peers::heard_from(&state.app, &domain).await? {
        let mut connection = state.app.db.acquire().await.map_err(service::Error::from)?;
        jobs::wake_lane(&mut connection, domain.as_str())
            .await
            .map_err(service::Error::internal)?;
    }
    Ok(())
}

/// One row: what was answered with 202 is not lost.
async fn enqueue(state: &State, job: ProcessActivity) -> Result<(), Rejection> {
    let mut connection = state.app.db.acquire().await.map_err(service::Error::from)?;
    match jobs::enqueue(&mut connection, &job).await {
        Ok(_) => Ok(()),
        Err(jobs::Error::Database(error)) => Err(service::Error::from(error).into()),
        Err(error) => Err(service::Error::internal(error).into()),
    }
}
