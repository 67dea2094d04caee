//! A member reports somebody.

use std::collections::BTreeSet;

use model::{
    Account, AccountId, ApplicationId, Domain, StatusId,
    account::INSTANCE_ACTOR,
    moderation::report::{Category, Report, ReportOrigin},
};
use time::{Duration, OffsetDateTime};

use super::{ForwardReport, arrive};
use crate::{App, Error, FieldError, Result, consequences::enqueue, keys};

/// Characters of a member's comment, as in Mastodon.
const LONGEST_COMMENT: usize = 1_000;
/// Posts that one report may name.
const MOST_POSTS: usize = 200;
/// Reports by one member about one account within [`WINDOW`]: more say nothing new.
const MOST_ABOUT_ONE: i64 = 20;
const WINDOW: Duration = Duration::days(1);

/// What a member reports.
#[derive(Clone, Debug, Default)]
pub struct NewReport {
    /// Posts that show it.
    pub status_ids: Vec<StatusId>,
    /// In their words.
    pub comment: String,
    /// Of what sort the trouble is. Rules that were broken make it [`Category::Violation`].
    pub category: Option<Category>,
    /// Rules that were broken.
    pub rule_ids: Vec<i32>,
    /// A copy goes to the account's server, without the reporter's name.
    pub forward: bool,
    /// To which servers, where not only to the account's own.
    pub forward_to: Option<Vec<Domain>>,
    /// The app it was written with.
    pub application_id: Option<ApplicationId>,
}

/// A report as its author sees it.
#[derive(Clone, Debug)]
pub struct Reported {
    /// The report.
    pub report: Report,
    /// About whom.
    pub target: Account,
}

/// Reports somebody. Posts are kept as they are now.
///
/// `NotFound` when the account is not there, or one of the posts is not its own or not for the reporter to see (S70);
/// `Invalid` for a comment that is too long and rules that do not exist; `TooMany` for a flood about one account.
pub async fn create(
    app: &App,
    reporter: AccountId,
    target: AccountId,
    new: NewReport,
) -> Result<Reported> {
    let mut tx = app.db.begin().await?;
    let target = db::accounts::by_id(&mut tx, target)
        .await?
        .filter(|target| !target.is_suspended() && target.id != INSTANCE_ACTOR)
        .ok_or(Error::NotFound)?;
    let comment = text::plain::strip_nul(&new.comment);
    let (category, rule_ids) = check(app, &new, &comment).await?;
    let wanted: BTreeSet<StatusId> = new.status_ids.iter().copied().collect();
    let status_ids: Vec<StatusId> = wanted.into_iter().collect();
    let seen = db::moderation::posts_seen_by(&mut tx, reporter, target.id, &status_ids).await?;
    if seen.len() < status_ids.len() {
        return Err(Error::NotFound);
    }
    let now = app.clock.now();
    let lately = db::moderation::reports_since(&mut tx, reporter, target.id, now - WINDOW).await?;
    if lately >= MOST_ABOUT_ONE {
        return Err(Error::TooMany);
    }
    let copy = copy_of(app, &target, &new, now);
    let row = db::moderation::NewReport {
        category,
        comment: &comment,
        rule_ids: &rule_ids,
        uri: copy.as_ref().map(|copy| copy.uri.as_str()),
        forward_wanted: copy.is_some(),
        forwarded_at: copy.as_ref().and_then(|copy| copy.to_origin_at),
        application_id: new.application_id,
        ..arrive::blank(reporter, target.id, ReportOrigin::Member, &seen)
    };
    let arrived = arrive::arrive(&mut tx, app, row)
        .await?
        .ok_or_else(|| Error::internal(anyhow::anyhow!("a random id was given twice")))?;
    let report = db::moderation::find_report(&mut tx, arrived.id)
        .await?
        .ok_or(Error::NotFound)?;
    if let Some(copy) = copy
        && arrived.is_new
    {
        let job = ForwardReport {
            report_id: arrived.id,
            domains: copy.domains,
        };
        enqueue(&mut tx, &job).await?;
    }
    tx.commit().await?;
    tracing::info!(report.id = %report.id, account.id = %target.id, "A member has reported somebody");
    Ok(Reported { report, target })
}

async fn check(app: &App, new: &NewReport, comment: &str) -> Result<(Category, Vec<i32>)> {
    let mut wrong = Vec::new();
    if comment.chars().count() > LONGEST_COMMENT {
        wrong.push(FieldError {
            field: "comment",
            code: "ERR_TOO_LONG",
            message: format!("is too long (maximum is {LONGEST_COMMENT} characters)"),
        });
    }
    if new.status_ids.len() > MOST_POSTS {
        wrong.push(FieldError {
            field: "status_ids",
            code: "ERR_TOO_LONG",
            message: format!("is too long (maximum is {MOST_POSTS} posts)"),
        });
    }
    let rules: BTreeSet<i32> = new.rule_ids.iter().copied().collect();
    let category = if rules.is_empty() {
        new.category.unwrap_or(Category::Other)
    } else {
        Category::Violation
    };
    if category == Category::Violation {
        let known = crate::moderation::rules(app).await?;
        let exists = |rule: &i32| known.iter().any(|(number, _)| number == rule);
        if rules.is_empty() || !rules.iter().all(exists) {
            wrong.push(FieldError {
                field: "rule_ids",
                code: "ERR_INVALID",
                message: "does not reference valid rules".into(),
            });
        }
    }
    if wrong.is_empty() {
        Ok((category, rules.into_iter().collect()))
    } else {
        Err(Error::Invalid(wrong))
    }
}

/// A copy that goes elsewhere.
struct Outgoing {
    uri: String,
    /// When it goes to the account's own server, if it does.
    to_origin_at: Option<OffsetDateTime>,
    domains: Vec<String>,
}

fn copy_of(app: &App, target: &Account, new: &NewReport, now: OffsetDateTime) -> Option<Outgoing> {
    let home = target.domain.as_ref().filter(|_| new.forward)?;
    let domains: Vec<String> = match &new.forward_to {
        Some(domains) => domains.iter().map(ToString::to_string).collect(),
        None => vec![home.to_string()],
    };
    Some(Outgoing {
        uri: format!(
            "{}{}",
            super::forward::uri_base(app),
            hex::encode(keys::random_bytes::<16>())
        ),
        to_origin_at: domains
            .iter()
            .any(|domain| domain == home.as_str())
            .then_some(now),
        domains,
    })
}
