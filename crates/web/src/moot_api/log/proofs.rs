//! Short proofs about the log's tree (RFC 9162, section 2.1).

use axum::{
    extract::State as Extract,
    response::{IntoResponse, Response},
};
use http::header;
use mastodon::{
    forms::{ConsistencyOf, InclusionOf},
    moot::{ConsistencyProof, InclusionProof},
};
use service::moderation::log;

use super::{LONG, SHORT};
use crate::{
    State,
    client_api::answer,
    error::{Answer, ApiError},
    extract::Params,
};

/// `GET /api/moot/v1/log/proof/inclusion`
pub(super) async fn inclusion(
    Extract(state): Extract<State>,
    Params(wanted): Params<InclusionOf>,
) -> Answer {
    let seq = wanted
        .seq
        .ok_or_else(|| ApiError::invalid("Which entry? `seq` is missing"))?;
    let proof = log::inclusion(&state.app, seq, wanted.size).await?;
    let told = InclusionProof {
        seq: proof.seq,
        leaf: proof.leaf.to_string(),
        index: proof.index,
        size: proof.size,
        root: proof.root.to_string(),
        hashes: proof.hashes.iter().map(ToString::to_string).collect(),
    };
    Ok(kept(answer(&told)?, wanted.size))
}

/// `GET /api/moot/v1/log/proof/consistency`
pub(super) async fn consistency(
    Extract(state): Extract<State>,
    Params(wanted): Params<ConsistencyOf>,
) -> Answer {
    let from = wanted
        .from
        .ok_or_else(|| ApiError::invalid("From which size? `from` is missing"))?;
    let proof = log::consistency(&state.app, from, wanted.to).await?;
    let told = ConsistencyProof {
        from: proof.from,
        from_root: proof.from_root.to_string(),
        to: proof.to,
        to_root: proof.to_root.to_string(),
        hashes: proof.hashes.iter().map(ToString::to_string).collect(),
    };
    Ok(kept(answer(&told)?, wanted.to))
}

/// A proof for a size that was asked for is the same for ever.
fn kept(response: Response, size: Option<i64>) -> Response {
    let caching = if size.is_some() { LONG } else { SHORT };
    ([(header::CACHE_CONTROL, caching)], response).into_response()
}
