//! What is kept of one post and of one account.

use model::{Account, AccountGlimpse, StatusGlimpse, status::Post};
use serde::Serialize;

use crate::render::{Renderer, statuses::may_be_pinned};

/// What an entry takes besides its text, in bytes, roughly.
const BESIDES: usize = 250;

/// The part of a post that is the same for everybody.
pub(super) struct PrintedPost {
    version: i64,
    /// `None` when it shows no names of others.
    names_version: Option<i64>,
    /// Its author says that its media are to be hidden.
    pub(super) is_sensitive: bool,
    pub(super) may_be_pinned: bool,
    /// A JSON object.
    pub(super) json: Box<[u8]>,
}

impl PrintedPost {
    pub(super) fn new(renderer: &Renderer, post: &Post) -> Self {
        let shows_names = !post.mentions.is_empty() || post.application.is_some();
        Self {
            version: post.version,
            names_version: shows_names.then_some(post.names_version),
            is_sensitive: post.status.sensitive,
            may_be_pinned: may_be_pinned(&post.status),
            json: printed(&renderer.status_body(post.into())),
        }
    }

    pub(super) fn is_of(&self, seen: &StatusGlimpse) -> bool {
        self.version == seen.version
            && self
                .names_version
                .is_none_or(|version| version == seen.names_version)
    }

    pub(super) fn weight(&self) -> u32 {
        weight(&self.json)
    }
}

/// The part of an account that its counters are no part of.
pub(super) struct PrintedAccount {
    version: i64,
    /// A JSON object.
    pub(super) json: Box<[u8]>,
}

impl PrintedAccount {
    pub(super) fn new(renderer: &Renderer, version: i64, account: &Account) -> Self {
        Self {
            version,
            json: printed(&renderer.account_body(account)),
        }
    }

    pub(super) fn is_of(&self, seen: &AccountGlimpse) -> bool {
        self.version == seen.version
    }

    pub(super) fn weight(&self) -> u32 {
        weight(&self.json)
    }
}

fn printed(entity: &impl Serialize) -> Box<[u8]> {
    serde_json::to_vec(entity)
        .expect("entities are plain structs")
        .into_boxed_slice()
}

fn weight(json: &[u8]) -> u32 {
    u32::try_from(json.len() + BESIDES).unwrap_or(u32::MAX)
}
