//! What the directory says about offices: who sits on the board, and whether holders of seats are still there.
//!
//! A change is a public entry of the log with which, and not before which, it has effect. Losing the membership never takes a
//! seat away: it is blocked, the board is told, and the board decides.

use model::{
    AccountId,
    instance::Profile,
    member::{Member, Office, Standing},
    moderation::{Effect, Field, Person, Seat, Target, board},
};
use serde_json::{Map, json};
use sqlx::PgConnection;
use tracing::{error, warn};

use db::moderation::{BoardMember, BoardOrigin};

use super::{
    carry_out::named,
    seats::{SeatChange, obstacle},
};
use crate::{
    App, Result,
    moderation::{
        executor,
        log::{EntryKind, NewEntry},
        tell::{About, Event, tell},
    },
};

/// Follows what the directory and the accounts say: the board's group, seats of people who have left or lack a second factor.
/// Safe to run at any time; called after the members were brought up to date, when somebody signs in or changes their
/// second factor, and every minute.
pub async fn follow(app: &App) -> Result<()> {
    let mut tx = app.db.begin().await?;
    if !concerns_anybody(&mut tx, app).await? {
        return Ok(());
    }
    db::moderation::take_turn(&mut tx).await?;
    follow_board(&mut tx, app).await?;
    let mut targets = Vec::new();
    for seat in db::moderation::seats(&mut tx).await? {
        targets.extend(follow_seat(&mut tx, app, &seat).await?);
    }
    tx.commit().await?;
    crate::moderation::settle::Settled { targets }.tell(app);
    Ok(())
}

/// The same where it must not stand in the way of what caused it: it is tried again with the next run.
pub(crate) async fn follow_quietly(app: &App) {
    if let Err(problem) = follow(app).await {
        let problem = format!("{:#}", anyhow::Error::new(problem));
        error!(
            problem,
            "Offices could not be brought in step with the directory"
        );
    }
}

/// The same for one account, when there is anything to do at all: most people hold no office.
pub(crate) async fn follow_account(app: &App, account: AccountId) {
    let concerns = async {
        let mut connection = app.db.acquire().await?;
        let person = db::moderation::person_of(&mut connection, account).await?;
        let member = db::members::find(&mut connection, account).await?;
        let may_join = member.is_some_and(|member| member.eligible_for.contains(&Office::Board));
        Ok::<_, crate::Error>(person.is_some() || may_join)
    };
    match concerns.await {
        Ok(false) => {}
        Ok(true) | Err(_) => follow_quietly(app).await,
    }
}

async fn concerns_anybody(connection: &mut PgConnection, app: &App) -> Result<bool> {
    Ok(says_who_is_on_the_board(app)
        || !db::moderation::seats(connection).await?.is_empty()
        || !db::moderation::board(connection).await?.is_empty())
}

/// Whether a group of the directory is the board.
fn says_who_is_on_the_board(app: &App) -> bool {
    let offices = &app.settings.sign_in.offices;
    offices.iter().any(|(_, office)| *office == Office::Board)
}

async fn follow_board(connection: &mut PgConnection, app: &App) -> Result<()> {
    let sitting = db::moderation::board_members(connection).await?;
    let mut eligible = Vec::new();
    if says_who_is_on_the_board(app) {
        for account in db::moderation::eligible_for_board(connection).await? {
            let member = db::members::find(connection, account).await?;
            eligible.extend(member.filter(|member| member.standing() == Standing::Good));
        }
    }
    let mut joining = Vec::new();
    let mut known = Vec::new();
    for member in &eligible {
        let person = make_person(connection, app, member).await?;
        if !sitting.iter().any(|there| there.person.id == person.id) {
            joining.push(person.clone());
        }
        known.push(person.id);
    }
    let mut leaving: Vec<&BoardMember> = Vec::new();
    for member in &sitting {
        if !known.contains(&member.person.id) && has_to_go(connection, app, member).await? {
            leaving.push(member);
        }
    }
    // A group that is suddenly empty is a mistake more often than the end of the board.
    if !leaving.is_empty() && leaving.len() == sitting.len() && joining.is_empty() {
        warn!(
            "By the directory nobody would be left on the board, so nobody leaves it. Look at its group"
        );
        return Ok(());
    }
    for person in joining {
        change_board(connection, app, &person, Move::Joins).await?;
    }
    for member in leaving {
        change_board(connection, app, &member.person, Move::Leaves).await?;
    }
    Ok(())
}

