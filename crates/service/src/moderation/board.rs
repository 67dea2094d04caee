//! The board, the seats it gives, the settings and documents it adopts.
//!
//! A decision of the board is [recorded](decisions::record) by one of them and [confirmed](decisions::confirm) by at least one
//! other; with the last confirmation it is carried out, in that transaction, by the same executor as everything else. Who
//! sits on the board was [named](mod@bootstrap) by the operator once, or is said by the [directory].

pub mod bootstrap;
mod carry_out;
pub mod decisions;
pub mod directory;
pub mod documents;
mod project;
pub mod reset;
pub mod resolution;
pub mod seats;
mod settings;

pub(crate) use documents::guideline_version;
pub(crate) use project::project;
pub(crate) use settings::governance;
pub use settings::{current as current_governance, origins};
