//! Who acts, in which office, and how they have proved it.

use model::{
    AccountId,
    member::Session,
    moderation::{Governance, Person, ProposalId, Seat, vote::AuthMethod},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::{App, Error, Result, auth::Principal};

/// Somebody who holds a seat or sits on the board.
#[derive(Clone, Debug)]
pub struct Officer {
    /// The person.
    pub person: Person,
    /// The seat they hold.
    pub seat: Option<Seat>,
    /// Whether they sit on the board.
    pub on_board: bool,
}

/// An officer who does something, and the road by which they do it.
#[derive(Clone, Debug)]
pub struct Acting {
    /// Who.
    pub officer: Officer,
    /// By which road.
    pub via: Via,
}

/// By which road somebody acts, with what it proves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Via {
    /// A page of this server.
    Browser {
        /// When the member last proved to sit there.
        stepped_up_at: Option<OffsetDateTime>,
        /// Whether the account has a second factor: a password alone never suffices for a vote.
        has_second_factor: bool,
    },
    /// An app.
    App {
        /// When its token was granted from a session with a second factor, if it was.
        stepped_up_at: Option<OffsetDateTime>,
    },
    /// The command line or a token of the test profile.
    Test,
}

/// The office somebody holds, if any.
pub async fn officer(app: &App, account: AccountId) -> Result<Option<Officer>> {
    let mut connection = app.db.acquire().await?;
    officer_in(&mut connection, account).await
}

/// The same inside a transaction.
pub(crate) async fn officer_in(
    connection: &mut PgConnection,
    account: AccountId,
) -> Result<Option<Officer>> {
    let Some(person) = db::moderation::person_of(connection, account).await? else {
        return Ok(None);
    };
    let seat = db::moderation::seat_of(connection, person.id).await?;
    let on_board = db::moderation::sits_on_board(connection, person.id).await?;
    Ok((seat.is_some() || on_board).then_some(Officer {
        person,
        seat,
        on_board,
    }))
}

/// Somebody at a page of this server. `NotFound` for whoever holds no office: the consoles are not there for others.
pub async fn in_browser(app: &App, session: &Session) -> Result<Acting> {
    let mut connection = app.db.acquire().await?;
    let officer = officer_in(&mut connection, session.account_id)
        .await?
        .ok_or(Error::NotFound)?;
    drop(connection);
    let factors = crate::second_factor::factors(app, session.account_id).await?;
    Ok(Acting {
        officer,
        via: Via::Browser {
            stepped_up_at: session.stepped_up_at,
            has_second_factor: factors.any(),
        },
    })
}

/// Somebody with an app. `Forbidden` for whoever holds no office.
pub async fn with_token(app: &App, principal: &Principal) -> Result<Acting> {
    let mut connection = app.db.acquire().await?;
    let no_office = || Error::Forbidden("This action is not allowed".into());
    let account = principal.account_id.ok_or_else(no_office)?;
    let officer = officer_in(&mut connection, account)
        .await?
        .ok_or_else(no_office)?;
    let is_test_token = principal.application_id.is_none()
        && app.settings.profile == model::instance::Profile::Test;
    let via = if is_test_token {
        Via::Test
    } else {
        let stepped_up_at =
            db::auth::token_stepped_up_at(&mut connection, principal.token_id).await?;
        drop(connection);
        let factors = crate::second_factor::factors(app, account).await?;
        Via::App {
            stepped_up_at: stepped_up_at.filter(|_| factors.any()),
        }
    };
    Ok(Acting { officer, via })
}

/// Somebody named on the command line of the test profile. `Forbidden` in every other.
pub async fn in_test(app: &App, account: AccountId) -> Result<Acting> {
    if app.settings.profile != model::instance::Profile::Test {
        return Err(Error::Forbidden(
            "Only the test profile acts for a person on the command line".into(),
        ));
    }
    let officer = officer(app, account).await?.ok_or(Error::NotFound)?;
    Ok(Acting {
        officer,
        via: Via::Test,
    })
}

impl Acting {
    /// The seat, for what only moderators do. `Forbidden` for others, also for one who is on leave or blocked, or was named
    /// for one proposal only.
    pub fn seat(&self) -> Result<&Seat> {
        let seat = self.any_seat()?;
        if seat.ad_hoc_for.is_some() {
            return Err(Error::Forbidden(
                "You are a moderator for one proposal only".into(),
            ));
        }
        Ok(seat)
    }

    /// The seat, for what has to do with one proposal: whoever was named for it acts there like the others.
    pub fn seat_for(&self, proposal: ProposalId) -> Result<&Seat> {
        let seat = self.any_seat()?;
        if seat.ad_hoc_for.is_some_and(|only| only != proposal) {
            return Err(Error::Forbidden(
                "You are a moderator for another proposal only".into(),
            ));
        }
        Ok(seat)
    }

    fn any_seat(&self) -> Result<&Seat> {
        let seat = self
            .officer
            .seat
            .as_ref()
            .ok_or_else(|| Error::Forbidden("Only moderators do this".into()))?;
        if seat.state == model::moderation::seat::SeatState::Active {
            Ok(seat)
        } else {
            Err(Error::Forbidden(
                "You cannot act as a moderator while your seat is on leave or blocked".into(),
            ))
        }
    }

    /// For what only the board does. `Forbidden` for others.
    pub fn board(&self) -> Result<&Person> {
        if self.officer.on_board {
            Ok(&self.officer.person)
        } else {
            Err(Error::Forbidden("Only the board does this".into()))
        }
    }

    /// How this person has proved lately who they are, as votes, emergency measures and decisions of the board demand it.
    /// `Forbidden`, saying what to do, when they have not.
    pub fn proof(&self, governance: &Governance, now: OffsetDateTime) -> Result<AuthMethod> {
        if self.officer.person.votes_wait {
            return Err(Error::Forbidden(
                "The operator has reset what you sign in with, so your votes wait until the board has confirmed it".into(),
            ));
        }
        let is_fresh = |at: Option<OffsetDateTime>, seconds: u32| {
            at.is_some_and(|at| at <= now && now - at < Governance::lasting(seconds))
        };
        match self.via {
            Via::Test => Ok(AuthMethod::Test),
            Via::Browser {
                has_second_factor: false,
                ..
            } => Err(Error::Forbidden(
                "Set up a second factor first: votes need one".into(),
            )),
            Via::Browser { stepped_up_at, .. } if is_fresh(stepped_up_at, governance.step_up) => {
                Ok(AuthMethod::SecondFactor)
            }
            Via::Browser { .. } => Err(Error::Forbidden(
                "Prove first that it is you who sits there".into(),
            )),
            Via::App { .. } if governance.api_vote_token_age == 0 => Err(Error::Forbidden(
                "Apps may not vote on this server".into(),
            )),
            Via::App { stepped_up_at }
                if is_fresh(stepped_up_at, governance.api_vote_token_age) =>
            {
                Ok(AuthMethod::App)
            }
            Via::App { .. } => Err(Error::Forbidden(
                "Authorise this app again with your second factor: its permission to vote is too old".into(),
            )),
        }
    }

    /// Whether a confirmation in the browser is needed besides: apps do nothing alone that cannot be undone.
    pub fn is_an_app(&self) -> bool {
        matches!(self.via, Via::App { .. })
    }
}
