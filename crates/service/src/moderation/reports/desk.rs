//! Who may read a case, who may work on it, and the note of it in the internal part of the log.

use model::moderation::{
    Person, Target,
    report::{Case, CaseId},
};
use serde_json::{Map, Value, json};
use sqlx::PgConnection;

use crate::{
    App, Error, Result,
    moderation::{
        Acting,
        log::{self, EntryKind, NewEntry},
    },
};

/// A case, for whoever may read it: moderators and the board, but nobody about themself. They are not even told that there is
/// one.
pub(in crate::moderation) async fn read(
    connection: &mut PgConnection,
    acting: &Acting,
    id: CaseId,
) -> Result<Case> {
    super::list::officer(acting)?;
    let found = db::moderation::find_case(connection, id).await?;
    let case = found.ok_or(Error::NotFound)?;
    if db::moderation::is_case_about(connection, id, acting.officer.person.id).await? {
        return Err(Error::NotFound);
    }
    Ok(case)
}

/// A case that a moderator works on, locked. `Forbidden` for whoever is recused from it.
pub(super) async fn work_on(
    connection: &mut PgConnection,
    acting: &Acting,
    id: CaseId,
) -> Result<Case> {
    acting.seat()?;
    read(connection, acting, id).await?;
    if is_recused(connection, &acting.officer.person, id).await? {
        return Err(Error::Forbidden("You are recused from this case".into()));
    }
    let locked = db::moderation::lock_case(connection, id).await?;
    locked.ok_or(Error::NotFound)
}

/// Whether somebody stands aside from a case: by their own word, as the one who has reported, or as the reported. Being
/// mentioned matters to votes only.
pub(super) async fn is_recused(
    connection: &mut PgConnection,
    person: &Person,
    id: CaseId,
) -> Result<bool> {
    if db::moderation::has_recused_from_case(connection, id, person.id).await? {
        return Ok(true);
    }
    let Some(account) = person.account_id else {
        return Ok(false);
    };
    let involved = db::moderation::involved_in_case(connection, id).await?;
    Ok(involved.contains(&account))
}

/// Writes down what an officer did, for the other officers. `what` is kept as long as the log: no text that people wrote
/// belongs in it.
pub(super) async fn record(
    connection: &mut PgConnection,
    app: &App,
    acting: &Acting,
    did: Did,
) -> Result<()> {
    let mut entry = NewEntry::new(EntryKind::Internal);
    entry.action = Some(did.action.to_owned());
    entry.proposer = Some(acting.officer.person.id);
    entry.target = did.target;
    entry.private = did.what;
    entry
        .private
        .insert("by".into(), json!(acting.officer.person.id.to_string()));
    entry.evidence = did.evidence;
    log::append(connection, app, entry).await?;
    Ok(())
}

/// What an officer did.
pub(super) struct Did {
    action: &'static str,
    target: Option<Target>,
    what: Map<String, Value>,
    evidence: Map<String, Value>,
}

impl Did {
    /// Something with nothing.
    pub(super) fn new(action: &'static str) -> Self {
        Self {
            action,
            target: None,
            what: Map::new(),
            evidence: Map::new(),
        }
    }

    /// Something with a case.
    pub(super) fn with_case(action: &'static str, case: CaseId) -> Self {
        let mut did = Self::new(action);
        did.target = Some(Target::Case(case));
        did
    }

    /// What it is about.
    pub(super) fn about(&mut self, target: Target) {
        self.target = Some(target);
    }

    /// Something that belongs to it.
    #[must_use]
    pub(super) fn what(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.what.insert(name.to_owned(), value.into());
        self
    }

    /// Something that is kept only as long as evidence is.
    #[must_use]
    pub(super) fn evidence(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.evidence.insert(name.to_owned(), value.into());
        self
    }
}

/// A text that somebody has to write, without blanks around it.
pub(in crate::moderation) fn written(
    field: &'static str,
    text: &str,
    longest: usize,
) -> Result<String> {
    let text = text::plain::strip_nul(text.trim()).into_owned();
    if text::plain::is_blank(&text) {
        return Err(Error::invalid(field, "ERR_BLANK", "can't be blank"));
    }
    if text.chars().count() > longest {
        let message = format!("is too long (maximum is {longest} characters)");
        return Err(Error::invalid(field, "ERR_TOO_LONG", message));
    }
    Ok(text)
}
