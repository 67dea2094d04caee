//! What a vote is given on: one number for everything that matters.
//!
//! SHA-256 over the canonical JSON (RFC 8785) of the proposal with this server's origin and a random salt. The salt is
//! shown to voters; without it, nobody can find the target of a published digest by trying all accounts.

use aws_lc_rs::digest::{SHA256, digest as sha256};
use model::moderation::{Proposal, vote::Digest};
use serde_json::{Value, json};

use crate::{App, Error, Result};

/// The digest of a proposal as it stands.
pub fn digest(app: &App, proposal: &Proposal) -> Result<Digest> {
    let targets: Vec<_> = proposal
        .targets
        .iter()
        .map(|target| json!({"type": target.type_word(), "key": target.key()}))
        .collect();
    let document = json!({
        "server": app.urls.base(),
        "id": proposal.id.to_string(),
        "revision": proposal.revision,
        "salt": hex::encode(&proposal.salt),
        "kind": proposal.kind.as_str(),
        "targets": targets,
        "params": serde_json::to_value(&proposal.params).map_err(Error::internal)?,
        "statuses": strings(&proposal.status_ids),
        "reports": strings(&proposal.report_ids),
        "rules": proposal.rule_ids,
        "guideline_version": proposal.guideline_version,
        "category": proposal.category.as_str(),
        "reason": proposal.reason_public,
        "private_reason": hex::encode(sha256(&SHA256, proposal.reason_private.as_bytes())),
        "notice": hex::encode(sha256(&SHA256, proposal.notice_text.as_bytes())),
        "emergency": proposal.emergency,
    });
    of(&document)
}

/// The digest of anything that is confirmed or voted on, as JSON.
pub(super) fn of(document: &Value) -> Result<Digest> {
    let canonical = ledger::jcs::canonical(document).map_err(Error::internal)?;
    let mut bytes = Digest::default();
    bytes.copy_from_slice(sha256(&SHA256, canonical.as_bytes()).as_ref());
    Ok(bytes)
}

/// Ids are longer than the integers that every reader of JSON keeps exact.
fn strings<T: ToString>(ids: &[T]) -> Vec<String> {
    ids.iter().map(ToString::to_string).collect()
}
