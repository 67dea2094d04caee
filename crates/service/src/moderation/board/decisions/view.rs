//! A decision as it is shown.

use model::moderation::{
    Person, PersonId,
    board::{Decision, DecisionState},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::check;
use crate::{
    App, Result,
    moderation::{
        Acting,
        board::{carry_out, resolution::Resolution, settings::governance},
    },
};

/// A decision with everything that stands beside it.
#[derive(Clone, Debug)]
pub struct DecisionView {
    /// The decision.
    pub decision: Decision,
    /// Who recorded it.
    pub recorded_by: Option<Person>,
    /// Who confirmed it, first one first.
    pub confirmations: Vec<ConfirmationView>,
    /// Confirmations that are needed.
    pub needed: usize,
    /// What it changes, a sentence each.
    pub changes: Vec<String>,
    /// What somebody should think about before it is confirmed. Given when it is recorded, and while it waits.
    pub warnings: Vec<String>,
    /// Entries of the log that it made.
    pub log_seqs: Vec<i64>,
    /// The one who looks may confirm it, given a fresh proof.
    pub may_confirm: bool,
}

/// Somebody has confirmed a decision.
#[derive(Clone, Debug)]
pub struct ConfirmationView {
    /// Who.
    pub person: Person,
    /// When.
    pub at: OffsetDateTime,
}

/// Puts a view together.
pub(super) async fn of(
    connection: &mut PgConnection,
    app: &App,
    acting: Option<&Acting>,
    decision: Decision,
) -> Result<DecisionView> {
    let resolution = Resolution::read(decision.kind, &decision.params)?;
    let rows = db::moderation::confirmations_of(connection, decision.id).await?;
    let mut ids: Vec<PersonId> = rows.iter().map(|row| row.given.person).collect();
    ids.push(decision.recorded_by);
    let people = db::moderation::persons(connection, &ids).await?;
    let named = |id: PersonId| people.iter().find(|person| person.id == id).cloned();
    let is_open = decision.state == DecisionState::Recorded;
    let warnings = if is_open {
        carry_out::warnings(connection, app, &resolution).await?
    } else {
        Vec::new()
    };
    let may_confirm = match acting.filter(|acting| is_open && acting.officer.on_board) {
        Some(acting) => {
            let own = acting.officer.person.id;
            own != decision.recorded_by
                && !acting.officer.person.votes_wait
                && rows.iter().all(|row| row.given.person != own)
                && !check::shut_out(connection, &resolution)
                    .await?
                    .contains(&own)
        }
        None => false,
    };
    let governance = governance(connection, app).await?;
    Ok(DecisionView {
        recorded_by: named(decision.recorded_by),
        confirmations: rows
            .iter()
            .filter_map(|row| {
                Some(ConfirmationView {
                    person: named(row.given.person)?,
                    at: row.at,
                })
            })
            .collect(),
        needed: usize::from(governance.board_confirmations.max(1)),
        changes: carry_out::sentences(connection, app, &resolution).await?,
        warnings,
        log_seqs: db::moderation::log_seqs_of_decision(connection, decision.id).await?,
        may_confirm,
        decision,
    })
}
