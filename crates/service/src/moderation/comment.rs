//! What moderators say to each other about a proposal.

use model::moderation::ProposalId;

use super::{
    Acting, ProposalView,
    propose::{LONGEST_TEXT, finish},
    settle, view,
};
use crate::{App, Error, Result};

/// Adds a comment. `Forbidden` for whoever is recused.
pub async fn comment(
    app: &App,
    acting: &Acting,
    id: ProposalId,
    text: &str,
) -> Result<ProposalView> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Error::invalid("text", "ERR_BLANK", "can't be blank"));
    }
    if text.chars().count() > LONGEST_TEXT {
        return Err(Error::invalid(
            "text",
            "ERR_TOO_LONG",
            "is longer than 5000 characters",
        ));
    }
    acting.seat_for(id)?;
    let mut tx = app.db.begin().await?;
    let proposal = db::moderation::find_proposal(&mut tx, id)
        .await?
        .ok_or(Error::NotFound)?;
    if view::hidden_from(&mut tx, acting, &proposal).await? {
        return Err(Error::NotFound);
    }
    let person = acting.officer.person.id;
    if settle::is_recused(&mut tx, app, &proposal, person).await? {
        return Err(Error::Forbidden("You are recused from this".into()));
    }
    let row = db::moderation::CommentRow {
        person: Some(person),
        text: text.to_owned(),
        at: app.clock.now(),
    };
    db::moderation::insert_comment(&mut tx, id, &row).await?;
    finish(app, acting, tx, id, settle::Settled::default()).await
}
