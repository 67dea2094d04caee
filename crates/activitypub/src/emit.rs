//! The documents we send and serve.
//!
//! Each is a struct whose fields come out in a fixed order, so that the bytes of one document are the same every time:
//! they are made once, digested once, and sent to every inbox. Fill in the struct, then call [`to_document`].

mod activity;
mod actor;
mod collection;
mod context;
mod discovery;
mod note;
mod time;

pub use activity::{
    Activity, Tombstone, accept, add, announce, block, create, delete_actor, delete_post, flag,
    follow, like, move_to, reject, remove, undo, update_actor, update_post,
};
pub use actor::{Actor, Endpoints, Image, InstanceActor, PropertyValue, PublicKey};
pub use collection::{Collection, CollectionPage};
pub use context::Context;
pub use discovery::{
    HostMeta, Jrd, JrdLink, NodeInfo, NodeInfoIndex, NodeInfoServices, NodeInfoSoftware,
    NodeInfoUsage, NodeInfoUsers, NodeInfoVersion,
};
pub use note::{Attachment, Collected, Note, QuestionChoice, Tag, Thumbnail};
pub use time::Instant;

use serde::Serialize;

/// The bytes of a document, with its context in front.
pub fn to_document<T: Serialize>(context: Context, object: &T) -> Vec<u8> {
    #[derive(Serialize)]
    struct WithContext<'a, T> {
        #[serde(rename = "@context")]
        context: &'a serde_json::value::RawValue,
        #[serde(flatten)]
        object: &'a T,
    }
    to_json(&WithContext {
        context: context.json(),
        object,
    })
}

/// The bytes of a document that needs no context, such as WebFinger's.
pub fn to_json<T: Serialize>(object: &T) -> Vec<u8> {
    serde_json::to_vec(object).expect("our documents have string keys and finite numbers")
}
