//! Moderators' seats: who holds them, and what holders do about their own.

use model::moderation::{
    Effect, Field, Person, ProposalId, Seat, SeatNo, Target, Warrant,
    board::{ad_hoc_is_over, own_seat},
    seat::SeatState,
};
use serde_json::{Map, Value, json};
use sqlx::PgConnection;

use super::{carry_out::named, directory, settings::governance};
use crate::{
    App, Error, Result,
    moderation::{
        Acting, executor,
        log::{EntryKind, NewEntry},
        settle::{self, Settled},
        tell::{About, Event, tell},
    },
};

/// Past holders in one list.
const MOST_PAST: i64 = 200;

/// A seat as everybody may see it.
#[derive(Clone, Debug)]
pub struct SeatView {
    /// Which.
    pub no: SeatNo,
    /// Who holds it, and how they are; nobody when vacant.
    pub held: Option<Seat>,
}

/// Every regular seat, vacant ones too, and after them the seats for one proposal only.
pub async fn seats(app: &App) -> Result<Vec<SeatView>> {
    let mut connection = app.db.acquire().await?;
    let governance = governance(&mut connection, app).await?;
    let held = db::moderation::seats(&mut connection).await?;
    let regular = (1..=SeatNo::from(governance.seats)).map(|no| SeatView {
        no,
        held: held.iter().find(|seat| seat.no == no).cloned(),
    });
    let further = held
        .iter()
        .filter(|seat| seat.no > SeatNo::from(governance.seats))
        .map(|seat| SeatView {
            no: seat.no,
            held: Some(seat.clone()),
        });
    Ok(regular.chain(further).collect())
}

/// Numbers of the seats that nobody holds.
pub async fn vacancies(app: &App) -> Result<Vec<SeatNo>> {
    Ok(seats(app)
        .await?
        .into_iter()
        .filter(|seat| seat.held.is_none())
        .map(|seat| seat.no)
        .collect())
}

/// Who held seats before, newest first.
pub async fn past(app: &App) -> Result<Vec<db::moderation::PastSeat>> {
    let mut connection = app.db.acquire().await?;
    Ok(db::moderation::past_seats(&mut connection, MOST_PAST).await?)
}

/// Who sits on the board.
pub async fn board(app: &App) -> Result<Vec<db::moderation::BoardMember>> {
    let mut connection = app.db.acquire().await?;
    Ok(db::moderation::board_members(&mut connection).await?)
}

/// Officers whose votes wait until the board has confirmed the operator's reset.
pub async fn waiting(app: &App) -> Result<Vec<Person>> {
    let mut connection = app.db.acquire().await?;
    Ok(db::moderation::waiting_persons(&mut connection).await?)
}

/// A moderator gives the own seat up, at once and for good. A fresh proof is needed, or whoever finds an open browser could
/// empty a seat; so it waits, too, where the operator has reset what somebody signs in with.
pub async fn step_down(app: &App, acting: &Acting) -> Result<()> {
    let mut tx = app.db.begin().await?;
    db::moderation::take_turn(&mut tx).await?;
    let governance = governance(&mut tx, app).await?;
    acting.proof(&governance, app.clock.now())?;
    let seat = own(&mut tx, acting).await?;
    let effects = emptied(&mut tx, &seat).await?;
    let settled = change_own(&mut tx, app, &seat, "stepped_down", effects).await?;
    tx.commit().await?;
    settled.tell(app);
    Ok(())
}

/// A moderator is away for a while and does not vote until they say that they are back.
pub async fn leave(app: &App, acting: &Acting) -> Result<()> {
    hinder_own(app, acting, "left", |state| match state {
        SeatState::Active => Ok(Some("on_leave")),
        SeatState::OnLeave => Err(Error::Conflict("You are on leave already".into())),
        SeatState::Inactive | SeatState::NoSecondFactor => {
            Err(Error::Conflict("Your seat is blocked already".into()))
        }
    })
    .await
}

/// A moderator is back from leave.
pub async fn come_back(app: &App, acting: &Acting) -> Result<()> {
    hinder_own(app, acting, "returned", |state| match state {
        SeatState::OnLeave => Ok(None),
        SeatState::Active => Err(Error::Conflict("You are not on leave".into())),
        SeatState::Inactive | SeatState::NoSecondFactor => Err(Error::Forbidden(
            "Your seat is blocked for another reason than your leave".into(),
        )),
    })
    .await
}

async fn hinder_own(
    app: &App,
    acting: &Acting,
    action: &str,
    to: impl FnOnce(SeatState) -> Result<Option<&'static str>>,
) -> Result<()> {
    let mut tx = app.db.begin().await?;
    db::moderation::take_turn(&mut tx).await?;
    let seat = own(&mut tx, acting).await?;
    let to = to(seat.state)?;
    let target = Target::Seat(seat.no);
    let effect = Effect {
        from: db::moderation::state_of(&mut tx, &target, Field::Hindered).await?,
        target,
        field: Field::Hindered,
        to: to.map(|word| json!(word)),
    };
    let settled = change_own(&mut tx, app, &seat, action, vec![effect]).await?;
    tx.commit().await?;
    settled.tell(app);
    Ok(())
}

