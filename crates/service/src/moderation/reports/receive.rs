//! Another server reports somebody.

use std::collections::BTreeSet;

use db::moderation::Names;
use model::{
    Account, AccountId, Domain, StatusId,
    account::INSTANCE_ACTOR,
    moderation::report::{ReportId, ReportOrigin},
};
use sqlx::PgConnection;
use time::Duration;

use super::arrive;
use crate::{App, Error, Result, peers, urls::Ours};

/// Characters of a comment that are kept, as in Mastodon.
const LONGEST_COMMENT: usize = 5_000;
/// People and posts that one Flag may name.
const MOST_NAMED: usize = 100;
/// People that one Flag may be about.
const MOST_TARGETS: usize = 10;
/// Reports from one server within a day; more are a flood and not taken.
const MOST_FROM_A_SERVER: i64 = 400;
/// The same for one that is limited here.
const MOST_FROM_A_LIMITED_SERVER: i64 = 50;

/// A report of a peer.
#[derive(Clone, Debug)]
pub struct Flag {
    /// Its id, if it has one.
    pub uri: Option<String>,
    /// People and posts, mixed.
    pub objects: Vec<String>,
    /// Why.
    pub comment: String,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It is about these; one report each. They may have been there before.
    Reports(Vec<ReportId>),
    /// Nobody in it concerns this server.
    Nobody,
    /// Reports of that server are not taken.
    Refused,
    /// Too many have come from there.
    Flood,
}

/// Takes a report from the actor of another server. Safe to run twice.
///
/// Only members are reported here, and people elsewhere who have answered members; and only posts are kept that somebody on the
/// reporting server can have seen (S70).
pub async fn receive(app: &App, reporter: &Account, flag: &Flag) -> Result<Taken> {
    let Some(domain) = &reporter.domain else {
        return Err(Error::Forbidden("Members report in another way".into()));
    };
    let policy = peers::policy(app, domain).await?;
    if policy.rejects_reports {
        return Ok(Taken::Refused);
    }
    let mut tx = app.db.begin().await?;
    let since = app.clock.now() - Duration::days(1);
    let most = if policy.silenced {
        MOST_FROM_A_LIMITED_SERVER
    } else {
        MOST_FROM_A_SERVER
    };
    if db::moderation::reports_from_server_since(&mut tx, domain, since).await? >= most {
        return Ok(Taken::Flood);
    }
    let named = named(&mut tx, app, flag).await?;
    let comment: String = text::plain::strip_nul(&flag.comment)
        .chars()
        .take(LONGEST_COMMENT)
        .collect();
    let mut reports = Vec::new();
    for target in &named.targets {
        let about = About {
            reporter,
            domain,
            target: *target,
            posts: &named.posts,
        };
        if let Some(id) = take(&mut tx, app, &about, flag, &comment).await? {
            reports.push(id);
        }
    }
    tx.commit().await?;
    if reports.is_empty() {
        return Ok(Taken::Nobody);
    }
    tracing::info!(peer.domain = %domain, count = reports.len(), "Another server has reported somebody");
    Ok(Taken::Reports(reports))
}

/// Whom and what a Flag names.
struct Named {
    targets: Vec<AccountId>,
    posts: Vec<StatusId>,
}

async fn named(connection: &mut PgConnection, app: &App, flag: &Flag) -> Result<Named> {
    let mut names = Names::default();
    // Misskey names posts inside the text only.
    let in_text = flag
        .comment
        .split(|letter: char| letter.is_whitespace() || "<>\"'()".contains(letter))
        .map(|word| word.trim_end_matches(['.', ',', ';', ':']))
        .filter(|word| app.urls.is_ours(word));
    let all: BTreeSet<&str> = flag
        .objects
        .iter()
        .map(String::as_str)
        .chain(in_text)
        .take(MOST_NAMED)
        .collect();
    for name in all {
        match app.urls.read(name) {
            Some(Ours::Account(id)) => names.members.push(id),
            Some(Ours::Username(name)) => names.usernames.push(name.to_string()),
            Some(Ours::Status(id)) => {
                names.posts.push(id);
                names.uris.push(name.to_owned());
            }
            Some(Ours::InstanceActor) => {}
            None => names.uris.push(name.to_owned()),
        }
    }
    let posts = db::moderation::posts_named(connection, &names).await?;
    let mut targets = db::moderation::accounts_named(connection, &names).await?;
    // Lemmy names a post only.
    if targets.is_empty() {
        targets = db::moderation::authors_of(connection, &posts).await?;
    }
    targets.retain(|target| *target != INSTANCE_ACTOR);
    targets.truncate(MOST_TARGETS);
    Ok(Named { targets, posts })
}

struct About<'a> {
    reporter: &'a Account,
    domain: &'a Domain,
    target: AccountId,
    posts: &'a [StatusId],
}

async fn take(
    connection: &mut PgConnection,
    app: &App,
    about: &About<'_>,
    flag: &Flag,
    comment: &str,
) -> Result<Option<ReportId>> {
    let found = db::accounts::by_id(connection, about.target).await?;
    let Some(target) = found.filter(|target| !target.is_suspended()) else {
        return Ok(None);
    };
    let posts =
        db::moderation::posts_known_on(connection, about.domain, target.id, about.posts).await?;
    if !target.is_local() && !db::moderation::answer_a_member(connection, &posts).await? {
        return Ok(None);
    }
    if let Some(uri) = &flag.uri
        && let Some(known) = db::moderation::find_report_by_uri(connection, uri, target.id).await?
    {
        return Ok(Some(known));
    }
    let row = db::moderation::NewReport {
        uri: flag.uri.as_deref(),
        comment,
        ..arrive::blank(about.reporter.id, target.id, ReportOrigin::Remote, &posts)
    };
    let arrived = arrive::arrive(connection, app, row).await?;
    Ok(arrived.map(|arrived| arrived.id))
}
