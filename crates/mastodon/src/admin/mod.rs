//! What moderators see: Mastodon's admin entities, each with an added `moot` object where Moot has more to say.
//!
//! Source: <https://docs.joinmastodon.org/entities/> (`Admin_…`) and the answers of a running Mastodon.

mod accounts;
mod blocks;
mod figures;
mod note;
mod reports;

pub use accounts::{Account, Ip};
pub use blocks::{
    CanonicalEmailBlock, DomainAllow, DomainBlock, EmailDomainBlock, ExistingDomainBlock, IpBlock,
};
pub use figures::{Cohort, CohortData, Dimension, DimensionData, Measure, MeasureData};
pub use note::{Note, PendingProposal};
pub use reports::{Evidence, Report, ReportNote};
