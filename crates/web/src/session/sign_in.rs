//! Trying a password, and signing out.

use std::net::IpAddr;

use http::{HeaderMap, HeaderValue, header};
use model::AccountId;
use service::{
    auth::{self, ProviderSession},
    members::Place,
    second_factor,
    sign_in::{self, Entry},
};

use super::{
    Browser, SignedIn,
    cookies::{Cookie, Jar},
};
use crate::{
    State,
    limits::{self, Who},
};

/// What somebody typed, and from where.
pub(crate) struct Credentials<'a> {
    /// A name or mail address.
    pub(crate) login: &'a str,
    /// The password.
    pub(crate) password: &'a str,
    /// From where.
    pub(crate) address: IpAddr,
}

/// What became of it.
pub(crate) enum Attempt {
    /// It was tried.
    Tried(Entry),
    /// Too often; so many seconds from now it may be tried again.
    TooOften(u64),
}

/// Tries a password, as often as the limits allow.
///
/// Attempts are counted by address and by name, in the one form that all spellings of a name share (S49), whether
/// they succeed or not and whether the name exists or not.
pub(crate) async fn try_password(
    state: &State,
    credentials: Credentials<'_>,
) -> service::Result<Attempt> {
    if let Some(seconds) = count_try(state, credentials.login, credentials.address) {
        return Ok(Attempt::TooOften(seconds));
    }
    let entry = sign_in::with_password(&state.app, credentials.login, credentials.password).await?;
    Ok(Attempt::Tried(entry))
}

/// What somebody who comes in has shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Proved {
    /// Everything they have: a second factor, or a passkey.
    Everything,
    /// One thing; it is everything for whoever has no second factor.
    OneThing,
}

/// Somebody who comes in.
pub(crate) struct Arrived<'a> {
    /// Who.
    pub(crate) account: AccountId,
    /// The request's headers, for what the browser calls itself.
    pub(crate) headers: &'a HeaderMap,
    /// What they have shown.
    pub(crate) proved: Proved,
    /// By which session at a provider, if that is how it began.
    pub(crate) by: Option<&'a ProviderSession>,
}

/// Starts a session with a new cookie; a session that this browser had ends, so that nobody goes on
/// with a value that was known before (S56).
pub(crate) async fn begin(
    state: &State,
    browser: &Browser,
    arrived: Arrived<'_>,
) -> service::Result<Vec<HeaderValue>> {
    let Arrived {
        account,
        headers,
        proved,
        by,
    } = arrived;
    if let Some(before) = browser.sitting() {
        auth::end_session(&state.app, before.session.id).await?;
    }
    let agent = headers
        .get(header::USER_AGENT)
        .and_then(|value| value.to_str().ok());
    let place = Place {
        user_agent: agent.unwrap_or_default(),
        address: browser.address,
    };
    let (session, cookie) = auth::start_session(&state.app, account, place).await?;
    if let Some(by) = by {
        auth::note_provider_session(&state.app, session.id, by).await?;
    }
    let has_shown_all = match proved {
        Proved::Everything => true,
        Proved::OneThing => !second_factor::factors(&state.app, account).await?.any(),
    };
    if has_shown_all {
        second_factor::came_in(&state.app, session.id).await?;
    }
    let jar = Jar::of(&state.app.settings);
    Ok(vec![
        jar.give(Cookie::Session, cookie.reveal()),
        jar.take_back(Cookie::Visitor),
        jar.take_back(Cookie::Halfway),
    ])
}

/// Ends a session; the cookie that takes the old one back.
pub(crate) async fn end(state: &State, signed_in: &SignedIn) -> service::Result<HeaderValue> {
    auth::end_session(&state.app, signed_in.session.id).await?;
    Ok(Jar::of(&state.app.settings).take_back(Cookie::Session))
}

/// Counts one try of a password for a name from an address; seconds to wait if it is one too many.
pub(crate) fn count_try(state: &State, login: &str, address: IpAddr) -> Option<u64> {
    let now = state.app.clock.now();
    let by_address = state
        .limits
        .take(&limits::SIGN_IN_ADDRESS, Who::at(address), now);
    let by_name = state
        .limits
        .take(&limits::SIGN_IN_NAME, Who::named(login), now);
    let scarcer = by_address?.scarcer(by_name?);
    (!scarcer.is_granted).then(|| scarcer.seconds_left(now))
}
