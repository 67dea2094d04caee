//! What moderators' lists show: accounts, rules about servers, mail and addresses, and figures. Nothing here writes.

mod accounts;
mod blocks;
mod dimensions;
mod measures;
mod pending;
mod recused;
mod retention;

pub use accounts::{AccountQuery, MemberRow, Origin, Standing, list_accounts, member_rows};
pub use blocks::{
    DomainAllowRow, DomainBlockRow, EmailBlockRow, EmailDomainBlockRow, IpBlockRow, Which,
    domain_allows, domain_blocks, email_blocks, email_domain_blocks, ip_blocks,
};
pub use dimensions::{Part, Parts, parts};
pub use measures::{Counted, days, seen_members};
pub use pending::{pending_among, pending_of_kind};
pub use recused::recused_among;
pub use retention::{Cohort, Frequency, retention};
