//! What moderators' lists show, and what Mastodon's admin calls mean here.
//!
//! Reading only: whatever a call wants changed goes through [`super::propose`]. What waits for a second moderator stands
//! beside what is in force, but for whom it is about (6.3 of the guidelines: they do not see it).

mod accounts;
mod blocks;
mod figures;
mod pending;

pub use accounts::{AccountFilter, AdminAccount, Look, account, accounts, accounts_by_ids};
pub use blocks::{
    Listing, Ruled, domain_allow, domain_allow_of, domain_allows, domain_block, domain_block_of,
    domain_blocks, email_block, email_block_of, email_blocks, email_domain_block,
    email_domain_block_of, email_domain_blocks, ip_block, ip_block_of, ip_blocks,
};
pub use db::moderation::admin::{
    Cohort, DomainAllowRow, DomainBlockRow, EmailBlockRow, EmailDomainBlockRow, Frequency,
    IpBlockRow, MemberRow, Origin, Part, Standing,
};
pub use figures::{Dimension, Figure, Measured, dimension, measure, retention};
pub use pending::{Pending, pending_about_case, recused_from};
