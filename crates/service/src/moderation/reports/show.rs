//! One case, or one report, with everything beside it.

use model::{
    Account, AccountId,
    moderation::{
        Person, PersonId, Proposal,
        priority::Trust,
        report::{Case, CaseId, Note, Report, ReportId},
    },
};
use sqlx::PgConnection;

use super::{desk, list};
use crate::{App, Error, Result, moderation::Acting};

/// Earlier cases that are shown beside one.
const MOST_EARLIER: i64 = 20;

/// A case with everything beside it but the posts; see [`super::evidence()`].
#[derive(Clone, Debug)]
pub struct CaseView {
    /// The case.
    pub case: Case,
    /// Whom it is about.
    pub target: Option<Account>,
    /// Who is at work on it.
    pub claimed_by: Option<Person>,
    /// Its reports, oldest first.
    pub reports: Vec<ReportView>,
    /// Notes, questions and answers, oldest first.
    pub notes: Vec<NoteView>,
    /// What was proposed about it, oldest first.
    pub proposals: Vec<Proposal>,
    /// Other cases about the same account, newest first.
    pub earlier: Vec<Case>,
    /// The one who looks stands aside from it.
    pub is_recused: bool,
}

/// A report with the people in it.
#[derive(Clone, Debug)]
pub struct ReportView {
    /// The report.
    pub report: Report,
    /// Who says it.
    pub reporter: Option<Account>,
    /// About whom.
    pub target: Option<Account>,
    /// Who is at work on it.
    pub assigned_to: Option<Person>,
    /// What its word is worth: reports of low trust are shown folded.
    pub trust: Trust,
    /// Who proposed what closed it.
    pub closed_by: Option<Person>,
    /// Everybody who approved that.
    pub approved_by: Vec<Person>,
}

/// A note with who wrote it.
#[derive(Clone, Debug)]
pub struct NoteView {
    /// The note.
    pub note: Note,
    /// The officer who wrote it.
    pub person: Option<Person>,
    /// Who was asked, or has answered.
    pub account: Option<Account>,
}

/// A case. The first look of a moderator is noted. `NotFound` for whoever it is about.
pub async fn case(app: &App, acting: &Acting, id: CaseId) -> Result<CaseView> {
    let mut connection = app.db.acquire().await?;
    let person = list::officer(acting)?;
    let case = desk::read(&mut connection, acting, id).await?;
    let is_recused = desk::is_recused(&mut connection, person, id).await?;
    if acting.officer.seat.is_some() && !is_recused {
        db::moderation::case_was_seen(&mut connection, id, app.clock.now()).await?;
    }
    let reports = db::moderation::reports_in_case(&mut connection, id).await?;
    let earlier = match case.target_id {
        Some(target) => db::moderation::cases_about(&mut connection, target, MOST_EARLIER).await?,
        None => Vec::new(),
    };
    let target = match case.target_id {
        Some(target) => db::accounts::by_id(&mut connection, target).await?,
        None => None,
    };
    let claimed_by = match case.claimed_by {
        Some(person) => db::moderation::person(&mut connection, person).await?,
        None => None,
    };
    Ok(CaseView {
        reports: views(&mut connection, reports).await?,
        notes: notes(&mut connection, id).await?,
        proposals: db::moderation::proposals_about_case(&mut connection, id).await?,
        earlier: earlier.into_iter().filter(|other| other.id != id).collect(),
        target,
        claimed_by,
        is_recused,
        case,
    })
}

/// A report. `NotFound` for whoever it is about.
pub async fn show(app: &App, acting: &Acting, id: ReportId) -> Result<ReportView> {
    let mut connection = app.db.acquire().await?;
    let person = list::officer(acting)?;
    let report = db::moderation::find_report(&mut connection, id).await?;
    let report = report.ok_or(Error::NotFound)?;
    let case = report.case_id;
    desk::read(&mut connection, acting, case).await?;
    let is_recused = desk::is_recused(&mut connection, person, case).await?;
    if acting.officer.seat.is_some() && !is_recused {
        db::moderation::case_was_seen(&mut connection, case, app.clock.now()).await?;
    }
    let mut views = views(&mut connection, vec![report]).await?;
    views.pop().ok_or(Error::NotFound)
}

