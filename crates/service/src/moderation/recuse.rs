//! Standing aside.

use model::moderation::{ProposalId, report::CaseId};

use super::{
    Acting,
    log::{self, EntryKind, NewEntry},
    propose::LONGEST_TEXT,
    reports::desk,
    settle, view,
};
use crate::{App, Error, Result};

/// A moderator stands aside from a proposal, for a reason that stays internal. Cannot be undone; an own vote does not count any
/// more.
pub async fn recuse_from_proposal(
    app: &App,
    acting: &Acting,
    id: ProposalId,
    reason: &str,
) -> Result<()> {
    let reason = checked(reason)?;
    let person = acting.officer.person.id;
    acting.seat_for(id)?;
    refuse_unproven(acting)?;
    let mut tx = app.db.begin().await?;
    db::moderation::take_turn(&mut tx).await?;
    let mut proposal = db::moderation::lock_proposal(&mut tx, id)
        .await?
        .ok_or(Error::NotFound)?;
    if view::hidden_from(&mut tx, acting, &proposal).await? {
        return Err(Error::NotFound);
    }
    let now = app.clock.now();
    db::moderation::insert_recusal_from_proposal(&mut tx, id, person, reason, now).await?;
    log::append(
        &mut tx,
        app,
        entry(acting, "proposal", id.to_string(), reason),
    )
    .await?;
    let settled = settle::settle(&mut tx, app, &mut proposal).await?;
    tx.commit().await?;
    settled.tell(app);
    Ok(())
}

/// The same from a case, and so from every proposal about it.
pub async fn recuse_from_case(app: &App, acting: &Acting, id: CaseId, reason: &str) -> Result<()> {
    let reason = checked(reason)?;
    let person = acting.officer.person.id;
    acting.seat()?;
    refuse_unproven(acting)?;
    let mut tx = app.db.begin().await?;
    db::moderation::take_turn(&mut tx).await?;
    desk::read(&mut tx, acting, id).await?;
    if db::moderation::has_recused_from_case(&mut tx, id, person).await? {
        return Ok(());
    }
    let now = app.clock.now();
    db::moderation::insert_recusal_from_case(&mut tx, id, person, reason, now).await?;
    log::append(&mut tx, app, entry(acting, "case", id.to_string(), reason)).await?;
    let mut told = Vec::new();
    for proposal in db::moderation::proposals_about_case(&mut tx, id).await? {
        if let Some(mut proposal) = db::moderation::lock_proposal(&mut tx, proposal.id).await? {
            told.push(settle::settle(&mut tx, app, &mut proposal).await?);
        }
    }
    tx.commit().await?;
    for settled in told {
        settled.tell(app);
    }
    Ok(())
}

/// It cannot be undone, so it waits like a vote where the operator has reset what somebody signs in with.
fn refuse_unproven(acting: &Acting) -> Result<()> {
    if acting.officer.person.votes_wait {
        return Err(Error::Forbidden(
            "The operator has reset what you sign in with, so this waits until the board has confirmed it".into(),
        ));
    }
    Ok(())
}

fn checked(reason: &str) -> Result<&str> {
    let reason = reason.trim();
    if reason.chars().count() > LONGEST_TEXT {
        return Err(Error::invalid(
            "reason",
            "ERR_TOO_LONG",
            "is longer than 5000 characters",
        ));
    }
    Ok(reason)
}

fn entry(acting: &Acting, what: &str, id: String, reason: &str) -> NewEntry {
    let mut entry = NewEntry::new(EntryKind::Internal);
    entry.action = Some("recusal".into());
    entry
        .private
        .insert("person".into(), acting.officer.person.id.to_string().into());
    entry.private.insert(what.into(), id.into());
    entry.evidence.insert("reason".into(), reason.into());
    entry
}