/// Whether somebody on the board is not on it any more: they have left the organisation; or the directory, which knows them,
/// does not name them. Somebody named by the operator whom the directory does not know stays.
async fn has_to_go(connection: &mut PgConnection, app: &App, member: &BoardMember) -> Result<bool> {
    let Some(account) = member.person.account_id else {
        return Ok(true);
    };
    let Some(found) = db::members::find(connection, account).await? else {
        return Ok(true);
    };
    if found.left_at.is_some() {
        return Ok(true);
    }
    if !says_who_is_on_the_board(app) || found.eligible_for.contains(&Office::Board) {
        return Ok(false);
    }
    let is_linked = !db::identities::links_of(connection, account)
        .await?
        .is_empty();
    Ok(member.origin == BoardOrigin::Directory || is_linked)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Move {
    Joins,
    Leaves,
}

async fn change_board(
    connection: &mut PgConnection,
    app: &App,
    person: &Person,
    which: Move,
) -> Result<()> {
    let target = Target::BoardMember(person.id.get());
    let from = db::moderation::state_of(connection, &target, Field::Sits).await?;
    let effect = Effect {
        target: target.clone(),
        field: Field::Sits,
        from,
        to: (which == Move::Joins).then(|| named(person)),
    };
    let mut entry = NewEntry::new(EntryKind::BoardChanged);
    entry.action = Some(
        match which {
            Move::Joins => "joined",
            Move::Leaves => "left",
        }
        .into(),
    );
    entry.target = Some(target);
    entry.public = Map::from_iter([("person".to_owned(), named(person))]);
    let seq = executor::enact(connection, app, &board::directory(), entry, vec![effect]).await?;
    tell(connection, Event::BoardDecision, About::Entry(seq)).await
}

/// A seat is blocked or free again, as its holder is.
async fn follow_seat(connection: &mut PgConnection, app: &App, seat: &Seat) -> Result<Vec<Target>> {
    let target = Target::Seat(seat.no);
    let from = db::moderation::state_of(connection, &target, Field::Hindered).await?;
    let obstacle = obstacle(connection, app, seat).await?;
    let to = match obstacle {
        Some(word) => Some(json!(word)),
        None if db::moderation::is_on_leave(connection, seat.no).await? => Some(json!("on_leave")),
        None => None,
    };
    if from == to {
        return Ok(Vec::new());
    }
    let effect = Effect {
        target,
        field: Field::Hindered,
        from,
        to,
    };
    let action = match obstacle {
        Some(_) => "blocked",
        None => "unblocked",
    };
    let change = SeatChange::new(seat, action);
    let warrant = board::directory();
    let settled = change
        .write(connection, app, &warrant, vec![effect])
        .await?;
    Ok(settled.targets)
}

/// Whether a moderator could not prove who they are: they have no second factor. The test profile, whose moderators are acted
/// for by scripts, asks for one only when it is told to.
pub(super) async fn lacks_second_factor(
    connection: &mut PgConnection,
    app: &App,
    account: AccountId,
) -> Result<bool> {
    if !is_demanded(app) {
        return Ok(false);
    }
    let row = db::second_factor::factors_of(connection, account).await?;
    Ok(row.totp_since.is_none() && row.passkeys == 0)
}

/// Whether moderators and the board have to have a second factor.
fn is_demanded(app: &App) -> bool {
    app.settings.profile != Profile::Test
        || app
            .settings
            .sign_in
            .second_factor_for
            .contains(&Office::Candidate)
}

/// Whether an account's office demands a second factor, from the first sign-in on.
pub(crate) async fn demands_second_factor(
    connection: &mut PgConnection,
    app: &App,
    account: AccountId,
) -> Result<bool> {
    if !is_demanded(app) {
        return Ok(false);
    }
    Ok(crate::moderation::acting::officer_in(connection, account)
        .await?
        .is_some())
}

/// Writes down the person behind a member.
pub(super) async fn make_person(
    connection: &mut PgConnection,
    app: &App,
    member: &Member,
) -> Result<Person> {
    let account = &member.account;
    let handle = format!("{}@{}", account.username, app.settings.local_domain);
    let name = match account.display_name.trim() {
        "" => account.username.as_str(),
        name => name,
    };
    let now = app.clock.now();
    Ok(db::moderation::make_person(connection, account.id, name, &handle, now).await?)
}
