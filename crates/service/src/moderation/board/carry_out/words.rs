//! What a decision changes, in sentences for those who confirm it; and what they should think about.

use model::{
    AccountId,
    moderation::{PersonId, ProposalId},
};
use sqlx::PgConnection;

use super::plan::is_active;
use crate::{
    App, Result,
    moderation::board::{
        resolution::{AppealOutcome, QuarantineOutcome, Resolution},
        settings::{as_map, governance},
    },
};

/// What a decision changes, a sentence each.
pub(in crate::moderation::board) async fn sentences(
    connection: &mut PgConnection,
    app: &App,
    resolution: &Resolution,
) -> Result<Vec<String>> {
    let sentence = match resolution {
        Resolution::AppointModerator {
            account_id,
            seat_no,
        } => {
            let who = account(connection, app, *account_id).await?;
            match seat_no {
                Some(no) => format!("{who} becomes a moderator and takes seat {no}."),
                None => format!("{who} becomes a moderator and takes the lowest vacant seat."),
            }
        }
        Resolution::RemoveModerator { seat_no, .. } => {
            let seats = db::moderation::seats(connection).await?;
            match seats.iter().find(|seat| seat.no == *seat_no) {
                Some(seat) => format!(
                    "{} ({}) loses seat {seat_no}. Votes on proposals that are still open do not count any more.",
                    seat.holder.name, seat.holder.handle
                ),
                None => format!("Whoever holds seat {seat_no} loses it."),
            }
        }
        Resolution::AdoptDocument {
            kind, effective_on, ..
        } => match effective_on {
            Some(date) => format!(
                "A new version of “{}” is in force from {date} on.",
                super::super::documents::title(*kind)
            ),
            None => format!(
                "A new version of “{}” is in force at once.",
                super::super::documents::title(*kind)
            ),
        },
        Resolution::ChangeGovernance { changes } => {
            let now = as_map(&governance(connection, app).await?)?;
            return Ok(changes
                .iter()
                .map(|(name, value)| match now.get(name) {
                    Some(old) if old == value => format!("{name} is {value}."),
                    Some(old) => format!("{name} is {value} instead of {old}."),
                    None => format!("{name} is {value}."),
                })
                .collect());
        }
        Resolution::DecideAppeal { appeal_id, outcome } => match outcome {
            AppealOutcome::Overturned => {
                format!("Appeal {appeal_id}: the decision was wrong. What it did is undone.")
            }
            AppealOutcome::Upheld => format!("Appeal {appeal_id}: the decision stands, finally."),
        },
        Resolution::SubstituteApproval { proposal_id, .. } => format!(
            "The board gives proposal {proposal_id} the approval that too few moderators can give: {}.",
            proposal(connection, *proposal_id).await?
        ),
        Resolution::AppointAdHoc {
            proposal_id,
            account_id,
        } => {
            let who = account(connection, app, *account_id).await?;
            let what = proposal(connection, *proposal_id).await?;
            format!("{who} is moderator for proposal {proposal_id} only: {what}.")
        }
        Resolution::DecideQuarantine {
            proposal_id,
            outcome,
        } => match outcome {
            QuarantineOutcome::Restore => {
                format!(
                    "The posts that proposal {proposal_id} put into quarantine are shown again."
                )
            }
            QuarantineOutcome::Remove => {
                format!(
                    "The posts that proposal {proposal_id} put into quarantine stay away for good."
                )
            }
        },
        Resolution::ConfirmReset { person_id } => {
            let who = person(connection, *person_id).await?;
            format!(
                "{who} was really the one who asked the operator for help; their votes count again."
            )
        }
    };
    Ok(vec![sentence])
}

/// What those who decide should think about.
pub(in crate::moderation::board) async fn warnings(
    connection: &mut PgConnection,
    _app: &App,
    resolution: &Resolution,
) -> Result<Vec<String>> {
    let mut warnings = Vec::new();
    match resolution {
        Resolution::AppointModerator { account_id, .. }
        | Resolution::AppointAdHoc { account_id, .. } => {
            if let Some(person) = db::moderation::person_of(connection, *account_id).await?
                && db::moderation::sits_on_board(connection, person.id).await?
            {
                warnings.push(format!(
                    "{} sits on the board. Nobody should do both: who appeals would meet the same people twice.",
                    person.handle
                ));
            }
        }
        Resolution::RemoveModerator { seat_no, .. } => {
            let seats = db::moderation::seats(connection).await?;
            let left = seats
                .iter()
                .filter(|seat| seat.no != *seat_no && seat.ad_hoc_for.is_none() && is_active(seat))
                .count();
            if left < 2 {
                warnings.push(
                    "Too few moderators are left to decide anything. What is open goes to the board until a seat is filled."
                        .into(),
                );
            }
        }
        Resolution::AdoptDocument { text, .. } if text.contains("[fill in") => {
            warnings.push("The text still has blanks: [fill in …].".into());
        }
        _ => {}
    }
    Ok(warnings)
}

async fn account(connection: &mut PgConnection, app: &App, id: AccountId) -> Result<String> {
    let found = db::accounts::by_id(connection, id).await?;
    Ok(found.map_or_else(
        || format!("Account {id}"),
        |account| format!("@{}@{}", account.username, app.settings.local_domain),
    ))
}

async fn person(connection: &mut PgConnection, id: PersonId) -> Result<String> {
    let found = db::moderation::person(connection, id).await?;
    Ok(found.map_or_else(
        || format!("Person {id}"),
        |person| format!("{} ({})", person.name, person.handle),
    ))
}

async fn proposal(connection: &mut PgConnection, id: ProposalId) -> Result<String> {
    let found = db::moderation::find_proposal(connection, id).await?;
    Ok(found.map_or_else(
        || "it is gone".to_owned(),
        |proposal| {
            let about = match proposal.targets.len() {
                1 => proposal.targets[0].to_string(),
                many => format!("{many} targets"),
            };
            format!("{} of {about}", proposal.kind.as_str())
        },
    ))
}
