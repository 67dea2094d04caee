//! Rules about servers, mail and addresses, with what is proposed about them.

use db::moderation::admin::{
    DomainAllowRow, DomainBlockRow, EmailBlockRow, EmailDomainBlockRow, IpBlockRow, Which,
};
use model::{
    Page,
    moderation::{Kind, Proposal, Target},
};
use sqlx::PgConnection;

use super::pending::{self, Pending};
use crate::{App, Error, Result, moderation::Acting};

/// A rule, with what is proposed about its subject.
#[derive(Clone, Debug)]
pub struct Ruled<T> {
    /// The rule.
    pub rule: T,
    /// What is proposed about it.
    pub pending: Vec<Pending>,
    /// It is only proposed; its id is the one it will have.
    pub is_proposed: bool,
}

/// Which rules are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listing {
    /// Those in force.
    InForce,
    /// Those that are proposed as well.
    WithProposed,
}

/// What all these rules have.
trait Rule: Sized {
    /// The type of target they are about.
    const ABOUT: &'static str;
    /// The kind of measure that makes one.
    const MADE_BY: Kind;

    fn id(&self) -> i64;
    fn key(&self) -> String;
    /// The rule that a proposal would make.
    fn proposed(proposal: &Proposal, target: &Target) -> Self;
    async fn find(app: &App, connection: &mut PgConnection, which: Which<'_>) -> Result<Vec<Self>>;
}

async fn list<T: Rule>(
    app: &App,
    acting: &Acting,
    page: Page,
    listing: Listing,
) -> Result<Vec<Ruled<T>>> {
    let mut connection = app.db.acquire().await?;
    let rules = T::find(app, &mut connection, Which::Page(page)).await?;
    let mut listed = beside(&mut connection, app, acting, rules).await?;
    if listing == Listing::WithProposed {
        let wanted = |rule: &T| rule.id() < page.before() && rule.id() > page.after();
        for (proposal, line) in pending::of_kind(&mut connection, app, acting, T::MADE_BY).await? {
            let rules = proposal
                .targets
                .iter()
                .map(|target| T::proposed(&proposal, target));
            listed.extend(rules.filter(wanted).map(|rule| Ruled {
                rule,
                pending: vec![line.clone()],
                is_proposed: true,
            }));
        }
        listed.sort_by_key(|ruled| std::cmp::Reverse(ruled.rule.id()));
        listed.truncate(usize::try_from(page.limit).unwrap_or(usize::MAX));
    }
    Ok(listed)
}

/// The rule with this id, in force or (where nothing is in force) proposed.
async fn one<T: Rule>(app: &App, acting: &Acting, id: i64) -> Result<Ruled<T>> {
    let mut connection = app.db.acquire().await?;
    let rules = T::find(app, &mut connection, Which::Id(id)).await?;
    if let Some(ruled) = beside(&mut connection, app, acting, rules).await?.pop() {
        return Ok(ruled);
    }
    for (proposal, line) in pending::of_kind(&mut connection, app, acting, T::MADE_BY).await? {
        if let [target] = proposal.targets.as_slice()
            && proposal.reserved_id == id
        {
            return Ok(Ruled {
                rule: T::proposed(&proposal, target),
                pending: vec![line],
                is_proposed: true,
            });
        }
    }
    Err(Error::NotFound)
}

/// The rule in force about exactly this.
async fn of<T: Rule>(app: &App, acting: &Acting, key: &str) -> Result<Option<Ruled<T>>> {
    let mut connection = app.db.acquire().await?;
    let rules = T::find(app, &mut connection, Which::About(key)).await?;
    Ok(beside(&mut connection, app, acting, rules).await?.pop())
}

async fn beside<T: Rule>(
    connection: &mut PgConnection,
    app: &App,
    acting: &Acting,
    rules: Vec<T>,
) -> Result<Vec<Ruled<T>>> {
    let keys: Vec<String> = rules.iter().map(Rule::key).collect();
    let mut pending = pending::among(connection, app, acting, T::ABOUT, &keys).await?;
    Ok(rules
        .into_iter()
        .zip(keys)
        .map(|(rule, key)| Ruled {
            rule,
            pending: pending.remove(&key).unwrap_or_default(),
            is_proposed: false,
        })
        .collect())
}

/// Rules about servers, newest first.
pub async fn domain_blocks(
    app: &App,
    acting: &Acting,
    page: Page,
    listing: Listing,
) -> Result<Vec<Ruled<DomainBlockRow>>> {
    list(app, acting, page, listing).await
}

/// A rule about a server, in force or proposed.
pub async fn domain_block(app: &App, acting: &Acting, id: i64) -> Result<Ruled<DomainBlockRow>> {
    one(app, acting, id).await
}

/// The rule in force about exactly this server.
pub async fn domain_block_of(
    app: &App,
    acting: &Acting,
    domain: &str,
) -> Result<Option<Ruled<DomainBlockRow>>> {
    of(app, acting, domain).await
}

/// Servers that may federate, newest first.
pub async fn domain_allows(
    app: &App,
    acting: &Acting,
    page: Page,
    listing: Listing,
) -> Result<Vec<Ruled<DomainAllowRow>>> {
    list(app, acting, page, listing).await
}

/// A server that may federate, or is proposed to.
pub async fn domain_allow(app: &App, acting: &Acting, id: i64) -> Result<Ruled<DomainAllowRow>> {
    one(app, acting, id).await
}

/// Whether this server may federate.
pub async fn domain_allow_of(
    app: &App,
    acting: &Acting,
    domain: &str,
) -> Result<Option<Ruled<DomainAllowRow>>> {
    of(app, acting, domain).await
}

/// Mail providers, newest first.
pub async fn email_domain_blocks(
    app: &App,
    acting: &Acting,
    page: Page,
    listing: Listing,
) -> Result<Vec<Ruled<EmailDomainBlockRow>>> {
    list(app, acting, page, listing).await
}

/// A mail provider, in force or proposed.
pub async fn email_domain_block(
    app: &App,
    acting: &Acting,
    id: i64,
) -> Result<Ruled<EmailDomainBlockRow>> {
    one(app, acting, id).await
}

/// The rule in force about exactly this provider.
pub async fn email_domain_block_of(
    app: &App,
    acting: &Acting,
    domain: &str,
) -> Result<Option<Ruled<EmailDomainBlockRow>>> {
    of(app, acting, domain).await
}

/// Mail addresses, newest first.
pub async fn email_blocks(
    app: &App,
    acting: &Acting,
    page: Page,
    listing: Listing,
) -> Result<Vec<Ruled<EmailBlockRow>>> {
    list(app, acting, page, listing).await
}

/// A mail address, in force or proposed.
pub async fn email_block(app: &App, acting: &Acting, id: i64) -> Result<Ruled<EmailBlockRow>> {
    one(app, acting, id).await
}

/// The rule in force about the address with this hash.
pub async fn email_block_of(
    app: &App,
    acting: &Acting,
    hash: &str,
) -> Result<Option<Ruled<EmailBlockRow>>> {
    of(app, acting, hash).await
}

/// Ranges of addresses, newest first.
pub async fn ip_blocks(
    app: &App,
    acting: &Acting,
    page: Page,
    listing: Listing,
) -> Result<Vec<Ruled<IpBlockRow>>> {
    list(app, acting, page, listing).await
}

/// A range of addresses, in force or proposed.
pub async fn ip_block(app: &App, acting: &Acting, id: i64) -> Result<Ruled<IpBlockRow>> {
    one(app, acting, id).await
}

/// The rule in force about exactly this range.
pub async fn ip_block_of(
    app: &App,
    acting: &Acting,
    range: &str,
) -> Result<Option<Ruled<IpBlockRow>>> {
    of(app, acting, range).await
}

impl Rule for DomainBlockRow {
    const ABOUT: &'static str = "domain";
    const MADE_BY: Kind = Kind::DomainBlock;

