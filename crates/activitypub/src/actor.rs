//! Somebody on another server, as that server describes them.

mod profile;

use serde_json::Value;
use time::OffsetDateTime;

use crate::host::{parse_id, same_host};
use crate::link::{self, Picture};
use crate::tag::{Emoji, Tags};
use crate::{Document, IdError, json};

/// Most keys kept of one actor.
const MAX_KEYS: usize = 10;
/// Most aliases and attribution domains kept.
const MAX_ALIASES: usize = 256;

/// The five kinds of actors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ActorType {
    /// A server or program acting for itself.
    Application,
    /// A community.
    Group,
    /// An organisation.
    Organization,
    /// A human.
    Person,
    /// A bot.
    Service,
}

impl ActorType {
    /// All of them, with their names.
    const NAMES: [(&'static str, Self); 5] = [
        ("Application", Self::Application),
        ("Group", Self::Group),
        ("Organization", Self::Organization),
        ("Person", Self::Person),
        ("Service", Self::Service),
    ];

    /// The first known type of an object.
    pub fn of(object: &Value) -> Option<Self> {
        let name = json::known_type(object, &Self::NAMES.map(|(name, _)| name))?;
        Self::NAMES
            .into_iter()
            .find_map(|(known, kind)| (known == name).then_some(kind))
    }

    /// As documents spell it.
    pub fn as_str(self) -> &'static str {
        Self::NAMES
            .into_iter()
            .find_map(|(name, kind)| (kind == self).then_some(name))
            .unwrap_or("Person")
    }

    /// For serde: the document's spelling.
    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "serde calls it with a reference"
    )]
    pub(crate) fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }

    /// Whether clients mark such accounts as automated.
    pub fn is_bot(self) -> bool {
        matches!(self, Self::Application | Self::Service)
    }
}

/// A signing key as its owner publishes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActorKey {
    /// The key's id, which requests name.
    pub id: String,
    /// Whose it claims to be.
    pub owner: String,
    /// SPKI or PKCS#1 in PEM.
    pub pem: String,
}

/// One of the labelled lines of a profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileField {
    /// Label, plain text.
    pub name: String,
    /// Value, HTML as received.
    pub value: String,
}

/// Why a document is not an actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ActorError {
    /// No `id`.
    #[error("the actor has no id")]
    MissingId,
    /// The id cannot be used.
    #[error("the actor's id is no usable URL")]
    BadId(#[source] IdError),
    /// None of the five types.
    #[error("the document is not an actor")]
    NotAnActor,
    /// No `inbox`, or one that cannot be used.
    #[error("the actor has no inbox")]
    NoInbox,
}

impl ActorError {
    /// The short word for answers and counters.
    pub fn code(self) -> &'static str {
        match self {
            Self::MissingId => "missing_id",
            Self::BadId(_) => "bad_url",
            Self::NotAnActor => "unsupported_object_type",
            Self::NoInbox => "no_inbox",
        }
    }
}

/// An actor document, decoded and not yet believed. Texts are cut to their limits but not cleaned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Its identity, byte for byte.
    pub id: String,
    /// First known type.
    pub actor_type: ActorType,
    /// Name in handles; a handle is believed only after `WebFinger` confirms it.
    pub preferred_username: Option<String>,
    /// `user@domain` as the actor itself gives it (FEP-2c59).
    pub webfinger: Option<String>,
    /// Display name, plain text, at most 2,048 characters.
    pub name: Option<String>,
    /// Bio, HTML as received, at most 20 KiB.
    pub summary: Option<String>,
    /// Profile page, on the same host as the id; else the id.
    pub url: String,
    /// Where to deliver.
    pub inbox: String,
    /// Where to deliver once for many; only if on the same host as the id.
    pub shared_inbox: Option<String>,
    /// Collection of their activities.
    pub outbox: Option<String>,
    /// Collection of their followers; its id in an address means "followers only".
    pub followers: Option<String>,
    /// Collection of whom they follow.
    pub following: Option<String>,
    /// Collection of pinned posts.
    pub featured: Option<String>,
    /// Keys with a PEM, at most 10.
    pub keys: Vec<ActorKey>,
    /// Avatar.
    pub icon: Option<Picture>,
    /// Header picture.
    pub image: Option<Picture>,
    /// Labelled lines, at most 50.
    pub fields: Vec<ProfileField>,
    /// Custom emoji used in name and bio.
    pub emojis: Vec<Emoji>,
    /// Names of the hashtags they use on their profile.
    pub hashtags: Vec<String>,
    /// Other ids of the same somebody, at most 256.
    pub also_known_as: Vec<String>,
    /// Their new account.
    pub moved_to: Option<String>,
    /// When the account was made.
    pub published: Option<OffsetDateTime>,
    /// Sites that may name them as author, at most 256.
    pub attribution_domains: Vec<String>,
    /// Suspended at their own server.
    pub suspended: bool,
    /// Wants to be found in directories.
    pub discoverable: bool,
    /// Wants posts to be found by search.
    pub indexable: bool,
    /// Died.
    pub memorial: bool,
    /// Approves followers by hand.
    pub locked: bool,
}

