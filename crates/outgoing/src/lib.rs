//! HTTP to addresses that the operator configured: a provider people sign in at, a chat service, a webhook.
//!
//! The operator has named the address, and it may well stand in the organisation's own network: it is not judged
//! as a stranger's would be. But who answers must hold the right certificate, redirects are not followed (a
//! secret goes where the operator said and nowhere else), and an answer has a longest size and a longest time.
//! *Invariant:* no error made here holds an address or a header, since either may be a secret.

mod client;
mod safe;
mod trust;

pub use client::{Answer, Http, Limits, Request};
pub use safe::is_safe;
pub use trust::Trust;
