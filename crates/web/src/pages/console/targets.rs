//! What measures are about, as consoles name it.

use std::collections::HashMap;

use model::{Account, AccountId, StatusId, moderation::Target, status::StatusView};
use service::{accounts, statuses};

use crate::{
    State,
    pages::{PageError, cards::PersonCard, measures},
};

/// Posts that are looked up for one page; more are named by number.
const MOST_POSTS: usize = 40;

/// A target in words.
#[derive(Clone, Debug)]
pub(in crate::pages) struct TargetLine {
    /// `@mia@mastodon.example`, `a post of @mia@…`, `spam.example`.
    pub(in crate::pages) words: String,
    /// Where it can be looked at.
    pub(in crate::pages) href: Option<String>,
}

/// What several pages' worth of targets are called, loaded together.
#[derive(Default)]
pub(in crate::pages) struct Names {
    accounts: HashMap<AccountId, Account>,
    posts: HashMap<StatusId, StatusView>,
}

impl Names {
    /// Looks up whatever these are about.
    pub(in crate::pages) async fn of(state: &State, targets: &[Target]) -> Result<Self, PageError> {
        let mut wanted = Vec::new();
        let mut names = Self::default();
        for target in targets {
            match target {
                Target::Account(id) => wanted.push(*id),
                Target::Status(id)
                    if names.posts.len() < MOST_POSTS && !names.posts.contains_key(id) =>
                {
                    if let Some(view) = statuses::load(&state.app, *id).await? {
                        names.posts.insert(*id, view);
                    }
                }
                _ => {}
            }
        }
        if !wanted.is_empty() {
            let found = accounts::many(&state.app, &wanted).await?;
            names.accounts = found
                .into_iter()
                .map(|account| (account.id, account))
                .collect();
        }
        Ok(names)
    }

    /// One target in words.
    pub(in crate::pages) fn line(&self, state: &State, target: &Target) -> TargetLine {
        match target {
            Target::Account(id) => match self.accounts.get(id) {
                Some(account) => {
                    let card = PersonCard::new(state, account);
                    TargetLine::new(card.handle, Some(card.href))
                }
                None => TargetLine::new(format!("an account that is gone ({id})"), None),
            },
            Target::Status(id) => match self.posts.get(id) {
                Some(view) => {
                    let author = PersonCard::new(state, &view.author);
                    TargetLine::new(format!("a post of {}", author.handle), None)
                }
                None => TargetLine::new(format!("post {id}"), None),
            },
            Target::Case(id) => {
                TargetLine::new(format!("case {id}"), Some(format!("/console/cases/{id}")))
            }
            Target::Entry(seq) => TargetLine::new(
                format!("entry {seq} of the log"),
                Some(format!("/moderation/{seq}")),
            ),
            Target::Server => TargetLine::new(String::new(), None),
            Target::Email(hash) => {
                TargetLine::new(format!("…{}", hash.get(..8).unwrap_or_default()), None)
            }
            Target::Tag(name) => TargetLine::new(format!("#{name}"), None),
            Target::Emoji(name) => TargetLine::new(format!(":{name}:"), None),
            Target::Domain(_)
            | Target::EmailDomain(_)
            | Target::IpRange(_)
            | Target::Username(_)
            | Target::Address(_) => TargetLine::new(target.key(), None),
            other => TargetLine::new(
                format!(
                    "{} {}",
                    measures::target_type(other.type_word()),
                    other.key()
                ),
                None,
            ),
        }
    }

    /// Several targets in a few words: the first, and how many more.
    pub(in crate::pages) fn together(&self, state: &State, targets: &[Target]) -> String {
        let Some((first, rest)) = targets.split_first() else {
            return String::new();
        };
        let words = self.line(state, first).words;
        match rest.len() {
            0 => words,
            1 => format!("{words} and one more"),
            more => format!("{words} and {more} more"),
        }
    }
}

impl TargetLine {
    fn new(words: String, href: Option<String>) -> Self {
        let href = href.filter(|href| !href.is_empty());
        Self { words, href }
    }
}
