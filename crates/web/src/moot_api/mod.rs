//! Moot's own API, `/api/moot/v1`: everything that moderators and the board do on pages, for their apps, and how this server
//! is governed, for everybody.
//!
//! Errors have the client API's shape. What cannot be undone and what cannot wait is only drafted here: its author confirms it
//! in a browser, where the entity's `confirm_url` leads.

mod appeals;
mod ballots;
mod cases;
mod decisions;
mod description;
mod drafted;
mod governance;
mod log;
mod proposals;
mod routes;
mod seats;

pub(crate) use routes::routes;