    fn id(&self) -> i64 {
        self.id
    }

    fn key(&self) -> String {
        self.domain.clone()
    }

    fn proposed(proposal: &Proposal, target: &Target) -> Self {
        let params = &proposal.params;
        Self {
            id: proposal.reserved_id,
            domain: target.key(),
            severity: params
                .severity
                .map_or("silence", |severity| severity.as_str())
                .into(),
            reject_media: params.reject_media.unwrap_or(false),
            reject_reports: params.reject_reports.unwrap_or(false),
            obfuscate: params.obfuscate.unwrap_or(false),
            public_comment: proposal.reason_public.clone(),
            private_comment: proposal.reason_private.clone(),
            created_at: proposal.opened_at,
        }
    }

    async fn find(_: &App, connection: &mut PgConnection, which: Which<'_>) -> Result<Vec<Self>> {
        Ok(db::moderation::admin::domain_blocks(connection, which).await?)
    }
}

impl Rule for DomainAllowRow {
    const ABOUT: &'static str = "domain";
    const MADE_BY: Kind = Kind::DomainAllow;

    fn id(&self) -> i64 {
        self.id
    }

    fn key(&self) -> String {
        self.domain.clone()
    }

    fn proposed(proposal: &Proposal, target: &Target) -> Self {
        Self {
            id: proposal.reserved_id,
            domain: target.key(),
            created_at: proposal.opened_at,
        }
    }

