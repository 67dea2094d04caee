//! Appeals.

use model::moderation::appeal::{AppealId, Stage};
use serde_json::json;
use sqlx::PgConnection;

use super::{Words, phrases};
use crate::{
    Result,
    moderation::tell::{Event, place::Topic},
};

pub(super) async fn words(
    connection: &mut PgConnection,
    event: Event,
    id: AppealId,
) -> Result<Option<Words>> {
    let Some(appeal) = db::moderation::find_appeal(connection, id).await? else {
        return Ok(None);
    };
    let due = appeal.due_at.map(phrases::moment).unwrap_or_default();
    let (title, line) = match appeal.stage {
        Stage::Moderators if event == Event::Reminder => (
            "An appeal still waits for the moderators",
            format!("Undecided, it goes on to the board at {due}."),
        ),
        Stage::Moderators => (
            "A member has appealed a decision",
            format!("The moderators have until {due}; then it goes on to the board."),
        ),
        Stage::Board => (
            "An appeal waits for the board",
            format!("The board has until {due}. Its word is final."),
        ),
        Stage::Overturned => (
            "An appeal was decided: the decision was wrong",
            "Everything it did is undone.".to_owned(),
        ),
        Stage::Upheld => ("An appeal was decided: the decision stands", String::new()),
    };
    let is_decided = matches!(appeal.stage, Stage::Overturned | Stage::Upheld);
    let mut words = Words::new(title, format!("/console/appeals/{id}")).line(line);
    words.label = "Open the appeal";
    words.board_path = Some("/board".to_owned());
    words.thread = Some(format!("Appeal {id}"));
    words.topic = Some(Topic::appeal(id));
    words.is_over = match event {
        Event::AppealDecided => false,
        Event::AppealEscalated => is_decided,
        _ => appeal.stage != Stage::Moderators,
    };
    words.to_board = event == Event::AppealEscalated;
    words.facts = phrases::facts([
        ("id", json!(appeal.id.to_string())),
        ("stage", json!(appeal.stage.as_str())),
        ("filed_at", phrases::instant(Some(appeal.filed_at))),
        ("due_at", phrases::instant(appeal.due_at)),
        ("decided_at", phrases::instant(appeal.decided_at)),
    ]);
    Ok(Some(words))
}
