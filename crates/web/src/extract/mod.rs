//! From requests to what handlers take.

mod body;
mod caller;
mod client_address;
mod nesting;
mod officer;
mod params;
mod path;

pub(crate) use body::FileField;
pub(crate) use caller::{Caller, Holder, Member, Visitor};
pub use client_address::ClientAddress;
pub(crate) use officer::{Moderator, OfBoard, Officer};
pub(crate) use params::{Params, ParamsAndFiles};
pub(crate) use path::{PathId, PathText, PathTexts};
