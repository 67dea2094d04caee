//! Moderators ask somebody concerned by a case, who answers once. The author of a post often sets it right when asked.

use db::moderation::NewNote;
use model::{
    AccountId,
    moderation::report::{Case, CaseId, Note, NoteId, NoteKind, ReportId},
};
use sqlx::PgConnection;

use super::desk::{self, Did};
use crate::{
    App, Error, Result,
    mail::{self, Occasion},
    moderation::Acting,
};

/// Characters of a question and of an answer.
const LONGEST: usize = 2_000;

/// Who is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whom {
    /// Whoever made this report.
    Reporter(ReportId),
    /// The reported member.
    Author,
}

/// Asks. Only members can be asked: `Conflict` for people elsewhere.
pub async fn ask(
    app: &App,
    acting: &Acting,
    case: CaseId,
    whom: Whom,
    text: &str,
) -> Result<NoteId> {
    let text = desk::written("text", text, LONGEST)?;
    let mut tx = app.db.begin().await?;
    db::moderation::take_turn(&mut tx).await?;
    let found = desk::work_on(&mut tx, acting, case).await?;
    if !found.is_open {
        return Err(Error::Conflict("This case is closed".into()));
    }
    let (account, kind) = reader(&mut tx, &found, whom).await?;
    let new = NewNote {
        case_id: case,
        kind,
        person: Some(acting.officer.person.id),
        account: Some(account),
        answers: None,
        text: &text,
    };
    let id = db::moderation::insert_note(&mut tx, &new, app.clock.now())
        .await?
        .ok_or_else(|| Error::internal(anyhow::anyhow!("a question answers nothing")))?;
    mail::tell(&mut tx, account, Occasion::ModeratorsAsk).await?;
    let did = Did::with_case("case.question", case)
        .what("note", id.to_string())
        .what("to", kind.as_str());
    desk::record(&mut tx, app, acting, did).await?;
    tx.commit().await?;
    Ok(id)
}

async fn reader(
    connection: &mut PgConnection,
    case: &Case,
    whom: Whom,
) -> Result<(AccountId, NoteKind)> {
    let (account, kind) = match whom {
        Whom::Author => (case.target_id, NoteKind::QuestionToAuthor),
        Whom::Reporter(report) => {
            let found = db::moderation::find_report(connection, report).await?;
            let found = found.filter(|report| report.case_id == case.id);
            let found = found.ok_or(Error::NotFound)?;
            (found.reporter_id, NoteKind::QuestionToReporter)
        }
    };
    let account = account.ok_or(Error::NotFound)?;
    let members = db::accounts::members_among(connection, &[account]).await?;
    if members.is_empty() {
        return Err(Error::Conflict("Only members can be asked".into()));
    }
    Ok((account, kind))
}

/// What a member has been asked and has not answered yet, oldest first. Who asks and in which case is not for them.
pub async fn asked_of(app: &App, member: AccountId) -> Result<Vec<Note>> {
    let mut connection = app.db.acquire().await?;
    Ok(db::moderation::open_questions_to(&mut connection, member).await?)
}

/// A member answers, once. `NotFound` for a question that is not theirs, or is answered, or whose case is closed.
pub async fn answer(app: &App, member: AccountId, question: NoteId, text: &str) -> Result<()> {
    let text = desk::written("text", text, LONGEST)?;
    let mut tx = app.db.begin().await?;
    let open = db::moderation::open_questions_to(&mut tx, member).await?;
    let question = open
        .into_iter()
        .find(|note| note.id == question)
        .ok_or(Error::NotFound)?;
    let new = NewNote {
        case_id: question.case_id,
        kind: NoteKind::Answer,
        person: None,
        account: Some(member),
        answers: Some(question.id),
        text: &text,
    };
    db::moderation::insert_note(&mut tx, &new, app.clock.now())
        .await?
        .ok_or(Error::NotFound)?;
    tx.commit().await?;
    Ok(())
}
