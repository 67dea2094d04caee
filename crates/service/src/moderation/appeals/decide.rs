//! The board's last word on an appeal.

use model::moderation::{
    PersonId, Warrant,
    appeal::{AppealAnswer, AppealId, Stage},
    board::DecisionId,
    warrant::Authority,
};
use sqlx::PgConnection;

use super::settle::{self, Word};
use crate::{
    App, Error, Result,
    moderation::{board::resolution::AppealOutcome, settle::Settled},
};

/// What the board has decided about an appeal.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BoardsWord {
    /// Which appeal.
    pub(crate) appeal: AppealId,
    /// How.
    pub(crate) outcome: AppealOutcome,
    /// By which decision.
    pub(crate) decision: DecisionId,
}

/// Carries out what the board has decided, in its transaction, after [`db::moderation::take_turn`]. `Conflict` when the appeal is
/// not with the board.
pub(crate) async fn decide_by_board(
    connection: &mut PgConnection,
    app: &App,
    warrant: &Warrant,
    word: BoardsWord,
) -> Result<Settled> {
    let Authority::Board { by, .. } = warrant.authority() else {
        return Err(Error::internal(anyhow::anyhow!(
            "only the board has the last word on an appeal"
        )));
    };
    must_wait_for_board(connection, word.appeal).await?;
    let found = db::moderation::find_appeal(connection, word.appeal).await?;
    let standing = settle::standing(connection, app, found.ok_or(Error::NotFound)?).await?;
    match word.outcome {
        AppealOutcome::Overturned => {
            let word = Word::board(word.decision, by, AppealAnswer::Overturn);
            settle::overturn(connection, app, warrant, &standing, &word).await
        }
        AppealOutcome::Upheld => {
            let word = Word::board(word.decision, by, AppealAnswer::Uphold);
            settle::uphold(connection, app, &standing, &word).await?;
            Ok(Settled::default())
        }
    }
}

/// `Conflict` unless the appeal has come as far as the board.
pub(crate) async fn must_wait_for_board(connection: &mut PgConnection, id: AppealId) -> Result<()> {
    let found = db::moderation::find_appeal(connection, id).await?;
    match found.ok_or(Error::NotFound)?.stage {
        Stage::Board => Ok(()),
        Stage::Moderators => Err(Error::Conflict(
            "This appeal is still with the moderators".into(),
        )),
        Stage::Overturned | Stage::Upheld => Err(Error::Conflict("This appeal is decided".into())),
    }
}

/// Persons who take no part in the board's decision: they have voted as moderators, on what is appealed or on the appeal, stood
/// aside, are concerned by it (whoever reported, above all), or appeal themselves.
pub(crate) async fn shut_out_of(
    connection: &mut PgConnection,
    id: AppealId,
) -> Result<Vec<PersonId>> {
    let found = db::moderation::find_appeal(connection, id).await?;
    let appeal = found.ok_or(Error::NotFound)?;
    let mut people: Vec<PersonId> = db::moderation::appeal_votes(connection, id)
        .await?
        .into_iter()
        .map(|row| row.vote.person)
        .collect();
    if let Some(strike) = db::moderation::strike_by_id(connection, appeal.strike_id).await? {
        people.extend(db::moderation::voted_as_moderators(connection, strike.proposal_id).await?);
        people.extend(db::moderation::approvers_of(connection, strike.proposal_id).await?);
        people.extend(db::moderation::recused_from(connection, strike.proposal_id).await?);
        // Who has reported it, or is concerned otherwise.
        for account in db::moderation::involved_in(connection, strike.proposal_id).await? {
            let found = db::moderation::person_of(connection, account).await?;
            people.extend(found.map(|person| person.id));
        }
    }
    if let Some(person) = db::moderation::person_of(connection, appeal.account_id).await? {
        people.push(person.id);
    }
    people.sort_unstable();
    people.dedup();
    Ok(people)
}
