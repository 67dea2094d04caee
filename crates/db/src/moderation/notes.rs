//! What moderators write to each other about a case, and what they ask of the people concerned.

use model::{
    AccountId,
    moderation::{
        PersonId,
        report::{CaseId, Note, NoteId, NoteKind},
    },
};
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::rows::inconsistent;
use crate::{Error, Result};

struct NoteRow {
    id: i64,
    case_id: i64,
    kind: String,
    person_id: Option<i64>,
    account_id: Option<i64>,
    answers_id: Option<i64>,
    text: String,
    created_at: OffsetDateTime,
}

impl TryFrom<NoteRow> for Note {
    type Error = Error;

    fn try_from(row: NoteRow) -> Result<Self> {
        Ok(Self {
            id: NoteId::new(row.id),
            case_id: CaseId::new(row.case_id),
            kind: NoteKind::from_word(&row.kind)
                .ok_or_else(|| inconsistent("case_notes", "kind", row.id))?,
            person: row.person_id.map(PersonId::new),
            account: row.account_id.map(AccountId::new),
            answers: row.answers_id.map(NoteId::new),
            text: row.text,
            created_at: row.created_at,
        })
    }
}

/// Something to be written down.
#[derive(Clone, Copy, Debug)]
pub struct NewNote<'a> {
    /// In which case.
    pub case_id: CaseId,
    /// What it is.
    pub kind: NoteKind,
    /// The officer who writes.
    pub person: Option<PersonId>,
    /// Who is asked, or answers.
    pub account: Option<AccountId>,
    /// The question that is answered.
    pub answers: Option<NoteId>,
    /// Plain text.
    pub text: &'a str,
}

/// Writes a note, a question or an answer. `None` for a second answer to a question.
pub async fn insert_note(
    connection: &mut PgConnection,
    new: &NewNote<'_>,
    now: OffsetDateTime,
) -> Result<Option<NoteId>> {
    let id = sqlx::query_scalar!(
        "INSERT INTO case_notes (id, case_id, kind, person_id, account_id, answers_id, text, created_at)
              VALUES (snowflake($7), $1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (answers_id) WHERE answers_id IS NOT NULL DO NOTHING
           RETURNING id",
        new.case_id.get(),
        new.kind.as_str(),
        new.person.map(PersonId::get),
        new.account.map(AccountId::get),
        new.answers.map(NoteId::get),
        new.text,
        now,
    )
    .fetch_optional(connection)
    .await?;
    Ok(id.map(NoteId::new))
}

/// Notes, questions and answers of a case, oldest first.
pub async fn notes_in_case(connection: &mut PgConnection, case: CaseId) -> Result<Vec<Note>> {
    sqlx::query_as!(
        NoteRow,
        "SELECT id, case_id, kind, person_id, account_id, answers_id, text, created_at
           FROM case_notes
          WHERE case_id = $1
          ORDER BY id
          LIMIT 1000",
        case.get(),
    )
    .fetch_all(connection)
    .await?
    .into_iter()
    .map(Note::try_from)
    .collect()
}

/// Questions to an account in cases that are open, and nobody has answered yet, oldest first.
pub async fn open_questions_to(
    connection: &mut PgConnection,
    account: AccountId,
) -> Result<Vec<Note>> {
    sqlx::query_as!(
        NoteRow,
        "SELECT q.id, q.case_id, q.kind, q.person_id, q.account_id, q.answers_id, q.text, q.created_at
           FROM case_notes q
           JOIN cases c ON c.id = q.case_id AND c.state = 'open'
          WHERE q.account_id = $1
            AND q.kind IN ('question_to_reporter', 'question_to_author')
            AND NOT EXISTS (SELECT 1 FROM case_notes a WHERE a.answers_id = q.id)
          ORDER BY q.id
          LIMIT 100",
        account.get(),
    )
    .fetch_all(connection)
    .await?
    .into_iter()
    .map(Note::try_from)
    .collect()
}
