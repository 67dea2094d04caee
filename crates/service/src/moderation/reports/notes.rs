//! What moderators write to each other about a case.

use db::moderation::NewNote;
use model::moderation::report::{CaseId, NoteId, NoteKind};

use super::desk::{self, Did};
use crate::{App, Error, Result, moderation::Acting};

/// Characters of a note.
const LONGEST: usize = 5_000;

/// Writes a note. It stays among moderators and the board.
pub async fn note(app: &App, acting: &Acting, case: CaseId, text: &str) -> Result<NoteId> {
    let text = desk::written("text", text, LONGEST)?;
    let mut tx = app.db.begin().await?;
    db::moderation::take_turn(&mut tx).await?;
    desk::work_on(&mut tx, acting, case).await?;
    let new = NewNote {
        case_id: case,
        kind: NoteKind::Note,
        person: Some(acting.officer.person.id),
        account: None,
        answers: None,
        text: &text,
    };
    let now = app.clock.now();
    let id = db::moderation::insert_note(&mut tx, &new, now)
        .await?
        .ok_or_else(|| Error::internal(anyhow::anyhow!("a note answers nothing")))?;
    let did = Did::with_case("case.note", case).what("note", id.to_string());
    desk::record(&mut tx, app, acting, did).await?;
    tx.commit().await?;
    Ok(id)
}
