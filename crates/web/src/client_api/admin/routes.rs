//! The table of contents of Mastodon's admin API.

use mastodon::{
    admin::{
        Account, CanonicalEmailBlock, Cohort, Dimension, DomainAllow, DomainBlock,
        EmailDomainBlock, IpBlock, Measure, Report,
    },
    forms::admin as forms,
};
use serde_json::{Map, Value};

use super::{
    accounts, actions, domain_allows, domain_blocks, email_blocks, email_domain_blocks, figures,
    ip_blocks, reports, trends,
};
use crate::client_api::{
    access::{
        ADMIN_READ, ADMIN_READ_ACCOUNTS, ADMIN_READ_DOMAIN_ALLOWS, ADMIN_READ_DOMAIN_BLOCKS,
        ADMIN_READ_EMAIL_BLOCKS, ADMIN_READ_EMAIL_DOMAIN_BLOCKS, ADMIN_READ_IP_BLOCKS,
        ADMIN_READ_REPORTS, ADMIN_WRITE, ADMIN_WRITE_ACCOUNTS, ADMIN_WRITE_DOMAIN_ALLOWS,
        ADMIN_WRITE_DOMAIN_BLOCKS, ADMIN_WRITE_EMAIL_BLOCKS, ADMIN_WRITE_EMAIL_DOMAIN_BLOCKS,
        ADMIN_WRITE_IP_BLOCKS, ADMIN_WRITE_REPORTS, Access::Member,
    },
    routes::{Route, delete, get, post, put},
};

/// An empty object.
type Nothing = Map<String, Value>;
type Block = DomainBlock<'static>;
type Allow = DomainAllow<'static>;
type Ip = IpBlock<'static>;
type Provider = EmailDomainBlock<'static>;
type Address = CanonicalEmailBlock<'static>;

const NONE_YET: &str = "Always empty: nothing trends here yet.";
const REFUSED: &str = "Refused: nothing trends here yet.";

/// Every route.
pub(in crate::client_api) fn routes() -> Vec<Route> {
    let mut routes = about_accounts();
    routes.extend(about_reports());
    routes.extend(about_servers());
    routes.extend(about_access());
    routes.extend(about_figures());
    routes.extend(about_trends());
    routes
}

#[rustfmt::skip]
fn about_accounts() -> Vec<Route> {
    let (read, write) = (Member(ADMIN_READ_ACCOUNTS), Member(ADMIN_WRITE_ACCOUNTS));
    vec![
        get("/api/v1/admin/accounts", read, accounts::list_v1).told("Accounts, newest first.").takes::<forms::ListAccountsV1>().gives::<Vec<Account<'static>>>(),
        get("/api/v2/admin/accounts", read, accounts::list_v2).told("Accounts, newest first.").takes::<forms::ListAccounts>().gives::<Vec<Account<'static>>>(),
        get("/api/v1/admin/accounts/{id}", read, accounts::show).told("An account.").takes::<forms::Look>().gives::<Account<'static>>(),
        delete("/api/v1/admin/accounts/{id}", write, actions::delete).told("Proposes to delete the data of a suspended account (`account.delete_data`).").gives::<Account<'static>>().proposes(),
        post("/api/v1/admin/accounts/{id}/action", write, actions::act).told("Proposes a measure: `account.warn`, `.sensitive`, `.freeze`, `.limit` or `.suspend`.").takes::<forms::AccountAction>().gives::<Nothing>().proposes(),
        post("/api/v1/admin/accounts/{id}/enable", write, actions::enable).told("Proposes `account.unfreeze`.").gives::<Account<'static>>().proposes(),
        post("/api/v1/admin/accounts/{id}/unsensitive", write, actions::unsensitive).told("Proposes `account.unsensitive`.").gives::<Account<'static>>().proposes(),
        post("/api/v1/admin/accounts/{id}/unsilence", write, actions::unsilence).told("Proposes `account.unlimit`.").gives::<Account<'static>>().proposes(),
        post("/api/v1/admin/accounts/{id}/unsuspend", write, actions::unsuspend).told("Proposes `account.unsuspend`.").gives::<Account<'static>>().proposes(),
        post("/api/v1/admin/accounts/{id}/approve", write, actions::approve).told("Proposes `signup.approve`.").gives::<Account<'static>>().proposes(),
        post("/api/v1/admin/accounts/{id}/reject", write, actions::reject).told("Proposes `signup.reject`.").gives::<Account<'static>>().proposes(),
    ]
}

