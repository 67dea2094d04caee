//! Copies of reports for other servers: to the reported account's own, and to those of people whom its posts answer. They go in
//! the server's name, so that no reporter is named.

use jobs::Job;
use model::{
    Domain,
    moderation::report::{CaseId, ReportId},
};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;

use crate::{App, Result, consequences::enqueue_many, peers};

/// A copy of a report goes to other servers: Flag.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ForwardReport {
    /// The report.
    pub report_id: ReportId,
    /// To which servers.
    pub domains: Vec<String>,
}

impl Job for ForwardReport {
    const KIND: &'static str = "forward_report";

    fn dedup_key(&self) -> Option<String> {
        Some(self.report_id.to_string())
    }
}

/// One copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copy {
    /// The Flag's id.
    pub uri: String,
    /// The account, then posts.
    pub about: Vec<String>,
    /// In the reporter's words.
    pub comment: String,
    /// Where it goes.
    pub inboxes: Vec<String>,
}

/// How ids of our Flags begin; nothing is ever found there.
pub(super) fn uri_base(app: &App) -> String {
    format!("{}/reports/", app.urls.base())
}

/// The copies of a report. Other servers than the account's own learn only of posts that everybody may see.
pub async fn copies(app: &App, job: &ForwardReport) -> Result<Vec<Copy>> {
    let mut connection = app.db.acquire().await?;
    let Some(from) = db::moderation::forwarding(&mut connection, job.report_id).await? else {
        return Ok(Vec::new());
    };
    let others =
        db::moderation::inboxes_of_answered(&mut connection, job.report_id, &job.domains).await?;
    drop(connection);
    let copy = |posts: Vec<String>, inboxes: Vec<String>| Copy {
        uri: from.uri.clone(),
        about: std::iter::once(from.target_uri.clone())
            .chain(posts)
            .collect(),
        comment: from.comment.clone(),
        inboxes,
    };
    let mut copies = Vec::new();
    if job.domains.contains(&from.target_domain) && may_hear(app, &from.target_domain).await? {
        let posts = from.posts.iter().map(|(uri, _)| uri.clone()).collect();
        copies.push(copy(posts, vec![from.target_inbox.clone()]));
    }
    let mut inboxes = Vec::new();
    for inbox in others {
        let host = url::Url::parse(&inbox).ok();
        let host = host.as_ref().and_then(|url| url.host_str());
        if let Some(host) = host
            && inbox != from.target_inbox
            && may_hear(app, host).await?
        {
            inboxes.push(inbox);
        }
    }
    if !inboxes.is_empty() {
        let is_public = |post: &&(String, bool)| post.1;
        let posts = from
            .posts
            .iter()
            .filter(is_public)
            .map(|(uri, _)| uri.clone());
        copies.push(copy(posts.collect(), inboxes));
    }
    Ok(copies)
}

async fn may_hear(app: &App, domain: &str) -> Result<bool> {
    match Domain::parse(domain) {
        Ok(domain) => Ok(!peers::policy(app, &domain).await?.suspended),
        Err(_) => Ok(false),
    }
}

/// Moderators have decided that the reports of a case go to the account's server. Those that are there already stay there, and
/// those of other servers are not ours to pass on.
pub(crate) async fn project(connection: &mut PgConnection, app: &App, case: CaseId) -> Result<()> {
    let reports =
        db::moderation::mark_forwarded(connection, case, &uri_base(app), app.clock.now()).await?;
    let found = db::moderation::find_case(connection, case).await?;
    let target = match found.and_then(|case| case.target_id) {
        Some(target) => db::accounts::by_id(connection, target).await?,
        None => None,
    };
    let Some(domain) = target.and_then(|target| target.domain) else {
        return Ok(());
    };
    let copies: Vec<ForwardReport> = reports
        .into_iter()
        .map(|report_id| ForwardReport {
            report_id,
            domains: vec![domain.to_string()],
        })
        .collect();
    enqueue_many(connection, &copies).await
}
