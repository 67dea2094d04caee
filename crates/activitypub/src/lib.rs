//! Documents and signatures between servers.
//!
//! Everything that has to do with the *shape* of what `ActivityPub` servers say to each other is here: decoding what
//! deployed software really sends, building what we send, and signing and checking requests. No database, no sockets.
//!
//! *Invariant:* this crate never trusts, it only decodes. It knows nothing of Moot's data; who may do what, and which
//! id may be believed on whose word, is decided elsewhere.

pub mod activity;
pub mod actor;
mod audience;
pub mod collection;
mod date;
pub mod decode;
pub mod emit;
pub mod host;
mod html;
pub mod json;
pub mod link;
pub mod media_type;
pub mod nodeinfo;
pub mod note;
pub mod object_ref;
pub mod signature;
pub mod tag;
pub mod webfinger;

pub use activity::{Activity, Kind};
pub use actor::Actor;
pub use audience::{Audience, PUBLIC, is_public, visibility};
pub use decode::{DecodeError, Document, decode, decode_with_context};
pub use host::{Host, HostError, IdError, parse_id, same_host, same_origin};
pub use note::Post;
pub use object_ref::ObjectRef;

/// The context of `ActivityStreams` 2.0, which every document of ours and theirs names.
pub const ACTIVITYSTREAMS: &str = "https://www.w3.org/ns/activitystreams";

/// Media type of what we serve and send.
pub const CONTENT_TYPE: &str = "application/activity+json; charset=utf-8";
