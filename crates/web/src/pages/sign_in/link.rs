//! Somebody whom the organisation knows proves that the account of their name is theirs.
//!
//! An account that is there is never handed to whoever bears its name in the directory (S47). Its owner shows its
//! old password once, and its second factor if it has one, in the same sitting as the organisation's; from then on the organisation's alone counts.

use askama::Template;
use axum::{
    extract::State as Extract,
    response::{IntoResponse, Redirect, Response},
};
use http::{Extensions, HeaderMap, HeaderValue, StatusCode, header};
use model::member::{Member, Standing};
use serde::Deserialize;
use service::{
    auth::ProviderSession,
    sign_in::{
        attempts::{Asked, Halfway},
        links::{self, Linking, Proofs, Provable},
    },
};
use signin::Identity;

use super::{arrival::let_in, led_on};
use crate::{
    State,
    extract::ClientAddress,
    pages::{FormTargets, Frame, PageError, Shown},
    session::{self, Arrived, Browser, Coming, Form, How, LocalPath, Proved},
};

#[derive(Template)]
#[template(path = "link.html")]
struct LinkPage<'a> {
    frame: Frame,
    form_token: String,
    /// The account's name.
    name: &'a str,
    /// The name as the organisation spells it.
    username: &'a str,
    /// Whether the account has something that its owner could show.
    can_prove: bool,
    /// Whether a code is among it.
    asks_for_code: bool,
    /// What the operator would type.
    command: String,
    problem: &'a str,
}

const WRONG: &str = "This is not the old password of that account.";
const WRONG_OF_TWO: &str = "The old password or the code is not that account's.";
const TOO_OFTEN: &str = "Too many tries. Wait a while, then try again.";
const UNAVAILABLE: &str = "The password could not be checked just now. Try again in a minute.";

/// What is filled in.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::pages) struct Filled {
    password: String,
    code: String,
}

/// Who has come half-way, whose account it may be, and where they want to go.
struct Found {
    identity: Identity,
    member: Member,
    provable: Provable,
    next: LocalPath,
    /// By which session at a provider, if that is how it began.
    by: Option<ProviderSession>,
}

impl Found {
    fn asks_for_code(&self) -> bool {
        self.provable == Provable::PasswordAndCode
    }
}

/// `GET /auth/link`
pub(in crate::pages) async fn show(
    Extract(state): Extract<State>,
    headers: HeaderMap,
    browser: Browser,
) -> Result<Response, PageError> {
    match find(&state, &headers).await? {
        Some(halfway) => Ok(page(&state, &browser, &halfway, "").into_response()),
        None => Ok(Redirect::to("/auth/sign_in").into_response()),
    }
}

/// `POST /auth/link`
pub(in crate::pages) async fn submit(
    Extract(state): Extract<State>,
    extensions: Extensions,
    headers: HeaderMap,
    Form { browser, fields }: Form<Filled>,
) -> Result<Response, PageError> {
    let Some(halfway) = find(&state, &headers).await? else {
        return Ok(Redirect::to("/auth/sign_in").into_response());
    };
    // The same counters as at the sign-in page: a second page is no second chance.
    let name = halfway.member.account.username.as_str();
    if let Some(seconds) = session::count_try(&state, name, ClientAddress::of(&extensions)) {
        return Ok(too_often(&state, &browser, &halfway, seconds));
    }
    let shown = Proofs {
        password: &fields.password,
        code: &fields.code,
    };
    let (status, problem) = match links::with_proof(&state.app, &halfway.identity, shown).await? {
        Linking::Done(member) => {
            session::finish_halfway(&state, &headers, Asked::Link).await?;
            if member.standing() == Standing::Good && halfway.asks_for_code() {
                let arrived = Arrived {
                    account: member.account.id,
                    headers: &headers,
                    proved: Proved::Everything,
                    by: halfway.by.as_ref(),
                };
                let cookies = session::begin(&state, &browser, arrived).await?;
                return Ok(led_on(cookies, halfway.next.as_str()));
            }
            let coming = Coming {
                headers: &headers,
                next: halfway.next,
                how: How::Password,
                by: halfway.by,
                login: "",
            };
            return let_in(&state, &browser, &member, coming).await;
        }
        Linking::TooOften(seconds) => {
            return Ok(too_often(&state, &browser, &halfway, seconds));
        }
        Linking::Wrong if halfway.asks_for_code() => {
            (StatusCode::UNPROCESSABLE_ENTITY, WRONG_OF_TWO.to_owned())
        }
        Linking::Wrong => (StatusCode::UNPROCESSABLE_ENTITY, WRONG.to_owned()),
        Linking::Unavailable => (StatusCode::SERVICE_UNAVAILABLE, UNAVAILABLE.to_owned()),
        Linking::Refused(sentence) => (StatusCode::CONFLICT, sentence),
    };
    let page = page(&state, &browser, &halfway, &problem);
    Ok(page.status(status).into_response())
}

fn too_often(state: &State, browser: &Browser, halfway: &Found, seconds: u64) -> Response {
    page(state, browser, halfway, TOO_OFTEN)
        .status(StatusCode::TOO_MANY_REQUESTS)
        .header(header::RETRY_AFTER, HeaderValue::from(seconds))
        .into_response()
}

async fn find(state: &State, headers: &HeaderMap) -> Result<Option<Found>, PageError> {
    let Some(attempt) = session::halfway(state, headers, Asked::Link).await? else {
        return Ok(None);
    };
    let Halfway::Link(identity) = attempt.halfway else {
        return Ok(None);
    };
    let Some(member) = links::candidate(&state.app, &identity).await? else {
        return Ok(None);
    };
    let provable = links::provable(&state.app, member.account.id).await?;
    Ok(Some(Found {
        identity,
        member,
        provable,
        next: LocalPath::parse(&attempt.redirect_to).unwrap_or_else(LocalPath::front),
        by: attempt.provider_session,
    }))
}

fn page(state: &State, browser: &Browser, halfway: &Found, problem: &str) -> Shown {
    let secret = browser.form_secret(state);
    let account = &halfway.member.account;
    let page = LinkPage {
        frame: Frame::new(state, browser),
        form_token: secret.token,
        name: account.username.as_str(),
        username: &halfway.identity.username,
        can_prove: halfway.provable != Provable::No,
        asks_for_code: halfway.asks_for_code(),
        command: command(account.username.as_str(), &halfway.identity),
        problem,
    };
    // It may lead straight on to an app's own address, as the sign-in page does.
    Shown::new(state, browser, &page)
        .forms_lead(FormTargets::Anywhere)
        .cookie(secret.cookie)
}

/// What the operator types to link the account.
fn command(name: &str, identity: &Identity) -> String {
    let id = &identity.subject;
    if identity.source == "ldap" {
        format!("moot members link {name} {id}")
    } else {
        format!("moot members link {name} {id} --source {}", identity.source)
    }
}
