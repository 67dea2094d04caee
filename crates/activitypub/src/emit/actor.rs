//! Our people as actors, in Mastodon's fields and order.

use serde::Serialize;

use super::Instant;
use super::note::Tag;
use crate::actor::ActorType;

/// A member's actor. For a suspended one: blank texts, no pictures, `suspended: true`.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Actor {
    /// Identity.
    pub id: String,
    /// `user@handle-domain`.
    pub webfinger: String,
    /// Person, Service for bots, Group.
    #[serde(rename = "type", serialize_with = "ActorType::serialize")]
    pub actor_type: ActorType,
    /// Collection of whom they follow.
    pub following: String,
    /// Collection of followers.
    pub followers: String,
    /// Their own inbox.
    pub inbox: String,
    /// Their activities.
    pub outbox: String,
    /// Pinned posts.
    pub featured: String,
    /// Featured hashtags.
    pub featured_tags: String,
    /// Name in the handle.
    pub preferred_username: String,
    /// Display name, or the username.
    pub name: String,
    /// Bio in HTML.
    pub summary: String,
    /// Profile page.
    pub url: String,
    /// Approves followers by hand.
    pub manually_approves_followers: bool,
    /// Wants to be found in directories.
    pub discoverable: bool,
    /// Wants posts to be found by search.
    pub indexable: bool,
    /// Day the account was made.
    pub published: Instant,
    /// Died.
    pub memorial: bool,
    /// Signing key.
    pub public_key: PublicKey,
    /// Emoji and hashtags used in name and bio.
    pub tag: Vec<Tag>,
    /// Labelled lines.
    pub attachment: Vec<PropertyValue>,
    /// Shared inbox.
    pub endpoints: Endpoints,
    /// Avatar.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub icon: Option<Image>,
    /// Header picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<Image>,
    /// New account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moved_to: Option<String>,
    /// Other accounts of the same somebody.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also_known_as: Vec<String>,
    /// Only said when true.
    #[serde(skip_serializing_if = "is_false")]
    pub suspended: bool,
    /// Sites that may name them as author.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attribution_domains: Vec<String>,
}

/// The server's own actor, which signs what no member does. Served to everybody, or two strict servers could never
/// begin to talk.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct InstanceActor {
    /// Identity.
    pub id: String,
    /// Always `Application`.
    #[serde(rename = "type", serialize_with = "ActorType::serialize")]
    pub actor_type: ActorType,
    /// Its inbox.
    pub inbox: String,
    /// Its outbox, which is empty.
    pub outbox: String,
    /// The handle domain.
    pub preferred_username: String,
    /// A page about the server.
    pub url: String,
    /// True: nobody follows it.
    pub manually_approves_followers: bool,
    /// Signing key.
    pub public_key: PublicKey,
    /// Shared inbox.
    pub endpoints: Endpoints,
}

/// Key in an actor.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PublicKey {
    /// `<actor>#main-key`.
    pub id: String,
    /// The actor.
    pub owner: String,
    /// SPKI in PEM.
    pub public_key_pem: String,
}

/// Endpoints shared by all actors here.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Endpoints {
    /// Where to deliver once for all.
    pub shared_inbox: String,
}

/// A picture of a profile or emoji.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename = "Image")]
pub struct Image {
    /// Media type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    /// Where it is.
    pub url: String,
    /// Description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
}

/// A labelled line.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "type", rename = "PropertyValue")]
pub struct PropertyValue {
    /// Label.
    pub name: String,
    /// Value in HTML.
    pub value: String,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde calls it with a reference"
)]
fn is_false(flag: &bool) -> bool {
    !flag
}
