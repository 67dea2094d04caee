//! What software a server runs: for display and for knowing quirks, never for trust.

use crate::{Document, json};

/// The schemas we read, best first.
const SCHEMAS: [&str; 2] = [
    "http://nodeinfo.diaspora.software/ns/schema/2.1",
    "http://nodeinfo.diaspora.software/ns/schema/2.0",
];

/// Relation of the server's own actor (FEP-2677).
const APPLICATION: &str = "https://www.w3.org/ns/activitystreams#Application";

/// The index under `/.well-known/nodeinfo`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Index {
    /// The best document we can read.
    pub document: Option<String>,
    /// The server's own actor.
    pub application_actor: Option<String>,
}

impl Index {
    /// Reads the index.
    pub fn from_document(document: &Document) -> Self {
        let link = |relation: &str| {
            json::list_at(document.value(), "links")
                .find(|link| json::str_at(link, "rel") == Some(relation))
                .and_then(|link| json::str_at(link, "href"))
                .and_then(json::web_address)
        };
        Self {
            document: SCHEMAS.into_iter().find_map(link),
            application_actor: link(APPLICATION),
        }
    }
}

/// What a server says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NodeInfo {
    /// Name of the software, lower case.
    pub software: String,
    /// Its version.
    pub version: Option<String>,
    /// Whether anybody may register.
    pub open_registrations: bool,
    /// How many members.
    pub users: Option<u64>,
}

impl NodeInfo {
    /// Reads a document of schema 2.0 or 2.1. `None` when the software has no proper name.
    pub fn from_document(document: &Document) -> Option<Self> {
        let software = document.get("software")?;
        let name = json::str_at(software, "name")?;
        let proper = name.len() <= 64
            && name
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        proper.then(|| Self {
            software: name.to_owned(),
            version: json::str_at(software, "version")
                .map(|version| json::shorten(version, 128).to_owned()),
            open_registrations: json::flag_at(document.value(), "openRegistrations"),
            users: document
                .get("usage")
                .and_then(|usage| json::get(usage, "users"))
                .and_then(|users| json::count_at(users, "total")),
        })
    }
}
