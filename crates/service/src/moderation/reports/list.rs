//! The queue of cases, and lists of reports.

pub use db::moderation::ReportFilter;
use db::moderation::ReportsByOrigin;
use model::{
    Account, Page,
    moderation::{
        Person,
        report::{Case, CaseId},
    },
};
use sqlx::PgConnection;

use super::{ReportView, show};
use crate::{App, Error, Result, moderation::Acting};

/// Cases in one list.
const MOST: i64 = 200;

/// A case in a list.
#[derive(Clone, Debug)]
pub struct CaseLine {
    /// The case.
    pub case: Case,
    /// Whom it is about.
    pub target: Option<Account>,
    /// Who is at work on it.
    pub claimed_by: Option<Person>,
    /// How many reports it has.
    pub reports: ReportsByOrigin,
}

/// Open cases, most urgent first, without those that are about the one who looks.
pub async fn open(app: &App, acting: &Acting) -> Result<Vec<CaseLine>> {
    let mut connection = app.db.acquire().await?;
    let person = officer(acting)?.id;
    let cases = db::moderation::open_cases(&mut connection, person, MOST).await?;
    lines(&mut connection, cases).await
}

/// Closed cases, newest first, older than `before`.
pub async fn closed(
    app: &App,
    acting: &Acting,
    before: Option<CaseId>,
    limit: u16,
) -> Result<Vec<CaseLine>> {
    let mut connection = app.db.acquire().await?;
    let person = officer(acting)?.id;
    let limit = i64::from(limit).clamp(1, MOST);
    let cases = db::moderation::closed_cases(&mut connection, person, before, limit).await?;
    lines(&mut connection, cases).await
}

/// Reports, newest first, as apps list them; without those that are about the one who looks.
pub async fn list(
    app: &App,
    acting: &Acting,
    filter: &ReportFilter,
    page: Page,
) -> Result<Vec<ReportView>> {
    let mut connection = app.db.acquire().await?;
    let person = officer(acting)?.id;
    let reports = db::moderation::list_reports(&mut connection, person, filter, page).await?;
    show::views(&mut connection, reports).await
}

pub(super) fn officer(acting: &Acting) -> Result<&Person> {
    if acting.officer.seat.is_some() || acting.officer.on_board {
        Ok(&acting.officer.person)
    } else {
        Err(Error::Forbidden("Only moderators do this".into()))
    }
}

async fn lines(connection: &mut PgConnection, cases: Vec<Case>) -> Result<Vec<CaseLine>> {
    let ids: Vec<CaseId> = cases.iter().map(|case| case.id).collect();
    let targets: Vec<_> = cases.iter().filter_map(|case| case.target_id).collect();
    let holders: Vec<_> = cases.iter().filter_map(|case| case.claimed_by).collect();
    let counts = db::moderation::count_reports_in(connection, &ids).await?;
    let accounts = db::accounts::by_ids(connection, &targets).await?;
    let people = db::moderation::persons(connection, &holders).await?;
    Ok(cases
        .into_iter()
        .map(|case| CaseLine {
            target: case
                .target_id
                .and_then(|id| accounts.iter().find(|account| account.id == id))
                .cloned(),
            claimed_by: case
                .claimed_by
                .and_then(|id| people.iter().find(|person| person.id == id))
                .cloned(),
            reports: counts
                .iter()
                .find(|(id, _)| *id == case.id)
                .map(|(_, counts)| *counts)
                .unwrap_or_default(),
            case,
        })
        .collect())
}
