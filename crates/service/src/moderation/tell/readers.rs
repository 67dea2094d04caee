//! Who is written to: those who hold an office now, but for whoever it is about.

use model::{
    AccountId,
    moderation::{PersonId, ProposalId, report::CaseId, seat::SeatState},
};
use sqlx::PgConnection;

use super::About;
use crate::Result;

/// Moderators who can act.
pub(super) async fn moderators(
    connection: &mut PgConnection,
    about: About,
) -> Result<Vec<PersonId>> {
    let concerned = Concerned::by(connection, about).await?;
    let mut readers = Vec::new();
    for seat in db::moderation::seats(connection).await? {
        let acts = seat.state == SeatState::Active
            && seat
                .ad_hoc_for
                .is_none_or(|only| concerned.proposal == Some(only));
        if acts
            && !concerned
                .is(connection, seat.holder.id, seat.holder.account_id)
                .await?
        {
            readers.push(seat.holder.id);
        }
    }
    Ok(readers)
}

/// Those on the board.
pub(super) async fn board(connection: &mut PgConnection, about: About) -> Result<Vec<PersonId>> {
    let concerned = Concerned::by(connection, about).await?;
    let ids = db::moderation::board(connection).await?;
    let mut readers = Vec::new();
    for person in db::moderation::persons(connection, &ids).await? {
        if !concerned
            .is(connection, person.id, person.account_id)
            .await?
        {
            readers.push(person.id);
        }
    }
    Ok(readers)
}

/// Who must not be written to.
struct Concerned {
    proposal: Option<ProposalId>,
    case: Option<CaseId>,
    accounts: Vec<AccountId>,
    persons: Vec<PersonId>,
}

impl Concerned {
    async fn by(connection: &mut PgConnection, about: About) -> Result<Self> {
        let mut concerned = Self {
            proposal: None,
            case: None,
            accounts: Vec::new(),
            persons: Vec::new(),
        };
        match about {
            About::Case(case) => concerned.case = Some(case),
            About::Proposal(id) => {
                concerned.proposal = Some(id);
                concerned.accounts = db::moderation::involved_in(connection, id).await?;
                let found = db::moderation::find_proposal(connection, id).await?;
                concerned.case = found.and_then(|proposal| proposal.case_id);
                concerned.persons = db::moderation::recused_from(connection, id).await?;
            }
            About::Appeal(id) => {
                let found = db::moderation::find_appeal(connection, id).await?;
                concerned
                    .accounts
                    .extend(found.map(|appeal| appeal.account_id));
            }
            About::Decision(id) => {
                // Who has recorded it cannot confirm it.
                let found = db::moderation::find_decision(connection, id).await?;
                concerned
                    .persons
                    .extend(found.map(|decision| decision.recorded_by));
            }
            About::Entry(_) | About::Account(_) | About::Server => {}
        }
        Ok(concerned)
    }

    async fn is(
        &self,
        connection: &mut PgConnection,
        person: PersonId,
        account: Option<AccountId>,
    ) -> Result<bool> {
        if self.persons.contains(&person)
            || account.is_some_and(|account| self.accounts.contains(&account))
        {
            return Ok(true);
        }
        match self.case {
            Some(case) => Ok(db::moderation::is_case_about(connection, case, person).await?),
            None => Ok(false),
        }
    }
}
