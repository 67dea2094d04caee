//! What a browser keeps while it is away at a provider's page: sealed, for ten minutes, for one return.

use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use http::{HeaderMap, HeaderValue, header};
use serde::{Deserialize, Serialize};
use service::keys::Purpose;
use time::{Duration, OffsetDateTime};

use crate::{State, session::LocalPath};

/// How long somebody may stay away.
const LASTS: Duration = Duration::minutes(10);
/// The longest cookie, in bytes: browsers keep 4096 with name and attributes.
const LONGEST: usize = 3800;
const CONTEXT: &[u8] = b"away at a provider";

/// Which way somebody went, and what they have to bring back.
#[derive(Serialize, Deserialize)]
pub(super) enum Way {
    OpenId(signin::oidc::Pending),
    Cas(signin::cas::Pending),
}

/// Somebody who has come back in the browser that began.
pub(super) struct Returned {
    pub(super) way: Way,
    pub(super) next: LocalPath,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    way: Way,
    next: String,
    until: i64,
}

/// Leads away to a provider's page.
pub(super) fn leave(state: &State, way: Way, next: &LocalPath, address: &str) -> Response {
    let mut kept = Kept {
        way,
        next: next.as_str().to_owned(),
        until: (state.app.clock.now() + LASTS).unix_timestamp(),
    };
    let mut sealed = seal(state, &kept);
    if sealed.len() > LONGEST {
        // A request of an app that is longer than a cookie can be: its person finds the app's button again.
        LocalPath::front().as_str().clone_into(&mut kept.next);
        sealed = seal(state, &kept);
    }
    let cookie = cookie(state, &sealed, LASTS.whole_seconds());
    let headers = [
        (header::SET_COOKIE, cookie),
        (
            header::CACHE_CONTROL,
            HeaderValue::from_static("private, no-store"),
        ),
    ];
    (AppendHeaders(headers), Redirect::to(address)).into_response()
}

/// Who comes back, if this browser began something not too long ago.
pub(super) fn returned(state: &State, headers: &HeaderMap) -> Option<Returned> {
    let name = name(state);
    let sealed = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(found, value)| *found == name && value.len() <= LONGEST)
        .and_then(|(_, value)| URL_SAFE_NO_PAD.decode(value).ok())?;
    let keys = &state.app.keys;
    let plain = keys.open(Purpose::Providers, CONTEXT, &sealed).ok()?;
    let kept: Kept = serde_json::from_slice(&plain).ok()?;
    let until = OffsetDateTime::from_unix_timestamp(kept.until).ok()?;
    (state.app.clock.now() < until).then(|| Returned {
        way: kept.way,
        next: LocalPath::parse(&kept.next).unwrap_or_else(LocalPath::front),
    })
}

/// Takes the cookie back: whoever has come back begins anew.
pub(super) fn is_over(state: &State, mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.append(header::SET_COOKIE, cookie(state, "", 0));
    response
}

fn seal(state: &State, kept: &Kept) -> String {
    let plain = serde_json::to_vec(kept).expect("texts and numbers are JSON");
    let keys = &state.app.keys;
    URL_SAFE_NO_PAD.encode(keys.seal(Purpose::Providers, CONTEXT, &plain))
}

/// Coming back is a navigation from another site, with which browsers send cookies that are `Lax` and none that are
/// stricter.
fn cookie(state: &State, value: &str, seconds: i64) -> HeaderValue {
    let name = name(state);
    let secure = if state.app.settings.https {
        "; Secure"
    } else {
        ""
    };
    let line = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}; Max-Age={seconds}");
    HeaderValue::try_from(line).expect("base64url is ASCII")
}

fn name(state: &State) -> &'static str {
    if state.app.settings.https {
        "__Host-moot_provider"
    } else {
        "moot_provider"
    }
}
