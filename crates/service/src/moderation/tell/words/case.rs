//! Reports.

use channels::Urgency;
use model::moderation::report::{Case, CaseId, CaseOutcome, Category};
use serde_json::json;
use sqlx::PgConnection;

use super::{Words, phrases};
use crate::{
    App, Result,
    moderation::tell::{Event, place::Topic, remind::BOARD},
};

pub(super) async fn words(
    connection: &mut PgConnection,
    app: &App,
    event: Event,
    id: CaseId,
) -> Result<Option<Words>> {
    let Some(case) = db::moderation::find_case(connection, id).await? else {
        return Ok(None);
    };
    let counted = db::moderation::count_reports_in(connection, &[id]).await?;
    let reports: i64 = counted
        .iter()
        .map(|(_, by)| by.member + by.remote + by.other)
        .sum();
    let age = app.clock.now() - case.opened_at;
    let (title, needed) = match (event, case.outcome) {
        _ if !case.is_open => (closed(case.outcome), None),
        (Event::ReportReopened, _) => (
            "A case is open again",
            Some("Somebody has to look at it again."),
        ),
        (Event::Reminder, _) if case.first_seen_at.is_none() => (
            "A report still waits for somebody to look at it",
            Some("Somebody has to look at it."),
        ),
        (Event::Reminder, _) => (
            "A report was looked at, and still nothing is proposed",
            Some("Somebody has to propose what is to be done, if only to close it."),
        ),
        _ => ("A report has come in", Some("Somebody has to look at it.")),
    };
    let mut words = Words::new(title, format!("/console/cases/{id}"))
        .line(format!(
            "{}, {}",
            phrases::category(case.category),
            phrases::age(age)
        ))
        .line(match reports {
            0 | 1 => String::new(),
            many => format!("{many} reports about the same account"),
        })
        .line(needed.unwrap_or_default());
    words.label = "Open the case";
    words.thread = Some(format!("Case {id}"));
    words.topic = Some(Topic::case(id));
    words.is_over = !case.is_open && event != Event::ReportUpdated;
    words.to_board = event == Event::Reminder && age >= BOARD;
    if event == Event::ReportUpdated {
        words.to_moderators = false;
        words.to_list = false;
    }
    let is_new = matches!(event, Event::ReportCreated | Event::ReportReopened);
    if is_new && cannot_wait(case.category) {
        words.urgency = Urgency::High;
    }
    words.facts = facts(&case, reports);
    Ok(Some(words))
}

const fn closed(outcome: Option<CaseOutcome>) -> &'static str {
    match outcome {
        Some(CaseOutcome::Action) => "A case is closed: something was done",
        Some(CaseOutcome::NoAction) => "A case is closed: nothing had to be done",
        // Its reports have gone on to another case.
        None => "A case is closed",
    }
}

/// Somebody may come to harm meanwhile. Spam can wait until somebody looks.
const fn cannot_wait(category: Category) -> bool {
    matches!(
        category,
        Category::IllegalContent | Category::PrivateData | Category::Threat | Category::Attack
    )
}

fn facts(case: &Case, reports: i64) -> channels::Facts {
    phrases::facts([
        ("id", json!(case.id.to_string())),
        ("category", json!(case.category.as_str())),
        (
            "action_taken",
            json!(case.outcome == Some(CaseOutcome::Action)),
        ),
        ("state", json!(if case.is_open { "open" } else { "closed" })),
        ("reports_count", json!(reports)),
        ("opened_at", phrases::instant(Some(case.opened_at))),
        ("action_taken_at", phrases::instant(case.closed_at)),
    ])
}