    async fn find(_: &App, connection: &mut PgConnection, which: Which<'_>) -> Result<Vec<Self>> {
        Ok(db::moderation::admin::domain_allows(connection, which).await?)
    }
}

impl Rule for EmailDomainBlockRow {
    const ABOUT: &'static str = "email_domain";
    const MADE_BY: Kind = Kind::EmailDomainBlock;

    fn id(&self) -> i64 {
        self.id
    }

    fn key(&self) -> String {
        self.domain.clone()
    }

    fn proposed(proposal: &Proposal, target: &Target) -> Self {
        Self {
            id: proposal.reserved_id,
            domain: target.key(),
            allow_with_approval: proposal.params.allow_with_approval.unwrap_or(false),
            created_at: proposal.opened_at,
        }
    }

    async fn find(_: &App, connection: &mut PgConnection, which: Which<'_>) -> Result<Vec<Self>> {
        Ok(db::moderation::admin::email_domain_blocks(connection, which).await?)
    }
}

impl Rule for EmailBlockRow {
    const ABOUT: &'static str = "email";
    const MADE_BY: Kind = Kind::EmailBlock;

    fn id(&self) -> i64 {
        self.id
    }

    fn key(&self) -> String {
        self.hash.clone()
    }

    fn proposed(proposal: &Proposal, target: &Target) -> Self {
        Self {
            id: proposal.reserved_id,
            hash: target.key(),
            created_at: proposal.opened_at,
        }
    }

    async fn find(_: &App, connection: &mut PgConnection, which: Which<'_>) -> Result<Vec<Self>> {
        Ok(db::moderation::admin::email_blocks(connection, which).await?)
    }
}

impl Rule for IpBlockRow {
    const ABOUT: &'static str = "ip_range";
    const MADE_BY: Kind = Kind::IpBlock;

    fn id(&self) -> i64 {
        self.id
    }

    fn key(&self) -> String {
        self.range.clone()
    }

    fn proposed(proposal: &Proposal, target: &Target) -> Self {
        let params = &proposal.params;
        Self {
            id: proposal.reserved_id,
            range: target.key(),
            severity: params
                .ip_severity
                .map_or("no_access", |severity| severity.as_str())
                .into(),
            comment: proposal.reason_private.clone(),
            expires_at: params
                .expires_in
                .map(|seconds| proposal.opened_at + time::Duration::seconds(i64::from(seconds))),
            created_at: proposal.opened_at,
        }
    }

    async fn find(app: &App, connection: &mut PgConnection, which: Which<'_>) -> Result<Vec<Self>> {
        Ok(db::moderation::admin::ip_blocks(connection, which, app.clock.now()).await?)
    }
}
