//! One entry, with everything by which somebody else can check it.

use askama::Template;
use axum::{
    extract::{Path, State as Extract},
    response::{IntoResponse, Response},
};
use service::moderation::log::{self, InclusionProof};

use super::told::{Fact, Told, facts};
use crate::{
    State,
    pages::{Frame, PageError, Shown},
    session::Browser,
};

#[derive(Template)]
#[template(path = "moderation/entry.html")]
struct EntryPage {
    frame: Frame,
    told: Told,
    is_internal: bool,
    facts: Vec<Fact>,
    withheld: Vec<String>,
    commitments: Vec<Commitment>,
    private_commitment: String,
    prev: String,
    leaf: String,
    proof: InclusionProof,
    is_last: bool,
}

struct Commitment {
    name: String,
    value: String,
    /// None once the field was taken back.
    salt: Option<String>,
}

/// `GET /moderation/{seq}`
pub(super) async fn show(
    Extract(state): Extract<State>,
    browser: Browser,
    Path(seq): Path<String>,
) -> Result<Response, PageError> {
    let number: i64 = seq.parse().map_err(|_| PageError::NotFound)?;
    let entry = log::entry(&state.app, number).await?;
    let proof = log::inclusion(&state.app, number, None).await?;
    let count = log::count(&state.app).await?;
    let page = EntryPage {
        frame: Frame::new(&state, &browser),
        told: Told::of(&entry),
        is_internal: entry.kind == "internal",
        facts: facts(&entry),
        withheld: entry.public.withheld().map(str::to_owned).collect(),
        commitments: entry
            .public
            .commitments
            .iter()
            .map(|(name, commitment)| Commitment {
                name: name.clone(),
                value: commitment.to_string(),
                salt: entry.public.salts.get(name).map(ToString::to_string),
            })
            .collect(),
        private_commitment: entry.private_commitment.to_string(),
        prev: entry.prev.to_string(),
        leaf: entry.leaf.to_string(),
        proof,
        is_last: number >= count,
    };
    Ok(Shown::new(&state, &browser, &page).into_response())
}
