//! The words of Moot: ids, entities, enumerations, and the rules that need no I/O.
//!
//! *Invariant:* nothing here knows of a database, a socket, HTTP or a wire format. Whoever wants to
//! understand what Moot is about reads this crate first.

pub mod account;
pub mod audience;
pub mod domain;
pub mod given_name;
pub mod glimpse;
pub mod handle;
pub mod id;
pub mod instance;
pub mod link;
pub mod login;
pub mod mail_address;
pub mod member;
pub mod moderation;
pub mod notification;
pub mod oauth;
pub mod page;
pub mod relationship;
pub mod scope;
pub mod status;
pub mod timeline;
pub mod visibility;

pub use account::{Account, ActorType, Emoji, ProfileField};
pub use audience::Viewer;
pub use domain::Domain;
pub use glimpse::{AccountGlimpse, NotificationGlimpse, StatusGlimpse};
pub use handle::{Handle, Username};
pub use id::{
    AccountId, ApplicationId, FollowId, Id, NotificationId, PasskeyId, SessionId, StatusId, TokenId,
};
pub use link::Link;
pub use login::canonical_login;
pub use mail_address::is_mail_address;
pub use page::Page;
pub use scope::{Scope, Scopes};
pub use status::Status;
pub use visibility::Visibility;
