//! Appeals as those see them who decide them.

use model::{
    Account,
    moderation::{
        Person, PersonId, Proposal, SeatNo,
        appeal::{Appeal, AppealAnswer, AppealId, Stage, Strike},
    },
};
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::settle;
use crate::{App, Error, Result, moderation::Acting};

/// Appeals in one list.
const MOST: i64 = 200;

/// An appeal with everything beside it.
#[derive(Clone, Debug)]
pub struct AppealView {
    /// The appeal.
    pub appeal: Appeal,
    /// The decision, as the member sees it.
    pub strike: Strike,
    /// The decision, as moderators do.
    pub proposal: Proposal,
    /// Who appeals.
    pub account: Option<Account>,
    /// Who stands behind the decision.
    pub approved_by: Vec<Person>,
    /// What moderators have answered.
    pub votes: Vec<AppealVoteView>,
    /// What the one who looks can do.
    pub own: OwnRole,
}

/// A moderator's answer to an appeal.
#[derive(Clone, Debug)]
pub struct AppealVoteView {
    /// From which seat.
    pub seat: SeatNo,
    /// Who.
    pub person: Person,
    /// What.
    pub answer: AppealAnswer,
    /// Why.
    pub comment: String,
    /// When.
    pub at: OffsetDateTime,
}

/// What the one who looks can do.
#[derive(Clone, Debug, Default)]
pub struct OwnRole {
    /// They can answer it as a moderator, given a fresh proof.
    pub may_vote: bool,
    /// They can ask the member the one question.
    pub may_ask: bool,
    /// They can record or confirm the board's word on it.
    pub may_decide: bool,
    /// What they have answered.
    pub answer: Option<AppealAnswer>,
}

/// An appeal, for whoever may read it: moderators and the board, but nobody about themself.
pub(super) async fn read(
    connection: &mut PgConnection,
    acting: &Acting,
    id: AppealId,
) -> Result<Appeal> {
    let found = db::moderation::find_appeal(connection, id).await?;
    found
        .filter(|appeal| may_read(acting, appeal))
        .ok_or(Error::NotFound)
}

fn may_read(acting: &Acting, appeal: &Appeal) -> bool {
    let holds_office = acting.officer.seat.is_some() || acting.officer.on_board;
    holds_office && acting.officer.person.account_id != Some(appeal.account_id)
}

/// Whether somebody stands aside from an appeal, as they do from what it is against.
pub(super) async fn is_recused(
    connection: &mut PgConnection,
    app: &App,
    appeal: &Appeal,
    person: PersonId,
) -> Result<bool> {
    let standing = settle::standing(connection, app, appeal.clone()).await?;
    Ok(standing.recused.contains(&person))
}

/// An appeal. `NotFound` for whoever has made it.
pub async fn view(app: &App, acting: &Acting, id: AppealId) -> Result<AppealView> {
    let mut connection = app.db.acquire().await?;
    let appeal = read(&mut connection, acting, id).await?;
    view_of(&mut connection, app, acting, appeal).await
}

/// Appeals that are still to be decided, oldest first.
pub async fn queue(app: &App, acting: &Acting) -> Result<Vec<AppealView>> {
    let mut connection = app.db.acquire().await?;
    let open = db::moderation::open_appeals(&mut connection).await?;
    views(&mut connection, app, acting, open).await
}

/// Appeals that were decided, newest first, older than `before`.
pub async fn decided(
    app: &App,
    acting: &Acting,
    before: Option<AppealId>,
    limit: u16,
) -> Result<Vec<AppealView>> {
    let mut connection = app.db.acquire().await?;
    let limit = i64::from(limit).clamp(1, MOST);
    let found = db::moderation::decided_appeals(&mut connection, before, limit).await?;
    views(&mut connection, app, acting, found).await
}

async fn views(
    connection: &mut PgConnection,
    app: &App,
    acting: &Acting,
    appeals: Vec<Appeal>,
) -> Result<Vec<AppealView>> {
    let mut views = Vec::with_capacity(appeals.len());
    for appeal in appeals {
        if may_read(acting, &appeal) {
            views.push(view_of(connection, app, acting, appeal).await?);
        }
    }
    Ok(views)
}

async fn view_of(
    connection: &mut PgConnection,
    app: &App,
    acting: &Acting,
    appeal: Appeal,
) -> Result<AppealView> {
    let account = db::accounts::by_id(connection, appeal.account_id).await?;
    let rows = db::moderation::appeal_votes(connection, appeal.id).await?;
    let standing = settle::standing(connection, app, appeal).await?;
    let mut ids: Vec<PersonId> = rows.iter().map(|row| row.vote.person).collect();
    ids.extend(&standing.approved_by);
    let people = db::moderation::persons(connection, &ids).await?;
    let named = |id: PersonId| people.iter().find(|person| person.id == id).cloned();
    let own_id = acting.officer.person.id;
    let may_vote = standing.appeal.stage == Stage::Moderators
        && acting.seat().is_ok_and(|seat| seat.ad_hoc_for.is_none())
        && !standing.recused.contains(&own_id);
    let may_decide = standing.appeal.stage == Stage::Board
        && acting.officer.on_board
        && !super::shut_out_of(connection, standing.appeal.id)
            .await?
            .contains(&own_id);
    Ok(AppealView {
        account,
        approved_by: standing
            .approved_by
            .iter()
            .copied()
            .filter_map(named)
            .collect(),
        own: OwnRole {
            may_vote,
            may_ask: may_vote && standing.appeal.question.is_none(),
            may_decide,
            answer: rows
                .iter()
                .find(|row| row.vote.person == own_id)
                .map(|row| row.vote.answer),
        },
        votes: rows
            .into_iter()
            .filter_map(|row| {
                Some(AppealVoteView {
                    seat: row.vote.seat,
                    person: named(row.vote.person)?,
                    answer: row.vote.answer,
                    comment: row.comment,
                    at: row.at,
                })
            })
            .collect(),
        appeal: standing.appeal,
        strike: standing.strike,
        proposal: standing.proposal,
    })
}
