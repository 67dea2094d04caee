//! The board's decisions, and entries of the log.

use model::moderation::board::{DecisionId, DecisionKind, DecisionState};
use serde_json::json;
use sqlx::PgConnection;

use super::{Words, phrases};
use crate::{Result, moderation::tell::Event};

/// A decision. While it waits, only those are told who can confirm it: it may be about a moderator.
pub(super) async fn decision(
    connection: &mut PgConnection,
    id: DecisionId,
) -> Result<Option<Words>> {
    let Some(decision) = db::moderation::find_decision(connection, id).await? else {
        return Ok(None);
    };
    let path = format!("/board/decisions/{id}");
    let mut words = match decision.state {
        DecisionState::Withdrawn => return Ok(None),
        DecisionState::Recorded => {
            let mut words = Words::new("A decision of the board waits to be confirmed", path)
                .line(name(decision.kind))
                .line("Somebody else on the board has to say that it was so decided.");
            words.to_board = true;
            words.to_channels = false;
            words.to_programs = false;
            words.to_list = false;
            words
        }
        DecisionState::Confirmed => {
            Words::new("The board has decided", "/moderation".to_owned()).line(name(decision.kind))
        }
    };
    words.to_moderators = false;
    words.label = "Look at the decision";
    words.facts = phrases::facts([
        ("id", json!(decision.id.to_string())),
        ("kind", json!(decision.kind.as_str())),
        ("state", json!(decision.state.as_str())),
        ("confirmed_at", phrases::instant(decision.confirmed_at)),
    ]);
    Ok(Some(words))
}

/// An entry of the log, or a checkpoint of so many.
pub(super) async fn entry(
    connection: &mut PgConnection,
    event: Event,
    seq: i64,
) -> Result<Option<Words>> {
    if event == Event::LogCheckpoint {
        return checkpoint(connection, seq).await;
    }
    let title = match event {
        Event::BoardDecision => "Who sits on the board has changed",
        _ => "Something about the moderators' seats has changed",
    };
    let mut words = Words::new(title, format!("/moderation/{seq}"))
        .line("The public log says what, and who has decided it.");
    words.label = "Read the entry";
    words.to_board = event == Event::SeatChanged;
    words.facts = phrases::facts([("seq", json!(seq))]);
    Ok(Some(words))
}

/// Kept by others than the server, so that nobody can show them another log later.
async fn checkpoint(connection: &mut PgConnection, size: i64) -> Result<Option<Words>> {
    let found = db::moderation::log::checkpoints(connection, &[size]).await?;
    let Some(checkpoint) = found.into_iter().next() else {
        return Ok(None);
    };
    let mut words =
        Words::new("A checkpoint of the public log", "/moderation".to_owned()).line(format!(
            "{size} entries. Whoever keeps this can prove later that none of them was changed."
        ));
    let note = checkpoint.note.lines().filter(|line| !line.is_empty());
    words.lines.extend(note.map(str::to_owned));
    words.label = "Read the log";
    words.thread = Some("Log".to_owned());
    words.to_moderators = false;
    words.facts = phrases::facts([
        ("size", json!(size)),
        ("checkpoint", json!(checkpoint.note)),
    ]);
    Ok(Some(words))
}

const fn name(kind: DecisionKind) -> &'static str {
    match kind {
        DecisionKind::AppointModerator => "Appoint a moderator",
        DecisionKind::RemoveModerator => "Remove a moderator",
        DecisionKind::AdoptDocument => "Adopt a document",
        DecisionKind::ChangeGovernance => "Change settings of governance",
        DecisionKind::DecideAppeal => "Decide an appeal",
        DecisionKind::SubstituteApproval => "Give an approval that is missing",
        DecisionKind::AppointAdHoc => "Name a moderator for one case",
        DecisionKind::DecideQuarantine => "Decide about posts in quarantine",
        DecisionKind::ConfirmReset => "Let somebody's votes count again after a reset",
    }
}
