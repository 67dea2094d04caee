//! From somebody who was recognised to a browser that is signed in: the same for every way.

use http::{HeaderMap, HeaderValue};
use model::member::{Member, Standing};
use service::sign_in::attempts::{self, Asked, Attempt, Halfway};

use super::{
    Browser, LocalPath, begin,
    cookies::{Cookie, Jar},
};
use crate::State;

/// How somebody was recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum How {
    /// By a password, here or of the organisation.
    Password,
    /// By a provider, or by a proxy that has signed them in.
    Provider,
}

/// Somebody on their way in.
pub(crate) struct Coming<'a> {
    /// The request's headers, for what the browser calls itself.
    pub(crate) headers: &'a HeaderMap,
    /// Where they want to go.
    pub(crate) next: LocalPath,
    /// How they were recognised.
    pub(crate) how: How,
    /// What they typed as their name, to be shown again; empty for ways without a form.
    pub(crate) login: &'a str,
}

/// What became of it.
pub(crate) enum Entered {
    /// They are in; these cookies go along.
    In(Vec<HeaderValue>),
    /// Something more is asked for on this page; the cookie says who has come half-way.
    Asked(&'static str, HeaderValue),
    /// They are recognised, but may not come in.
    Barred(Standing),
}

/// Lets a member in whom any of the ways has recognised: checks their standing, asks for what is still asked for,
/// and else starts a session.
pub(crate) async fn enter(
    state: &State,
    browser: &Browser,
    member: &Member,
    coming: &Coming<'_>,
) -> service::Result<Entered> {
    let standing = member.standing();
    if standing != Standing::Good {
        return Ok(Entered::Barred(standing));
    }
    if let Some(page) = still_asked(state, member, coming.how).await? {
        let halfway = Halfway::SecondFactor(member.account.id);
        let cookie = go_halfway(state, halfway, &coming.next).await?;
        return Ok(Entered::Asked(page, cookie));
    }
    let cookies = begin(state, browser, member.account.id, coming.headers).await?;
    Ok(Entered::In(cookies))
}

/// The page that asks for a second factor, when one is asked for.
#[expect(
    clippy::unused_async,
    reason = "the second factor is on its way, and will look things up"
)]
async fn still_asked(_: &State, _: &Member, _: How) -> service::Result<Option<&'static str>> {
    Ok(None)
}

/// Remembers who has come half-way; the cookie that goes along.
pub(crate) async fn go_halfway(
    state: &State,
    halfway: Halfway,
    next: &LocalPath,
) -> service::Result<HeaderValue> {
    let value = attempts::begin(&state.app, halfway, next.as_str()).await?;
    Ok(Jar::of(&state.app.settings).give(Cookie::Halfway, value.reveal()))
}

/// Who has come half-way in this browser, if it is asked for this.
pub(crate) async fn halfway(
    state: &State,
    headers: &HeaderMap,
    asked: Asked,
) -> service::Result<Option<Attempt>> {
    match Jar::of(&state.app.settings).read(headers, Cookie::Halfway) {
        Some(cookie) => attempts::find(&state.app, cookie, asked).await,
        None => Ok(None),
    }
}

/// The half-way attempt of this browser is done. True for the one request that ends it.
pub(crate) async fn finish_halfway(
    state: &State,
    headers: &HeaderMap,
    asked: Asked,
) -> service::Result<bool> {
    match Jar::of(&state.app.settings).read(headers, Cookie::Halfway) {
        Some(cookie) => attempts::finish(&state.app, cookie, asked).await,
        None => Ok(false),
    }
}