/// The seat of the one who acts, as it is now.
async fn own(connection: &mut PgConnection, acting: &Acting) -> Result<Seat> {
    db::moderation::seat_of(connection, acting.officer.person.id)
        .await?
        .ok_or_else(|| Error::Forbidden("Only moderators do this".into()))
}

async fn change_own(
    connection: &mut PgConnection,
    app: &App,
    seat: &Seat,
    action: &str,
    effects: Vec<Effect>,
) -> Result<Settled> {
    let warrant = own_seat(seat);
    let mut change = SeatChange::new(seat, action);
    change.by_holder = true;
    change.write(connection, app, &warrant, effects).await
}

/// A change of a seat outside decisions of the board.
pub(super) struct SeatChange<'a> {
    seat: &'a Seat,
    action: &'a str,
    pub(super) by_holder: bool,
}

impl<'a> SeatChange<'a> {
    pub(super) fn new(seat: &'a Seat, action: &'a str) -> Self {
        Self {
            seat,
            action,
            by_holder: false,
        }
    }

    /// Writes the public entry with the change, tells those concerned, and counts open proposals anew.
    pub(super) async fn write(
        self,
        connection: &mut PgConnection,
        app: &App,
        warrant: &Warrant,
        effects: Vec<Effect>,
    ) -> Result<Settled> {
        let mut entry = NewEntry::new(EntryKind::SeatChanged);
        entry.action = Some(self.action.to_owned());
        entry.target = Some(Target::Seat(self.seat.no));
        entry.proposer = self.by_holder.then_some(self.seat.holder.id);
        entry.public = about(self.seat);
        let seq = executor::enact(connection, app, warrant, entry, effects).await?;
        tell(connection, Event::SeatChanged, About::Entry(seq)).await?;
        settle::settle_all(connection, app).await
    }
}

fn about(seat: &Seat) -> Map<String, Value> {
    let mut public = Map::new();
    public.insert("seat".into(), json!(seat.no));
    public.insert("person".into(), named(&seat.holder));
    public
}

/// Ends the times of those who were named for one proposal that is decided by now. Runs with the other timers.
pub(crate) async fn end_ad_hoc(app: &App) -> Result<()> {
    let mut tx = app.db.begin().await?;
    db::moderation::take_turn(&mut tx).await?;
    let mut all = Settled::default();
    for seat in db::moderation::seats(&mut tx).await? {
        let Some(proposal) = seat.ad_hoc_for else {
            continue;
        };
        let proposal = db::moderation::find_proposal(&mut tx, proposal).await?;
        let decision = db::moderation::decision_that_gave(&mut tx, seat.no).await?;
        let (Some(proposal), Some(decision)) = (proposal, decision) else {
            continue;
        };
        let Some(warrant) = ad_hoc_is_over(&seat, &proposal, decision) else {
            continue;
        };
        let effects = emptied(&mut tx, &seat).await?;
        let change = SeatChange::new(&seat, "case_decided");
        let settled = change.write(&mut tx, app, &warrant, effects).await?;
        all.targets.extend(settled.targets);
    }
    tx.commit().await?;
    all.tell(app);
    Ok(())
}

/// How the moderation state names a holder.
pub(super) fn held_by(person: &Person, ad_hoc_for: Option<ProposalId>) -> Value {
    let mut holder = json!({
        "person": person.id.to_string(),
        "handle": person.handle,
        "name": person.name,
    });
    if let (Some(proposal), Some(map)) = (ad_hoc_for, holder.as_object_mut()) {
        map.insert("ad_hoc_for".into(), json!(proposal.to_string()));
    }
    holder
}

/// The changes by which a seat becomes vacant.
pub(super) async fn emptied(connection: &mut PgConnection, seat: &Seat) -> Result<Vec<Effect>> {
    let target = Target::Seat(seat.no);
    let mut effects = Vec::new();
    for field in [Field::Hindered, Field::Holder] {
        let from = db::moderation::state_of(connection, &target, field).await?;
        if from.is_some() {
            effects.push(Effect {
                target: target.clone(),
                field,
                from,
                to: None,
            });
        }
    }
    Ok(effects)
}

/// What keeps the holder of a seat from voting by now, apart from a leave.
pub(super) async fn obstacle(
    connection: &mut PgConnection,
    app: &App,
    seat: &Seat,
) -> Result<Option<&'static str>> {
    let Some(account) = seat.holder.account_id else {
        return Ok(Some("inactive"));
    };
    let Some(member) = db::members::find(connection, account).await? else {
        return Ok(Some("inactive"));
    };
    if member.standing() != model::member::Standing::Good {
        return Ok(Some("inactive"));
    }
    let lacks = directory::lacks_second_factor(connection, app, account).await?;
    Ok(lacks.then_some("no_second_factor"))
}
