//! How our own URLs are made and read.
//!
//! Every id that peers know is one of these; they never change and are never given twice
//! (federation keeps them for years). Sources: Mastodon's routes since 4.5.

use std::sync::Arc;

use model::{AccountId, Domain, StatusId, Username, account::UriScheme};

/// Makes and reads the URLs of this server. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Urls {
    base: Arc<str>,
}

impl Urls {
    /// For `https://web_domain` or `http://web_domain`.
    pub fn new(web_domain: &Domain, https: bool) -> Self {
        let scheme = if https { "https" } else { "http" };
        Self {
            base: format!("{scheme}://{web_domain}").into(),
        }
    }

    /// `https://web`, without a slash at the end.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The ActivityPub id of a member.
    pub fn actor(&self, scheme: UriScheme, id: AccountId, username: &Username) -> String {
        match scheme {
            UriScheme::Numeric => format!("{}/ap/users/{id}", self.base),
            UriScheme::Username => format!("{}/users/{username}", self.base),
        }
    }

    /// The ActivityPub id of the server's own actor.
    pub fn instance_actor(&self) -> String {
        format!("{}/actor", self.base)
    }

    /// The inbox that all members share.
    pub fn shared_inbox(&self) -> String {
        format!("{}/inbox", self.base)
    }

    /// A member's profile page.
    pub fn profile(&self, username: &Username) -> String {
        format!("{}/@{username}", self.base)
    }

    /// The ActivityPub id of a status whose author has the id `actor`.
    pub fn status(actor: &str, id: StatusId) -> String {
        format!("{actor}/statuses/{id}")
    }

    /// A status's page.
    pub fn status_page(&self, username: &Username, id: StatusId) -> String {
        format!("{}/@{username}/{id}", self.base)
    }

    /// The page of a hashtag.
    pub fn tag(&self, name: &str) -> String {
        format!("{}/tags/{name}", self.base)
    }

    /// Whether a URL lies on this server.
    pub fn is_ours(&self, url: &str) -> bool {
        url.strip_prefix(&*self.base)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']))
    }

    /// Reads one of our own URLs that names somebody or something. What is not ours, or names nothing,
    /// is `None`; whether it exists is another question.
    pub fn read(&self, url: &str) -> Option<Ours> {
        let path = url.strip_prefix(&*self.base)?;
        let path = path.split(['?', '#']).next()?.trim_matches('/');
        let parts: Vec<&str> = path.split('/').collect();
        match parts.as_slice() {
            ["actor" | ""] => Some(Ours::InstanceActor),
            ["ap", "users", id] => Some(Ours::Account(id.parse().ok()?)),
            ["users", name] => Some(Ours::Username(Username::for_member(name).ok()?)),
            ["ap", "users", _, "statuses", id] | ["users", _, "statuses", id] => {
                Some(Ours::Status(id.parse().ok()?))
            }
            [name] => Some(Ours::Username(
                Username::for_member(name.strip_prefix('@')?).ok()?,
            )),
            [name, id] if name.starts_with('@') => Some(Ours::Status(id.parse().ok()?)),
            _ => None,
        }
    }
}

/// What one of our own URLs names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ours {
    /// The server's own actor.
    InstanceActor,
    /// A member, by number.
    Account(AccountId),
    /// A member, by name.
    Username(Username),
    /// A status.
    Status(StatusId),
}
