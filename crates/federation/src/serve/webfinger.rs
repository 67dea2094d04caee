//! WebFinger (RFC 7033): who is behind a handle of ours.

use activitypub::Host;
use activitypub::emit::{Jrd, to_json};
use activitypub::webfinger::CONTENT_TYPE;
use axum::extract::{Query, State as Shared};
use axum::response::Response;
use model::Username;
use model::account::{Card, INSTANCE_ACTOR, Named};
use serde::Deserialize;
use service::urls::Ours;
use service::{App, accounts};

use super::answer::{self, not_found};
use crate::domains;
use crate::edge::State;
use crate::inbound::Rejection;

/// How long an answer may be kept, in seconds: three days, as Mastodon says.
const MAX_AGE: u32 = 3 * 24 * 60 * 60;

/// What is asked.
#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    resource: String,
}

/// `GET /.well-known/webfinger?resource=…`.
pub(super) async fn show(
    Shared(state): Shared<State>,
    Query(asked): Query<Asked>,
) -> Result<Response, Rejection> {
    let app = &state.app;
    let jrd = match find(app, asked.resource.trim()).await? {
        Subject::Instance => {
            let domain = &app.settings.local_domain;
            let actor = app.urls.instance_actor();
            Jrd::for_actor(
                &format!("{domain}@{domain}"),
                &actor,
                &format!("{}/about", app.urls.base()),
                app.urls.base(),
            )
        }
        Subject::Member(card) => {
            let acct = format!("{}@{}", card.username, app.settings.local_domain);
            Jrd::for_actor(&acct, &card.uri, &card.url, app.urls.base())
        }
    };
    Ok(answer::cached(to_json(&jrd), CONTENT_TYPE, MAX_AGE))
}

enum Subject {
    Instance,
    Member(Card),
}

async fn find(app: &App, resource: &str) -> Result<Subject, Rejection> {
    if resource.is_empty() || resource.len() > 4096 {
        return Err(Rejection::bad_request("resource_missing"));
    }
    if resource.starts_with("https://") || resource.starts_with("http://") {
        return by_url(app, resource).await;
    }
    if Host::parse(resource).is_ok_and(|host| domains::is_ours(app, &host)) {
        return Ok(Subject::Instance);
    }
    by_handle(app, resource).await
}

async fn by_url(app: &App, url: &str) -> Result<Subject, Rejection> {
    match app.urls.read(url).ok_or_else(not_found)? {
        Ours::InstanceActor => Ok(Subject::Instance),
        Ours::Account(id) => subject(app, Named::Id(id)).await,
        Ours::Username(username) => subject(app, Named::Name(username)).await,
        Ours::Status(_) => Err(not_found()),
    }
}

async fn by_handle(app: &App, resource: &str) -> Result<Subject, Rejection> {
    let unusable = || Rejection::bad_request("resource_unusable");
    let handle = resource.strip_prefix("acct:").unwrap_or(resource);
    let handle = handle.strip_prefix('@').unwrap_or(handle);
    let (name, domain) = handle.split_once('@').ok_or_else(unusable)?;
    let host = Host::parse(domain).map_err(|_| unusable())?;
    if !domains::is_ours(app, &host) {
        return Err(not_found());
    }
    if Host::parse(name).is_ok_and(|named| domains::is_ours(app, &named)) {
        return Ok(Subject::Instance);
    }
    let username = Username::for_member(name).map_err(|_| not_found())?;
    subject(app, Named::Name(username)).await
}

async fn subject(app: &App, named: Named) -> Result<Subject, Rejection> {
    let card = accounts::card(app, &named).await?;
    let card = card.filter(|card| !card.is_gone).ok_or_else(not_found)?;
    Ok(if card.id == INSTANCE_ACTOR {
        Subject::Instance
    } else {
        Subject::Member(card)
    })
}
