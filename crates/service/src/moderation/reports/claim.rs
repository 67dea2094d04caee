//! Who is at work on a case, so that nobody does it twice. It binds nobody: another may take it over.

use model::moderation::report::CaseId;

use super::desk::{self, Did};
use crate::{App, Error, Result, moderation::Acting};

/// Takes a case, also from somebody else.
pub async fn claim(app: &App, acting: &Acting, case: CaseId) -> Result<()> {
    let mut tx = app.db.begin().await?;
    db::moderation::take_turn(&mut tx).await?;
    let found = desk::work_on(&mut tx, acting, case).await?;
    if !found.is_open {
        return Err(Error::Conflict("This case is closed".into()));
    }
    let now = app.clock.now();
    let person = acting.officer.person.id;
    db::moderation::case_was_seen(&mut tx, case, now).await?;
    if found.claimed_by != Some(person) {
        db::moderation::set_case_claim(&mut tx, case, Some(person), now).await?;
        let from = found.claimed_by.map(|person| person.to_string());
        let did = Did::with_case("case.claim", case).what("from", from);
        desk::record(&mut tx, app, acting, did).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Puts a case back.
pub async fn unclaim(app: &App, acting: &Acting, case: CaseId) -> Result<()> {
    let mut tx = app.db.begin().await?;
    db::moderation::take_turn(&mut tx).await?;
    let found = desk::work_on(&mut tx, acting, case).await?;
    if let Some(holder) = found.claimed_by {
        db::moderation::set_case_claim(&mut tx, case, None, app.clock.now()).await?;
        let did = Did::with_case("case.unclaim", case).what("from", holder.to_string());
        desk::record(&mut tx, app, acting, did).await?;
    }
    tx.commit().await?;
    Ok(())
}
