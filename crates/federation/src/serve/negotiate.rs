//! Pages that are documents too: `/@name` and `/@name/123` belong to people, but a server that asks for ActivityPub
//! there gets the document, since people paste these addresses into other servers' search fields.

use activitypub::media_type::Representation;
use axum::extract::{Request, State as Shared};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::request::Parts;
use http::{HeaderValue, Method, header};
use model::{StatusId, Username};

use super::actor::{self, wants};
use super::answer::not_found;
use super::status::{self, Form};
use crate::edge::State;
use crate::inbound::Rejection;

/// Middleware for the router of pages: answers itself where a document is asked for, and passes everything else on.
/// Put it on with `axum::middleware::from_fn_with_state(state, federation::negotiate)`.
pub async fn negotiate(Shared(state): Shared<State>, request: Request, next: Next) -> Response {
    let named = (request.method() == Method::GET)
        .then(|| read(request.uri().path()))
        .flatten();
    let Some(named) = named else {
        return next.run(request).await;
    };
    if wants(request.headers()) == Representation::Html {
        let mut response = next.run(request).await;
        response
            .headers_mut()
            .append(header::VARY, HeaderValue::from_static("Accept"));
        return response;
    }
    let (parts, _) = request.into_parts();
    let shown = match named {
        Named::Account(name) => account(&state, &parts, &name).await,
        Named::Status(name, id) => post(&state, &parts, &name, id).await,
    };
    shown.unwrap_or_else(IntoResponse::into_response)
}

enum Named {
    Account(String),
    Status(String, StatusId),
}

fn read(path: &str) -> Option<Named> {
    let mut parts = path.strip_prefix("/@")?.trim_end_matches('/').split('/');
    let name = parts
        .next()
        .filter(|name| !name.is_empty() && !name.contains('@'))?
        .to_owned();
    match (parts.next(), parts.next()) {
        (None, _) => Some(Named::Account(name)),
        (Some(id), None) => Some(Named::Status(name, id.parse().ok()?)),
        _ => None,
    }
}

async fn account(state: &State, parts: &Parts, name: &str) -> Result<Response, Rejection> {
    let name = Username::for_member(name).map_err(|_| not_found())?;
    let card = actor::card(state, &model::account::Named::Name(name)).await?;
    actor::document(state, parts, &card).await
}

async fn post(
    state: &State,
    parts: &Parts,
    name: &str,
    id: StatusId,
) -> Result<Response, Rejection> {
    let author = actor::by_name(state, name).await?;
    let view = status::own(status::seen(state, parts, id).await?, &author)?;
    status::document(state, &view, Form::Object).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_profiles_and_posts_of_members_have_documents() {
        assert!(matches!(read("/@alice"), Some(Named::Account(name)) if name == "alice"));
        assert!(
            matches!(read("/@alice/12"), Some(Named::Status(_, id)) if id == StatusId::new(12))
        );
        assert!(read("/@alice/media").is_none());
        assert!(read("/@alice/12/x").is_none());
        assert!(read("/@bo@b.example").is_none());
        assert!(read("/about").is_none());
    }
}