async fn notes(connection: &mut PgConnection, case: CaseId) -> Result<Vec<NoteView>> {
    let notes = db::moderation::notes_in_case(connection, case).await?;
    let writers: Vec<PersonId> = notes.iter().filter_map(|note| note.person).collect();
    let concerned: Vec<AccountId> = notes.iter().filter_map(|note| note.account).collect();
    let people = db::moderation::persons(connection, &writers).await?;
    let accounts = db::accounts::by_ids(connection, &concerned).await?;
    Ok(notes
        .into_iter()
        .map(|note| NoteView {
            person: note
                .person
                .and_then(|id| people.iter().find(|person| person.id == id))
                .cloned(),
            account: note
                .account
                .and_then(|id| accounts.iter().find(|account| account.id == id))
                .cloned(),
            note,
        })
        .collect())
}

/// Reports with the people in them, in a fixed number of queries but for what closed them.
pub(super) async fn views(
    connection: &mut PgConnection,
    reports: Vec<Report>,
) -> Result<Vec<ReportView>> {
    let accounts: Vec<AccountId> = reports
        .iter()
        .flat_map(|report| [report.reporter_id, report.target_id])
        .flatten()
        .collect();
    let accounts = db::accounts::by_ids(connection, &accounts).await?;
    let closings = closings(connection, &reports).await?;
    let mut people: Vec<PersonId> = reports
        .iter()
        .filter_map(|report| report.assigned_to)
        .collect();
    people.extend(closings.iter().flat_map(ClosedBy::people));
    let people = db::moderation::persons(connection, &people).await?;
    let ids: Vec<ReportId> = reports.iter().map(|report| report.id).collect();
    let trust = db::moderation::voices_of(connection, &ids).await?;
    let account = |id: Option<AccountId>| {
        id.and_then(|id| accounts.iter().find(|account| account.id == id))
            .cloned()
    };
    let person = |id: PersonId| people.iter().find(|person| person.id == id).cloned();
    Ok(reports
        .into_iter()
        .map(|report| {
            let closing = closings
                .iter()
                .find(|closing| Some(closing.proposal) == report.closed_by);
            ReportView {
                reporter: account(report.reporter_id),
                target: account(report.target_id),
                assigned_to: report.assigned_to.and_then(person),
                trust: trust
                    .iter()
                    .find(|(id, _)| *id == report.id)
                    .map_or(Trust::Ordinary, |(_, voice)| voice.trust()),
                closed_by: closing
                    .and_then(|closing| closing.proposer)
                    .and_then(person),
                approved_by: closing
                    .map(|closing| {
                        closing
                            .approved_by
                            .iter()
                            .copied()
                            .filter_map(person)
                            .collect()
                    })
                    .unwrap_or_default(),
                report,
            }
        })
        .collect())
}

/// Who stands behind what closed reports.
struct ClosedBy {
    proposal: model::moderation::ProposalId,
    proposer: Option<PersonId>,
    approved_by: Vec<PersonId>,
}

impl ClosedBy {
    fn people(&self) -> impl Iterator<Item = PersonId> {
        self.proposer
            .into_iter()
            .chain(self.approved_by.iter().copied())
    }
}

async fn closings(connection: &mut PgConnection, reports: &[Report]) -> Result<Vec<ClosedBy>> {
    let mut proposals: Vec<_> = reports
        .iter()
        .filter_map(|report| report.closed_by)
        .collect();
    proposals.sort_unstable();
    proposals.dedup();
    let mut closings = Vec::with_capacity(proposals.len());
    for id in proposals {
        let proposal = db::moderation::find_proposal(connection, id).await?;
        closings.push(ClosedBy {
            proposal: id,
            proposer: proposal.and_then(|proposal| proposal.proposer),
            approved_by: db::moderation::approvers_of(connection, id).await?,
        });
    }
    Ok(closings)
}
