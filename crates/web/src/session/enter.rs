//! From somebody who was recognised to a browser that is signed in: the same for every way.

use http::{HeaderMap, HeaderValue};
use model::member::{Member, Standing};
use service::{
    auth::ProviderSession,
    members,
    second_factor::{self, CameBy},
    sign_in::attempts::{self, Asked, Attempt, Halfway},
};

use super::{
    Arrived, Browser, LocalPath, Proved, begin,
    cookies::{Cookie, Jar},
    leaver_cookie,
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
    /// By which session at a provider, if that is how it began.
    pub(crate) by: Option<ProviderSession>,
    /// What they typed as their name, to be shown again; empty for ways without a form.
    pub(crate) login: &'a str,
}

/// What became of it.
pub(crate) enum Entered {
    /// They are in; these cookies go along.
    In(Vec<HeaderValue>),
    /// They are in, but nothing is open to them before they have set up a second factor.
    MustSetUp(Vec<HeaderValue>),
    /// Something more is asked for on this page; the cookie says who has come half-way.
    Asked(&'static str, HeaderValue),
    /// They are recognised, but moderators have shut them out: open to them is what this cookie opens.
    ShutOut(HeaderValue),
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
    if standing != Standing::Good && !member.is_shut_out() {
        return Ok(Entered::Barred(standing));
    }
    let account = member.account.id;
    let asked = second_factor::asked_of(&state.app, member, coming.how.into()).await?;
    if asked == second_factor::Asked::Show {
        let halfway = Halfway::SecondFactor(account);
        let cookie = go_halfway(state, halfway, coming).await?;
        return Ok(Entered::Asked("/auth/second_factor", cookie));
    }
    if standing != Standing::Good {
        return Ok(match open_aside(state, member).await? {
            Some(cookie) => Entered::ShutOut(cookie),
            None => Entered::Barred(standing),
        });
    }
    let arrived = Arrived {
        account,
        headers: coming.headers,
        proved: Proved::OneThing,
        by: coming.by.as_ref(),
    };
    let cookies = begin(state, browser, arrived).await?;
    Ok(match asked {
        second_factor::Asked::SetUp => Entered::MustSetUp(cookies),
        _ => Entered::In(cookies),
    })
}

/// Where somebody is led whom moderators have shut out.
pub(crate) const ASIDE: &str = "/settings/decisions";

/// The cookie for somebody who has shown everything they have and whom moderators have shut out: they can appeal and take
/// their data along, and nothing else.
pub(crate) async fn open_aside(
    state: &State,
    member: &Member,
) -> service::Result<Option<HeaderValue>> {
    if !member.is_shut_out() {
        return Ok(None);
    }
    let key = members::open_exit_as(&state.app, member.account.id).await?;
    Ok(key.map(|key| leaver_cookie(state, &key)))
}

impl From<How> for CameBy {
    fn from(how: How) -> Self {
        match how {
            How::Password => Self::Password,
            How::Provider => Self::Provider,
        }
    }
}

/// Remembers who has come half-way; the cookie that goes along.
pub(crate) async fn go_halfway(
    state: &State,
    halfway: Halfway,
    coming: &Coming<'_>,
) -> service::Result<HeaderValue> {
    let (next, by) = (coming.next.as_str(), coming.by.as_ref());
    let value = attempts::begin(&state.app, halfway, next, by).await?;
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
