//! From requests to what handlers take.

mod body;
mod caller;
mod client_address;
mod nesting;
mod params;
mod path;

pub(crate) use body::FileField;
pub(crate) use caller::{Caller, Holder, Member, Visitor};
pub use client_address::ClientAddress;
pub(crate) use params::{Params, ParamsAndFiles};
pub(crate) use path::{PathId, PathText};
