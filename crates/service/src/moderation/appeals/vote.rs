//! A moderator answers an appeal.

use model::moderation::appeal::{AppealAnswer, AppealId, AppealVote, Stage};

use super::{AppealView, settle, view};
use crate::{
    App, Error, Result,
    moderation::{Acting, board},
};

/// Characters of a comment.
const LONGEST: usize = 2_000;

/// Takes an answer; a later one of the same moderator replaces it. The one that decides is carried out at once.
///
/// `Forbidden` for whoever is recused or has not proved lately who they are; `Conflict` when the appeal is not with the
/// moderators any more.
pub async fn vote(
    app: &App,
    acting: &Acting,
    id: AppealId,
    answer: AppealAnswer,
    comment: &str,
) -> Result<AppealView> {
    let comment = text::plain::strip_nul(comment.trim()).into_owned();
    if comment.chars().count() > LONGEST {
        let message = format!("is too long (maximum is {LONGEST} characters)");
        return Err(Error::invalid("comment", "ERR_TOO_LONG", message));
    }
    let mut tx = app.db.begin().await?;
    db::moderation::take_turn(&mut tx).await?;
    let now = app.clock.now();
    let appeal = view::read(&mut tx, acting, id).await?;
    let seat = acting.seat()?;
    let governance = board::governance(&mut tx, app).await?;
    let method = acting.proof(&governance, now)?;
    if seat.ad_hoc_for.is_some() || view::is_recused(&mut tx, app, &appeal, seat.holder.id).await? {
        return Err(Error::Forbidden("You are recused from this appeal".into()));
    }
    if appeal.stage != Stage::Moderators {
        return Err(Error::Conflict(
            "This appeal is not with the moderators any more".into(),
        ));
    }
    let row = db::moderation::AppealVoteRow {
        vote: AppealVote {
            seat: seat.no,
            person: seat.holder.id,
            answer,
        },
        comment,
        at: now,
    };
    db::moderation::insert_appeal_vote(&mut tx, id, &row, method).await?;
    let settled = settle::settle(&mut tx, app, id).await?;
    tx.commit().await?;
    settled.tell(app);
    view(app, acting, id).await
}
