//! The public log, for programs: entries in order, proofs, checkpoints, and all of it as a file. Nobody has to sign in, and
//! everybody is answered alike.

mod export;
mod proofs;

use axum::{extract::State as Extract, response::IntoResponse};
use http::{HeaderValue, header};
use mastodon::{
    forms::{ConsistencyOf, InclusionOf, LogEntries},
    moot::{ConsistencyProof, InclusionProof, LogEntry},
};
use service::moderation::log::{self, Entry, Filter};

use crate::{
    State,
    client_api::{
        access::Access::Anybody,
        answer, page,
        routes::{Route, get},
    },
    error::{Answer, ApiError},
    extract::{Params, PathText},
};

/// Entries may lose a field by redaction, so that copies of them are short-lived.
const SHORT: &str = "public, max-age=60";
/// What is asked for by size never changes.
const LONG: &str = "public, max-age=86400";

/// Every route of the log.
#[rustfmt::skip]
pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/api/moot/v1/log", Anybody(&[]), entries).told("The public log of moderation, in order").takes::<LogEntries>().gives::<Vec<LogEntry>>(),
        get("/api/moot/v1/log/checkpoint", Anybody(&[]), checkpoint).told("Size and root of the log, signed (C2SP tlog-checkpoint)"),
        get("/api/moot/v1/log/proof/inclusion", Anybody(&[]), proofs::inclusion).told("That an entry is in the tree of the first `size` entries").takes::<InclusionOf>().gives::<InclusionProof>(),
        get("/api/moot/v1/log/proof/consistency", Anybody(&[]), proofs::consistency).told("That the tree of the first `to` entries continues that of the first `from`").takes::<ConsistencyOf>().gives::<ConsistencyProof>(),
        get("/api/moot/v1/log/export.jsonl.gz", Anybody(&[]), export::export).told("The whole public log with the keys that signed it"),
        get("/api/moot/v1/log/{seq}", Anybody(&[]), entry).told("One entry of the log").gives::<LogEntry>(),
    ]
}

/// `GET /api/moot/v1/log`
async fn entries(Extract(state): Extract<State>, Params(wanted): Params<LogEntries>) -> Answer {
    let filter = Filter {
        kind: wanted.kind.clone(),
        action: wanted.action.clone(),
        category: wanted.category.clone(),
        domain: wanted.domain.clone(),
        pseudonym: None,
        internal: true,
    };
    let limit = page::LOG.of(wanted.limit);
    let found = log::entries(&state.app, &filter, wanted.after.unwrap_or(0), limit).await?;
    let next = found
        .last()
        .filter(|_| i64::try_from(found.len()) == Ok(limit))
        .map(|last| going_on(&wanted, last, limit));
    let mut response = answer(&found)?;
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(SHORT));
    if let Some(next) = next {
        let link = format!(
            "<{}/api/moot/v1/log?{next}>; rel=\"next\"",
            state.app.urls.base()
        );
        if let Ok(link) = HeaderValue::try_from(link) {
            headers.insert(header::LINK, link);
        }
    }
    Ok(response)
}

/// The same query, for what follows.
fn going_on(wanted: &LogEntries, last: &Entry, limit: i64) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("after", &last.seq.to_string());
    query.append_pair("limit", &limit.to_string());
    for (name, value) in [
        ("type", &wanted.kind),
        ("action", &wanted.action),
        ("category", &wanted.category),
        ("domain", &wanted.domain),
    ] {
        if let Some(value) = value {
            query.append_pair(name, value);
        }
    }
    query.finish()
}

/// `GET /api/moot/v1/log/{seq}`
async fn entry(Extract(state): Extract<State>, PathText(seq): PathText) -> Answer {
    let seq = seq.parse().map_err(|_| ApiError::NotFound)?;
    let found = log::entry(&state.app, seq).await?;
    Ok(([(header::CACHE_CONTROL, SHORT)], answer(&found)?).into_response())
}

/// `GET /api/moot/v1/log/checkpoint`, as a signed note (C2SP tlog-checkpoint).
async fn checkpoint(Extract(state): Extract<State>) -> Answer {
    let signed = log::checkpoint(&state.app).await?;
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=10"),
    ];
    Ok((headers, signed.to_string()).into_response())
}
