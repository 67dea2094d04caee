//! The shapes of Mastodon's client API: entities that go out and forms that come in.
//!
//! Apps written for Mastodon read and write these; their field names, date formats and
//! optional fields are Mastodon's, as of 4.6, and not ours to choose. Only [`moot`] is Moot's own. Entities borrow what they
//! print, so that rendering a page copies as little as possible; forms take what apps really
//! send, such as numbers and flags written as strings.
//!
//! *Invariant:* this crate knows nothing of Moot's data, of HTTP or of the database. It is serde,
//! schemas for the description of the API, and plain structs.
//!
//! Source of every shape: <https://docs.joinmastodon.org/entities/> and the answers of a running
//! Mastodon.

mod accounts;
pub mod admin;
mod applications;
mod documents;
mod error;
pub mod forms;
mod instance;
pub mod instance_v1;
mod markers;
mod media;
pub mod moot;
mod notifications;
mod preferences;
mod relationships;
mod reports;
mod search;
mod statuses;
mod tags;
mod values;
mod warnings;

pub use accounts::{
    Account, AccountBody, AccountMoment, AccountRole, CredentialAccount, FeatureApproval, Field,
    Role, Source,
};
pub use applications::{Application, CredentialApplication, Token};
pub use documents::{ExtendedDescription, PrivacyPolicy, Rule, RuleTranslation, TermsOfService};
pub use error::{Error, ErrorDetail};
pub use instance::{
    AccountLimits, ApiVersions, Configuration, Contact, FeedAccess, Icon, Instance, MediaLimits,
    PollLimits, Registrations, StatusLimits, Thumbnail, TimelinesAccess, Translation, Urls, Usage,
    UsageUsers, Vapid,
};
pub use markers::{Marker, Markers};
pub use media::{Focus, MediaAttachment, MediaDimensions, MediaMeta};
pub use notifications::{Notification, UnreadCount};
pub use preferences::Preferences;
pub use relationships::Relationship;
pub use reports::Report;
pub use search::Search;
pub use statuses::{
    Mention, QuoteApproval, Status, StatusApplication, StatusBody, StatusEdit, StatusMoment,
    StatusSource, StatusTag,
};
pub use tags::{CustomEmoji, Tag, TagHistory};
pub use values::{Date, EmptyList, Id, Midnight, Timestamp};
pub use warnings::{AccountWarning, Appeal, RelationshipSeveranceEvent};