#[rustfmt::skip]
fn about_reports() -> Vec<Route> {
    let (read, write) = (Member(ADMIN_READ_REPORTS), Member(ADMIN_WRITE_REPORTS));
    vec![
        get("/api/v1/admin/reports", read, reports::list).told("Reports, newest first; never those about the caller.").takes::<forms::ListReports>().gives::<Vec<Report<'static>>>(),
        get("/api/v1/admin/reports/{id}", read, reports::show).told("A report, with the reported posts as they were seen.").takes::<forms::Look>().gives::<Report<'static>>(),
        put("/api/v1/admin/reports/{id}", write, reports::update).told("Changes a report's category; housekeeping, at once.").takes::<forms::UpdateReport>().gives::<Report<'static>>(),
        post("/api/v1/admin/reports/{id}/assign_to_self", write, reports::assign_to_self).told("Shows the caller as being at work on its case; at once.").gives::<Report<'static>>(),
        post("/api/v1/admin/reports/{id}/unassign", write, reports::unassign).told("Shows nobody as being at work on its case; at once.").gives::<Report<'static>>(),
        post("/api/v1/admin/reports/{id}/reopen", write, reports::reopen).told("Opens its case again; at once.").gives::<Report<'static>>(),
        post("/api/v1/admin/reports/{id}/resolve", write, reports::resolve).told("Proposes to close its case without action (`report.close_no_action`).").gives::<Report<'static>>().proposes(),
    ]
}

#[rustfmt::skip]
fn about_servers() -> Vec<Route> {
    let (read, write) = (Member(ADMIN_READ_DOMAIN_BLOCKS), Member(ADMIN_WRITE_DOMAIN_BLOCKS));
    let (read_allows, write_allows) = (Member(ADMIN_READ_DOMAIN_ALLOWS), Member(ADMIN_WRITE_DOMAIN_ALLOWS));
    vec![
        get("/api/v1/admin/domain_blocks", read, domain_blocks::list).told("Rules about servers, newest first.").takes::<forms::ListBlocks>().gives::<Vec<Block>>(),
        post("/api/v1/admin/domain_blocks", write, domain_blocks::create).told("Proposes `domain.block`; the answer has the id that the rule will have.").takes::<forms::DomainBlock>().gives::<Block>().proposes(),
        get("/api/v1/admin/domain_blocks/{id}", read, domain_blocks::show).told("A rule about a server.").gives::<Block>(),
        put("/api/v1/admin/domain_blocks/{id}", write, domain_blocks::update).told("Proposes `domain.change`.").takes::<forms::DomainBlock>().gives::<Block>().proposes(),
        delete("/api/v1/admin/domain_blocks/{id}", write, domain_blocks::delete).told("Proposes `domain.unblock`.").gives::<Nothing>().proposes(),
        get("/api/v1/admin/domain_allows", read_allows, domain_allows::list).told("Servers that may federate where only listed ones may.").takes::<forms::ListBlocks>().gives::<Vec<Allow>>(),
        post("/api/v1/admin/domain_allows", write_allows, domain_allows::create).told("Proposes `domain.allow`.").takes::<forms::DomainAllow>().gives::<Allow>().proposes(),
        get("/api/v1/admin/domain_allows/{id}", read_allows, domain_allows::show).told("A server that may federate.").gives::<Allow>(),
        delete("/api/v1/admin/domain_allows/{id}", write_allows, domain_allows::delete).told("Proposes `domain.disallow`.").gives::<Nothing>().proposes(),
    ]
}

