//! What follows when somebody was recognised, or was not: the same for every way.

use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use http::{HeaderValue, StatusCode, header};
use model::member::{Member, Standing};
use service::sign_in::{Entry, attempts::Halfway};

use super::{Told, page};
use crate::{
    State,
    pages::{PageError, second_factor::leading_to},
    session::{self, Browser, Coming, Entered},
};

/// When a source was away, so many seconds later it may be back.
const AWAY: u16 = 30;

const WRONG: &str = "There is no such name or mail address with this password.";
const UNAVAILABLE: &str = "Your password could not be checked, because your organisation's sign-in service does not answer. Nothing is wrong with what you typed, as far as anybody knows. Try again in a minute.";
const TOO_OFTEN: &str = "Too many tries. Wait a while, then try again.";

/// Answers somebody on their way in: lets them in, asks for more, or says why not.
pub(crate) async fn arrive(
    state: &State,
    browser: &Browser,
    entry: Entry,
    coming: Coming<'_>,
) -> Result<Response, PageError> {
    Ok(match entry {
        Entry::Member(member) => return let_in(state, browser, &member, coming).await,
        Entry::Taken(identity) => {
            let cookie = session::go_halfway(state, Halfway::Link(*identity), &coming).await?;
            led_on(vec![cookie], "/auth/link")
        }
        Entry::Refused(sentence) => again(state, browser, coming, &sentence, StatusCode::FORBIDDEN),
        Entry::Wrong => again(
            state,
            browser,
            coming,
            WRONG,
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        Entry::Unavailable => {
            let status = StatusCode::SERVICE_UNAVAILABLE;
            let mut answer = again(state, browser, coming, UNAVAILABLE, status);
            let seconds = HeaderValue::from(AWAY);
            answer.headers_mut().insert(header::RETRY_AFTER, seconds);
            answer
        }
    })
}

/// The same for a member whom any way has recognised.
pub(super) async fn let_in(
    state: &State,
    browser: &Browser,
    member: &Member,
    coming: Coming<'_>,
) -> Result<Response, PageError> {
    Ok(
        match session::enter(state, browser, member, &coming).await? {
            Entered::In(cookies) => led_on(cookies, coming.next.as_str()),
            Entered::MustSetUp(cookies) => {
                let page = leading_to("/auth/second_factor/set_up", &coming.next);
                led_on(cookies, &page)
            }
            Entered::Asked(path, cookie) => led_on(vec![cookie], path),
            Entered::ShutOut(cookie) => led_on(vec![cookie], session::ASIDE),
            Entered::Barred(standing) => again(
                state,
                browser,
                coming,
                barred(standing),
                StatusCode::FORBIDDEN,
            ),
        },
    )
}

/// The sign-in page for somebody who has tried too often.
pub(super) fn too_often(
    state: &State,
    browser: &Browser,
    coming: Coming<'_>,
    seconds: u64,
) -> Response {
    let status = StatusCode::TOO_MANY_REQUESTS;
    let mut answer = again(state, browser, coming, TOO_OFTEN, status);
    let seconds = HeaderValue::from(seconds);
    answer.headers_mut().insert(header::RETRY_AFTER, seconds);
    answer
}

/// On to a page of ours, with new cookies.
pub(crate) fn led_on(cookies: Vec<HeaderValue>, path: &str) -> Response {
    let cookies = cookies
        .into_iter()
        .map(|cookie| (header::SET_COOKIE, cookie));
    let headers = AppendHeaders(cookies.collect::<Vec<_>>());
    let private = [(header::CACHE_CONTROL, "private, no-store")];
    (private, headers, Redirect::to(path)).into_response()
}

fn again(
    state: &State,
    browser: &Browser,
    coming: Coming<'_>,
    problem: &str,
    status: StatusCode,
) -> Response {
    let told = Told {
        next: coming.next,
        login: coming.login,
        problem,
    };
    page(state, browser, told).status(status).into_response()
}

pub(crate) fn barred(standing: Standing) -> &'static str {
    match standing {
        Standing::AwaitsApproval => "Your sign-up waits for somebody to look at it.",
        Standing::AwaitsConfirmation => "Your mail address has not been confirmed yet.",
        Standing::Left => {
            "You have left the organisation, so this account is closed to you. For a while you can still take your data with you: open /auth/leaving on this server."
        }
        Standing::Disabled | Standing::Suspended | Standing::Good => {
            "Your account may not be used at present."
        }
    }
}
