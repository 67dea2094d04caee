//! Words to people where they already talk: one message, in the form each chat service documents, sent to an
//! address that the operator configured.
//!
//! One module per service. Each makes what is said harmless in its own manner: nobody is mentioned, no link but the
//! message's own is made, and nothing is longer than the service takes. *Invariant:* this crate has never heard of
//! proposals, members or databases; what may be said to whom, when, and how often it is tried, is its caller's
//! business. It logs nothing, and no error or debug output of it holds a token or a secret address.

pub mod compatible;
pub mod matrix;
pub mod slack;
pub mod webhook;

mod address;
mod answer;
mod channel;
mod client;
mod failure;
mod message;
mod plain;

pub use address::{Address, AddressError};
pub use channel::{Channel, send};
pub use client::{Client, ClientError};
pub use failure::Failure;
pub use message::{Facts, Message, Place, Receipt, Urgency};
pub use outgoing::is_safe;