#[rustfmt::skip]
fn about_access() -> Vec<Route> {
    let (read_ips, write_ips) = (Member(ADMIN_READ_IP_BLOCKS), Member(ADMIN_WRITE_IP_BLOCKS));
    let (read_domains, write_domains) = (Member(ADMIN_READ_EMAIL_DOMAIN_BLOCKS), Member(ADMIN_WRITE_EMAIL_DOMAIN_BLOCKS));
    let (read_emails, write_emails) = (Member(ADMIN_READ_EMAIL_BLOCKS), Member(ADMIN_WRITE_EMAIL_BLOCKS));
    vec![
        get("/api/v1/admin/ip_blocks", read_ips, ip_blocks::list).told("Rules about addresses, newest first.").takes::<forms::ListBlocks>().gives::<Vec<Ip>>(),
        post("/api/v1/admin/ip_blocks", write_ips, ip_blocks::create).told("Proposes `ip.block`, for 30 days unless said otherwise.").takes::<forms::IpBlock>().gives::<Ip>().proposes(),
        get("/api/v1/admin/ip_blocks/{id}", read_ips, ip_blocks::show).told("A rule about addresses.").gives::<Ip>(),
        put("/api/v1/admin/ip_blocks/{id}", write_ips, ip_blocks::update).told("Proposes `ip.change`.").takes::<forms::IpBlock>().gives::<Ip>().proposes(),
        delete("/api/v1/admin/ip_blocks/{id}", write_ips, ip_blocks::delete).told("Proposes `ip.unblock`.").gives::<Nothing>().proposes(),
        get("/api/v1/admin/email_domain_blocks", read_domains, email_domain_blocks::list).told("Mail providers at whose addresses nobody joins.").takes::<forms::ListBlocks>().gives::<Vec<Provider>>(),
        post("/api/v1/admin/email_domain_blocks", write_domains, email_domain_blocks::create).told("Proposes `email_domain.block`.").takes::<forms::EmailDomainBlock>().gives::<Provider>().proposes(),
        get("/api/v1/admin/email_domain_blocks/{id}", read_domains, email_domain_blocks::show).told("A mail provider at whose addresses nobody joins.").gives::<Provider>(),
        delete("/api/v1/admin/email_domain_blocks/{id}", write_domains, email_domain_blocks::delete).told("Proposes `email_domain.unblock`.").gives::<Nothing>().proposes(),
        get("/api/v1/admin/canonical_email_blocks", read_emails, email_blocks::list).told("Mail addresses with which nobody joins, as hashes.").takes::<forms::ListBlocks>().gives::<Vec<Address>>(),
        post("/api/v1/admin/canonical_email_blocks", write_emails, email_blocks::create).told("Proposes `email.block`.").takes::<forms::CanonicalEmailBlock>().gives::<Address>().proposes(),
        post("/api/v1/admin/canonical_email_blocks/test", read_emails, email_blocks::test).told("The rule about an address, if there is one.").takes::<forms::CanonicalEmailBlock>().gives::<Vec<Address>>(),
        get("/api/v1/admin/canonical_email_blocks/{id}", read_emails, email_blocks::show).told("A mail address with which nobody joins.").gives::<Address>(),
        delete("/api/v1/admin/canonical_email_blocks/{id}", write_emails, email_blocks::delete).told("Proposes `email.unblock`.").gives::<Nothing>().proposes(),
    ]
}

#[rustfmt::skip]
fn about_figures() -> Vec<Route> {
    let read = Member(ADMIN_READ);
    vec![
        post("/api/v1/admin/measures", read, figures::measures).told("Figures over a time.").takes::<forms::Figures>().gives::<Vec<Measure>>(),
        post("/api/v1/admin/dimensions", read, figures::dimensions).told("What things are made up of.").takes::<forms::Figures>().gives::<Vec<Dimension>>(),
        post("/api/v1/admin/retention", read, figures::retention).told("How many of those who joined are still about.").takes::<forms::Figures>().gives::<Vec<Cohort>>(),
    ]
}

#[rustfmt::skip]
fn about_trends() -> Vec<Route> {
    let (read, write) = (Member(ADMIN_READ), Member(ADMIN_WRITE));
    vec![
        get("/api/v1/admin/trends/tags", read, trends::list).told(NONE_YET).gives::<Vec<Nothing>>(),
        get("/api/v1/admin/trends/statuses", read, trends::list).told(NONE_YET).gives::<Vec<Nothing>>(),
        get("/api/v1/admin/trends/links", read, trends::list).told(NONE_YET).gives::<Vec<Nothing>>(),
        get("/api/v1/admin/trends/links/publishers", read, trends::list).told(NONE_YET).gives::<Vec<Nothing>>(),
        get("/api/v1/admin/tags", read, trends::list).told(NONE_YET).gives::<Vec<Nothing>>(),
        get("/api/v1/admin/tags/{id}", read, trends::show).told("Not found: nothing trends here yet."),
        put("/api/v1/admin/tags/{id}", write, trends::decide).told(REFUSED),
        post("/api/v1/admin/trends/tags/{id}/approve", write, trends::decide).told(REFUSED),
        post("/api/v1/admin/trends/tags/{id}/reject", write, trends::decide).told(REFUSED),
        post("/api/v1/admin/trends/statuses/{id}/approve", write, trends::decide).told(REFUSED),
        post("/api/v1/admin/trends/statuses/{id}/reject", write, trends::decide).told(REFUSED),
        post("/api/v1/admin/trends/links/{id}/approve", write, trends::decide).told(REFUSED),
        post("/api/v1/admin/trends/links/{id}/reject", write, trends::decide).told(REFUSED),
        post("/api/v1/admin/trends/links/publishers/{id}/approve", write, trends::decide).told(REFUSED),
        post("/api/v1/admin/trends/links/publishers/{id}/reject", write, trends::decide).told(REFUSED),
    ]
}
