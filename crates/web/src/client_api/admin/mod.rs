//! Mastodon's admin API, for moderators' apps.
//!
//! A call that would change something opens a proposal, or approves the open one that says the same: two moderators who press
//! the same button in two apps is a decision. The answer has the shape and status that the app expects and shows what is
//! so *now*; headers and the `moot` object say what waits.
//!
//! Source: <https://docs.joinmastodon.org/methods/admin/>.

mod accounts;
mod actions;
mod cabinet;
mod domain_allows;
mod domain_blocks;
mod email_blocks;
mod email_domain_blocks;
mod figures;
mod ip_blocks;
mod measure;
mod proposed;
mod reports;
mod routes;
mod trends;

pub(crate) use proposed::tell;
pub(super) use routes::routes;
