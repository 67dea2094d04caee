//! From what a member typed to what is stored: HTML, mentions, tags.

use std::{collections::HashMap, time::Duration};

use db::statuses::{Mentioned, NewMention};
use futures_util::future::join_all;
use model::{
    AccountId, Domain, Handle, Username,
    status::{MentionView, TagView},
};
use text::{
    SafeHtml,
    compose::{Links, MentionLink, render},
    hashtag,
};
use tokio::time::timeout;

use crate::{App, Result, accounts};

/// So many people may be named in one post; more names stay text.
const MOST_MENTIONS: usize = 100;
/// So many unknown people are looked for on their servers.
const MOST_LOOKUPS: usize = 10;
/// And for so long, all of them together: somebody is waiting for their post.
const LOOKUP_TIME: Duration = Duration::from_secs(4);

/// A text with what was found in it.
#[derive(Clone, Debug)]
pub(super) struct Composed {
    pub(super) content: SafeHtml,
    pub(super) mentions: Vec<NewMention>,
    pub(super) tags: Vec<TagView>,
    /// Who is named, as it is shown.
    pub(super) people: Vec<MentionView>,
}

impl Composed {
    /// Whether one of those who are named lives on another server.
    pub(super) fn names_somebody_elsewhere(&self) -> bool {
        self.people
            .iter()
            .any(|person| person.handle.domain.is_some())
    }

    /// Who is named.
    pub(super) fn named(&self) -> Vec<AccountId> {
        self.mentions
            .iter()
            .map(|mention| mention.account_id)
            .collect()
    }
}

/// Reads and renders a text. Asks other servers for people nobody here knows, so it is called outside of transactions.
pub(super) async fn compose(app: &App, author: AccountId, text: &str) -> Result<Composed> {
    let handles = handles(app, text);
    let mentioned = resolve(app, author, &handles).await?;
    let people = People::new(app, &handles, &mentioned);
    let content = render(text, &people);

    let mut mentions: Vec<NewMention> = Vec::new();
    let mut shown: Vec<MentionView> = Vec::new();
    for person in &mentioned {
        if mentions
            .iter()
            .all(|mention| mention.account_id != person.account_id)
        {
            mentions.push(NewMention {
                account_id: person.account_id,
                silent: false,
            });
            shown.push(MentionView {
                account_id: person.account_id,
                handle: person.handle.clone(),
                url: person.url.clone(),
                uri: person.uri.clone(),
            });
        }
    }
    Ok(Composed {
        content,
        mentions,
        tags: tags(text),
        people: shown,
    })
}

/// The handles in a text, each once; without a domain for our own people.
fn handles(app: &App, text: &str) -> Vec<Handle> {
    let mut handles: Vec<Handle> = Vec::new();
    for mention in text::compose::mentions(text) {
        if let Some(handle) = handle(app, mention.username, mention.domain)
            && !handles.contains(&handle)
            && handles.len() < MOST_MENTIONS
        {
            handles.push(handle);
        }
    }
    handles
}

fn handle(app: &App, username: &str, domain: Option<&str>) -> Option<Handle> {
    let domain = domain.map(Domain::parse).transpose().ok()?;
    Some(Handle {
        username: Username::of_peer(username).ok()?,
        domain: domain.filter(|domain| !accounts::is_ours(app, domain)),
    })
}

async fn resolve(app: &App, author: AccountId, handles: &[Handle]) -> Result<Vec<Mentioned>> {
    if handles.is_empty() {
        return Ok(Vec::new());
    }
    let known = {
        let mut connection = app.db.acquire().await?;
        db::statuses::resolve_mentions(&mut connection, author, handles).await?
    };
    let unknown: Vec<&Handle> = handles
        .iter()
        .enumerate()
        .filter(|(place, handle)| {
            handle.domain.is_some() && known.iter().all(|person| person.place != *place)
        })
        .map(|(_, handle)| handle)
        .take(MOST_LOOKUPS)
        .collect();
    if unknown.is_empty() {
        return Ok(known);
    }
    // No connection is held while other servers are asked.
    let lookups = unknown
        .iter()
        .map(|handle| app.remote.account_by_handle(app, handle));
    let found = timeout(LOOKUP_TIME, join_all(lookups))
        .await
        .unwrap_or_default();
    if !found.iter().any(|answer| matches!(answer, Ok(Some(_)))) {
        return Ok(known);
    }
    let mut connection = app.db.acquire().await?;
    Ok(db::statuses::resolve_mentions(&mut connection, author, handles).await?)
}

fn tags(text: &str) -> Vec<TagView> {
    let mut tags: Vec<TagView> = Vec::new();
    for typed in text::compose::hashtags(text) {
        let (Some(name), Some(display_name)) = (hashtag::normalise(typed), hashtag::display(typed))
        else {
            continue;
        };
        if tags.iter().all(|tag| tag.name != name) {
            tags.push(TagView { name, display_name });
        }
    }
    tags
}

/// Where the mentions of a text lead.
struct People<'a> {
    app: &'a App,
    links: HashMap<(String, String), MentionLink>,
}

impl<'a> People<'a> {
    fn new(app: &'a App, handles: &[Handle], mentioned: &[Mentioned]) -> Self {
        let share_a_name = |person: &Mentioned| {
            mentioned.iter().any(|other| {
                other.account_id != person.account_id
                    && other.handle.username == person.handle.username
            })
        };
        let links = mentioned
            .iter()
            .filter_map(|person| {
                let username = if share_a_name(person) {
                    person.handle.to_string()
                } else {
                    person.handle.username.to_string()
                };
                let link = MentionLink {
                    url: person.url.clone(),
                    username,
                };
                Some((key(handles.get(person.place)?), link))
            })
            .collect();
        Self { app, links }
    }
}

fn key(handle: &Handle) -> (String, String) {
    let domain = handle.domain.as_ref().map_or("", Domain::as_str);
    (
        handle.username.as_str().to_ascii_lowercase(),
        domain.to_owned(),
    )
}

impl Links for People<'_> {
    fn mention(&self, username: &str, domain: Option<&str>) -> Option<MentionLink> {
        self.links
            .get(&key(&handle(self.app, username, domain)?))
            .cloned()
    }

    fn hashtag(&self, name: &str) -> String {
        self.app
            .urls
            .tag(&hashtag::normalise(name).unwrap_or_else(|| name.to_owned()))
    }
}
