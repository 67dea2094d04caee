//! The public log of moderation. Hashes and salts are base64url without padding.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

/// An entry as everybody sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct LogEntry {
    /// Its number, from 1.
    pub seq: u64,
    /// When, to the minute; to the day where nothing is told.
    pub at: String,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: String,
    /// What is told, by name.
    pub public: Map<String, Value>,
    /// Salts of the fields that can be taken back.
    pub salts: BTreeMap<String, String>,
    /// Their commitments, also of those that were taken back.
    pub commitments: BTreeMap<String, String>,
    /// What it says of its private part.
    pub private_commitment: String,
    /// The leaf before.
    pub prev: String,
    /// Its own: SHA-256 over all of this, with commitments in place of fields that can be taken back.
    pub leaf: String,
}

/// That an entry is in the tree (RFC 9162, section 2.1.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct InclusionProof {
    /// The entry.
    pub seq: u64,
    /// Its leaf.
    pub leaf: String,
    /// Its place among the leaves, from 0.
    pub index: u64,
    /// How many leaves the tree has.
    pub size: u64,
    /// The tree's root.
    pub root: String,
    /// The way to the root.
    pub hashes: Vec<String>,
}

/// That one tree continues another (RFC 9162, section 2.1.4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ConsistencyProof {
    /// Size of the earlier tree.
    pub from: u64,
    /// Its root.
    pub from_root: String,
    /// Size of the later one.
    pub to: u64,
    /// Its root.
    pub to_root: String,
    /// The hashes that join them.
    pub hashes: Vec<String>,
}
