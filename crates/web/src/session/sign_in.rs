//! Signing in and out.

use std::net::IpAddr;

use aws_lc_rs::digest::{SHA256, digest};
use http::{HeaderMap, HeaderValue, header};
use model::{AccountId, member::Standing};
use service::{auth, members};

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
    /// The request's headers, for what the browser calls itself.
    pub(crate) headers: &'a HeaderMap,
}

/// What became of it.
pub(crate) enum Attempt {
    /// They are in; these cookies go along.
    In(Vec<HeaderValue>),
    /// There is no such name with such a password.
    Wrong,
    /// The password is right, but its owner may not come in.
    Barred(Standing),
    /// Too often; so many seconds from now it may be tried again.
    TooOften(u64),
}

/// Tries a password, as often as the limits allow.
///
/// Attempts are counted by address and by name, whatever case the name is written in (S49), whether
/// they succeed or not and whether the name exists or not.
pub(crate) async fn sign_in(
    state: &State,
    browser: &Browser,
    credentials: Credentials<'_>,
) -> service::Result<Attempt> {
    let login = credentials.login.trim();
    let login = login.strip_prefix('@').unwrap_or(login);
    if let Some(seconds) = wait(state, login, credentials.address) {
        return Ok(Attempt::TooOften(seconds));
    }
    let member = members::check_password(&state.app, login, credentials.password).await?;
    let Some(member) = member else {
        return Ok(Attempt::Wrong);
    };
    if member.standing() != Standing::Good {
        return Ok(Attempt::Barred(member.standing()));
    }
    let cookies = begin(state, browser, member.account.id, credentials.headers).await?;
    Ok(Attempt::In(cookies))
}

/// Starts a session with a new cookie; a session that this browser had ends, so that nobody goes on
/// with a value that was known before (S56).
pub(crate) async fn begin(
    state: &State,
    browser: &Browser,
    account: AccountId,
    headers: &HeaderMap,
) -> service::Result<Vec<HeaderValue>> {
    if let Some(before) = &browser.signed_in {
        auth::end_session(&state.app, before.session.id).await?;
    }
    let agent = headers
        .get(header::USER_AGENT)
        .and_then(|value| value.to_str().ok());
    let (_, cookie) = auth::start_session(&state.app, account, agent.unwrap_or_default()).await?;
    let jar = Jar::of(&state.app.settings);
    Ok(vec![
        jar.give(Cookie::Session, cookie.reveal()),
        jar.take_back(Cookie::Visitor),
    ])
}

/// Ends a session; the cookie that takes the old one back.
pub(crate) async fn end(state: &State, signed_in: &SignedIn) -> service::Result<HeaderValue> {
    auth::end_session(&state.app, signed_in.session.id).await?;
    Ok(Jar::of(&state.app.settings).take_back(Cookie::Session))
}

/// Counts an attempt; seconds to wait if it is one too many.
fn wait(state: &State, login: &str, address: IpAddr) -> Option<u64> {
    let now = state.app.clock.now();
    let by_address = state
        .limits
        .take(&limits::SIGN_IN_ADDRESS, Who::at(address), now);
    let by_name = state.limits.take(&limits::SIGN_IN_NAME, who_as(login), now);
    let scarcer = by_address?.scarcer(by_name?);
    (!scarcer.is_granted).then(|| scarcer.seconds_left(now))
}

/// A name in one form, whatever case it is written in; hashed, so that it takes as little room as any other.
fn who_as(login: &str) -> Who {
    let hash = digest(&SHA256, login.to_lowercase().as_bytes());
    let hash: &[u8; 32] = hash.as_ref().try_into().expect("SHA-256 gives 32 bytes");
    Who::Login(*hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_one_counter_in_every_case() {
        assert_eq!(who_as("john"), who_as("JOHN"));
        assert_ne!(who_as("john"), who_as("joan"));
    }
}