impl Actor {
    /// Reads a document that was fetched as, or sent about, an actor.
    pub fn from_document(document: &Document) -> Result<Self, ActorError> {
        Self::from_value(document.value())
    }

    /// Reads an actor, such as the object of an `Update`.
    pub fn from_value(actor: &Value) -> Result<Self, ActorError> {
        let id = json::id_of(actor).ok_or(ActorError::MissingId)?;
        parse_id(id).map_err(ActorError::BadId)?;
        let actor_type = ActorType::of(actor).ok_or(ActorError::NotAnActor)?;
        let tags = Tags::of(actor);
        Ok(Self {
            id: id.to_owned(),
            actor_type,
            preferred_username: json::str_at(actor, "preferredUsername").map(str::to_owned),
            webfinger: json::str_at(actor, "webfinger").map(str::to_owned),
            name: profile::name(actor),
            summary: profile::summary(actor),
            url: profile::page(actor, id),
            inbox: usable_id(actor, "inbox").ok_or(ActorError::NoInbox)?,
            shared_inbox: shared_inbox(actor, id),
            outbox: usable_id(actor, "outbox"),
            followers: usable_id(actor, "followers"),
            following: usable_id(actor, "following"),
            featured: usable_id(actor, "featured"),
            keys: keys_of(actor),
            icon: json::get(actor, "icon").and_then(|icon| link::picture(icon, 400)),
            image: json::get(actor, "image").and_then(|image| link::picture(image, 2_000)),
            fields: profile::fields(actor),
            emojis: tags.emojis,
            hashtags: tags.hashtags,
            also_known_as: strings(actor, "alsoKnownAs"),
            moved_to: usable_id(actor, "movedTo"),
            published: json::date_at(actor, "published"),
            attribution_domains: strings(actor, "attributionDomains"),
            suspended: json::flag_at(actor, "suspended"),
            discoverable: json::flag_at(actor, "discoverable"),
            indexable: json::flag_at(actor, "indexable"),
            memorial: json::flag_at(actor, "memorial"),
            locked: json::flag_at(actor, "manuallyApprovesFollowers"),
        })
    }
}

/// The keys a document lists: those of an actor, of the stub `GoToSocial` serves at a key's address, or a bare key.
///
/// Whether a key may speak for its owner is decided by who calls: the owner must list it too (S13).
pub fn keys_of(document: &Value) -> Vec<ActorKey> {
    let bare = json::get(document, "publicKeyPem").map(|_| document);
    bare.into_iter()
        .chain(json::list_at(document, "publicKey"))
        .filter_map(key)
        .take(MAX_KEYS)
        .collect()
}

fn key(value: &Value) -> Option<ActorKey> {
    Some(ActorKey {
        id: json::id_of(value)?.to_owned(),
        owner: json::id_at(value, "owner")
            .or_else(|| json::id_at(value, "controller"))?
            .to_owned(),
        pem: json::str_at(value, "publicKeyPem")?.to_owned(),
    })
}

/// An address we may one day fetch or deliver to.
fn usable_id(object: &Value, key: &str) -> Option<String> {
    json::id_at(object, key)
        .filter(|id| parse_id(id).is_ok())
        .map(str::to_owned)
}

/// A shared inbox elsewhere could be used to aim our deliveries at a third server.
fn shared_inbox(actor: &Value, id: &str) -> Option<String> {
    json::get(actor, "endpoints")
        .and_then(|endpoints| usable_id(endpoints, "sharedInbox"))
        .or_else(|| usable_id(actor, "sharedInbox"))
        .filter(|inbox| same_host(inbox, id))
}

fn strings(object: &Value, key: &str) -> Vec<String> {
    json::ids_at(object, key)
        .into_iter()
        .take(MAX_ALIASES)
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn person() -> Value {
        json!({"id": "https://a.example/u", "type": "Person", "inbox": "https://a.example/u/inbox"})
    }

    #[test]
    fn id_type_and_inbox_are_needed() {
        for (key, value, code) in [
            ("id", json!(null), "missing_id"),
            ("id", json!("https://x@a.example/u"), "bad_url"),
            ("type", json!("Note"), "unsupported_object_type"),
            ("inbox", json!("ftp://a.example/inbox"), "no_inbox"),
        ] {
            let mut actor = person();
            actor[key] = value;
            assert_eq!(Actor::from_value(&actor).unwrap_err().code(), code);
        }
    }

    #[test]
    fn a_shared_inbox_elsewhere_is_not_used() {
        let mut actor = person();
        actor["endpoints"] = json!({"sharedInbox": "https://b.example/inbox"});
        actor["url"] = json!("https://b.example/@u");

        let actor = Actor::from_value(&actor).unwrap();

        assert_eq!(actor.shared_inbox, None);
        assert_eq!(actor.url, "https://a.example/u");
    }

    #[test]
    fn keys_are_read_from_lists_stubs_and_bare_documents() {
        let key = json!({"id": "k", "owner": "o", "publicKeyPem": "p"});
        let expected = [ActorKey {
            id: "k".into(),
            owner: "o".into(),
            pem: "p".into(),
        }];

        assert_eq!(
            keys_of(&json!({"publicKey": [key, "https://a.example/key", {"id": "x"}]})),
            expected
        );
        assert_eq!(keys_of(&key), expected);
    }
}
