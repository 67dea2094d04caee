//! The one question that moderators may ask about an appeal, and the one answer.

use model::{
    AccountId,
    moderation::appeal::{AppealId, Stage},
};
use serde_json::json;

use super::{LONGEST_APPEAL, view};
use crate::{
    App, Error, Result,
    mail::{self, Occasion},
    moderation::{
        Acting,
        log::{self, EntryKind, NewEntry},
        reports::written,
    },
};

/// A moderator asks. `Conflict` when one has asked before, or the appeal is not with the moderators any more.
pub async fn ask(app: &App, acting: &Acting, id: AppealId, question: &str) -> Result<()> {
    let question = written("question", question, LONGEST_APPEAL)?;
    let mut tx = app.db.begin().await?;
    db::moderation::take_turn(&mut tx).await?;
    let appeal = view::read(&mut tx, acting, id).await?;
    let seat = acting.seat()?;
    if view::is_recused(&mut tx, app, &appeal, seat.holder.id).await? {
        return Err(Error::Forbidden("You are recused from this appeal".into()));
    }
    if appeal.stage != Stage::Moderators {
        return Err(Error::Conflict(
            "This appeal is not with the moderators any more".into(),
        ));
    }
    let person = acting.officer.person.id;
    if !db::moderation::set_appeal_question(&mut tx, id, &question, person).await? {
        return Err(Error::Conflict("One question was asked already".into()));
    }
    mail::tell(&mut tx, appeal.account_id, Occasion::ModeratorsAsk).await?;
    let mut entry = NewEntry::new(EntryKind::Internal);
    entry.action = Some("appeal.question".into());
    entry.proposer = Some(person);
    entry.private.insert("by".into(), json!(person.to_string()));
    entry.private.insert("appeal".into(), json!(id.to_string()));
    log::append(&mut tx, app, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// The member answers. `Conflict` when nothing was asked, it is answered, or decided.
pub async fn answer(app: &App, member: AccountId, id: AppealId, answer: &str) -> Result<()> {
    let answer = written("answer", answer, LONGEST_APPEAL)?;
    let mut tx = app.db.begin().await?;
    let found = db::moderation::find_appeal(&mut tx, id).await?;
    let appeal = found
        .filter(|appeal| appeal.account_id == member)
        .ok_or(Error::NotFound)?;
    let is_open = matches!(appeal.stage, Stage::Moderators | Stage::Board);
    if !is_open || !db::moderation::set_appeal_answer(&mut tx, id, &answer).await? {
        return Err(Error::Conflict("There is no question to answer".into()));
    }
    tx.commit().await?;
    Ok(())
}
