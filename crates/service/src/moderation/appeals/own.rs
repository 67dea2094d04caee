//! Decisions about a member, as the member sees them: what was done, by which rule, by whom, and until when it can be appealed.

use model::{
    AccountId,
    moderation::{
        Person, PersonId,
        appeal::{Appeal, Strike, StrikeId},
        proposal::State,
    },
};

use crate::{App, Result, moderation::rules};

/// A decision about a member.
#[derive(Clone, Debug)]
pub struct DecisionView {
    /// What they were told.
    pub strike: Strike,
    /// Who approved it; in an emergency, who took it.
    pub approved_by: Vec<Person>,
    /// It was taken in an emergency, and a second moderator has still to agree.
    pub is_provisional: bool,
    /// Rules that were broken, in the words that are in force now.
    pub rules: Vec<String>,
    /// The appeal against it.
    pub appeal: Option<Appeal>,
    /// It can be appealed now.
    pub may_appeal: bool,
}

/// Decisions about a member, newest first.
pub async fn decisions_about(app: &App, member: AccountId) -> Result<Vec<DecisionView>> {
    let mut connection = app.db.acquire().await?;
    let strikes = db::moderation::strikes_about(&mut connection, member).await?;
    let ids: Vec<StrikeId> = strikes.iter().map(|strike| strike.id).collect();
    let mut appeals = db::moderation::appeals_against(&mut connection, &ids).await?;
    let texts = rules(app).await?;
    let now = app.clock.now();
    let mut decisions = Vec::with_capacity(strikes.len());
    for strike in strikes {
        let approvers: Vec<PersonId> =
            db::moderation::approvers_of(&mut connection, strike.proposal_id).await?;
        let approved_by = db::moderation::persons(&mut connection, &approvers).await?;
        let proposal = db::moderation::find_proposal(&mut connection, strike.proposal_id).await?;
        let state = proposal.map(|proposal| proposal.state);
        let at = appeals
            .iter()
            .position(|appeal| appeal.strike_id == strike.id);
        let appeal = at.map(|at| appeals.swap_remove(at));
        let is_in_force = strike.overruled_at.is_none()
            && matches!(state, Some(State::Executed | State::Provisional));
        decisions.push(DecisionView {
            approved_by,
            is_provisional: state == Some(State::Provisional),
            rules: texts
                .iter()
                .filter(|(number, _)| strike.rule_ids.contains(number))
                .map(|(_, text)| text.clone())
                .collect(),
            may_appeal: appeal.is_none() && is_in_force && now < strike.appealable_until,
            appeal,
            strike,
        });
    }
    Ok(decisions)
}
