//! What a decision changes, given what is so now; or why it cannot be carried out.

mod settings;

use aws_lc_rs::digest::{SHA256, digest as sha256};
use model::{
    AccountId,
    member::{Member, Office, Standing},
    moderation::{
        Effect, Field, Outcome, Person, PersonId, Proposal, ProposalId, Seat, SeatNo, Target,
        board::vacant, document::DocumentKind, seat::SeatState,
    },
};
use serde_json::{Map, Value, json};
use sqlx::PgConnection;
use time::{Date, format_description::well_known::Rfc3339};

use super::Plan;
use crate::{
    App, Error, Result,
    moderation::{
        appeals,
        board::{
            directory,
            resolution::{QuarantineOutcome, Resolution},
            seats::{emptied, held_by},
            settings::governance,
        },
        settle,
    },
};

/// The lowest number of a seat for one proposal only; below are the regular ones.
const FIRST_AD_HOC: SeatNo = 101;

/// What a decision would change now. `Invalid` and `Conflict` say why it cannot be carried out.
pub(super) async fn plan(
    connection: &mut PgConnection,
    app: &App,
    resolution: &Resolution,
) -> Result<Plan> {
    match resolution {
        Resolution::AppointModerator {
            account_id,
            seat_no,
        } => appoint(connection, app, *account_id, *seat_no).await,
        Resolution::RemoveModerator { seat_no, person_id } => {
            remove(connection, *seat_no, *person_id).await
        }
        Resolution::AdoptDocument {
            kind,
            text,
            effective_on,
        } => adopt(connection, app, *kind, text, *effective_on).await,
        Resolution::ChangeGovernance { changes } => {
            settings::change(connection, app, changes).await
        }
        Resolution::AppointAdHoc {
            proposal_id,
            account_id,
        } => appoint_ad_hoc(connection, app, *proposal_id, *account_id).await,
        Resolution::DecideQuarantine {
            proposal_id,
            outcome,
        } => quarantine(connection, *proposal_id, *outcome).await,
        Resolution::ConfirmReset { person_id } => confirm_reset(connection, *person_id).await,
        Resolution::SubstituteApproval {
            proposal_id,
            digest,
        } => {
            let proposal = blocked(connection, app, *proposal_id).await?;
            if digest.is_some_and(|seen| seen != proposal.digest) {
                return Err(Error::Conflict(
                    "The proposal was amended after this decision was recorded; withdraw it and decide anew".into(),
                ));
            }
            Ok(about_proposal(&proposal))
        }
        Resolution::DecideAppeal { appeal_id, .. } => {
            appeals::must_wait_for_board(connection, *appeal_id).await?;
            Ok(Plan::default())
        }
    }
}

async fn appoint(
    connection: &mut PgConnection,
    app: &App,
    account: AccountId,
    seat_no: Option<SeatNo>,
) -> Result<Plan> {
    let governance = governance(connection, app).await?;
    let seats = db::moderation::seats(connection).await?;
    let person = candidate(connection, app, account).await?;
    let held = seats.iter().find(|seat| seat.holder.id == person.id);
    if held.is_some_and(|seat| seat.ad_hoc_for.is_none()) {
        return Err(Error::Conflict(format!(
            "{} holds a seat already",
            person.handle
        )));
    }
    let no = match seat_no {
        Some(no) if !(1..=SeatNo::from(governance.seats)).contains(&no) => {
            return Err(Error::invalid("seat_no", "ERR_INVALID", "is no seat"));
        }
        Some(no) if seats.iter().any(|seat| seat.no == no) => {
            return Err(Error::Conflict(format!("Seat {no} is not vacant")));
        }
        Some(no) => no,
        None => vacant(&seats, &governance)
            .ok_or_else(|| Error::Conflict("No seat is vacant".into()))?,
    };
    let mut effects = Vec::new();
    if let Some(ad_hoc) = held {
        effects.extend(emptied(connection, ad_hoc).await?);
    }
    effects.extend(seated(connection, app, no, &person, None).await?);
    Ok(Plan {
        target: Some(Target::Seat(no)),
        effects,
        public: about_seat(no, &person),
    })
}

async fn remove(
    connection: &mut PgConnection,
    no: SeatNo,
    meant: Option<PersonId>,
) -> Result<Plan> {
    let seats = db::moderation::seats(connection).await?;
    let seat = seats
        .iter()
        .find(|seat| seat.no == no)
        .ok_or_else(|| Error::Conflict(format!("Nobody holds seat {no}")))?;
    if meant.is_some_and(|person| person != seat.holder.id) {
        return Err(Error::Conflict(format!(
            "Seat {no} is somebody else's by now: decide anew"
        )));
    }
    Ok(Plan {
        target: Some(Target::Seat(no)),
        effects: emptied(connection, seat).await?,
        public: about_seat(no, &seat.holder),
    })
}

async fn appoint_ad_hoc(
    connection: &mut PgConnection,
    app: &App,
    proposal: ProposalId,
    account: AccountId,
) -> Result<Plan> {
    let proposal = blocked(connection, app, proposal).await?;
    let person = candidate(connection, app, account).await?;
    let seats = db::moderation::seats(connection).await?;
    if seats.iter().any(|seat| seat.holder.id == person.id) {
        return Err(Error::Conflict(format!(
            "{} holds a seat already",
            person.handle
        )));
    }
    let concerned = db::moderation::involved_in(connection, proposal.id).await?;
    let declared = db::moderation::recused_from(connection, proposal.id).await?;
    if concerned.contains(&account) || declared.contains(&person.id) {
        return Err(Error::Conflict(format!(
            "{} is concerned by the case and could not decide it",
            person.handle
        )));
    }
    let no = seats
        .iter()
        .map(|seat| seat.no + 1)
        .max()
        .unwrap_or_default()
        .max(FIRST_AD_HOC);
    Ok(Plan {
        target: Some(Target::Seat(no)),
        effects: seated(connection, app, no, &person, Some(proposal.id)).await?,
        public: about_seat(no, &person),
    })
}

async fn adopt(
    connection: &mut PgConnection,
    app: &App,
    kind: DocumentKind,
    text: &str,
    effective_on: Option<Date>,
) -> Result<Plan> {
    let now = app.clock.now();
    let day = effective_on.map(|date| date.midnight().assume_utc());
    let effective_at = day.filter(|at| *at > now).unwrap_or(now);
    if effective_at > now + time::Duration::days(366) {
        return Err(Error::invalid(
            "effective_on",
            "ERR_INVALID",
            "is more than a year away",
        ));
    }
    let target = Target::Document(kind.as_str().into());
    let from = db::moderation::state_of(connection, &target, Field::Adopted).await?;
    let version = db::moderation::newest_version(connection, kind).await? + 1;
    let adopted = json!({
        "version": version,
        "digest": hex::encode(sha256(&SHA256, text.as_bytes())),
        "effective_at": effective_at
            .replace_nanosecond(0)
            .map_err(Error::internal)?
            .format(&Rfc3339)
            .map_err(Error::internal)?,
    });
    let mut public = Map::new();
    public.insert("document".into(), json!(kind.as_str()));
    public.insert("version".into(), json!(version));
    Ok(Plan {
        target: Some(target.clone()),
        effects: vec![Effect {
            target,
            field: Field::Adopted,
            from,
            to: Some(adopted),
        }],
        public,
    })
}

async fn quarantine(
    connection: &mut PgConnection,
    proposal: ProposalId,
    outcome: QuarantineOutcome,
) -> Result<Plan> {
    let proposal = find(connection, proposal).await?;
    let mut effects = Vec::new();
    for target in &proposal.targets {
        let held = db::moderation::state_of(connection, target, Field::Removed).await?;
        if held != Some(json!("quarantined")) {
            continue;
        }
        effects.push(Effect {
            target: target.clone(),
            field: Field::Removed,
            from: held,
            to: (outcome == QuarantineOutcome::Remove).then_some(json!(true)),
        });
    }
    if effects.is_empty() {
        return Err(Error::Conflict(
            "Nothing of that proposal is in quarantine".into(),
        ));
    }
    let mut plan = about_proposal(&proposal);
    plan.public.insert("posts".into(), json!(effects.len()));
    plan.public.insert(
        "outcome".into(),
        json!(match outcome {
            QuarantineOutcome::Restore => "restored",
            QuarantineOutcome::Remove => "removed",
        }),
    );
    plan.effects = effects;
    Ok(plan)
}

async fn confirm_reset(connection: &mut PgConnection, person: PersonId) -> Result<Plan> {
    let target = Target::Person(person.get());
    let from = db::moderation::state_of(connection, &target, Field::VotesWait).await?;
    if from.is_none() {
        return Err(Error::Conflict("That person's votes do not wait".into()));
    }
    let mut public = Map::new();
    if let Some(person) = db::moderation::person(connection, person).await? {
        public.insert("person".into(), named(&person));
    }
    Ok(Plan {
        target: Some(target.clone()),
        effects: vec![Effect {
            target,
            field: Field::VotesWait,
            from,
            to: None,
        }],
        public,
    })
}

/// Somebody who can be given a seat, as a person.
async fn candidate(connection: &mut PgConnection, app: &App, account: AccountId) -> Result<Person> {
    let member = db::members::find(connection, account)
        .await?
        .ok_or_else(|| Error::invalid("account_id", "ERR_INVALID", "is no member"))?;
    if member.standing() != Standing::Good {
        return Err(Error::invalid(
            "account_id",
            "ERR_INVALID",
            "is no member in good standing",
        ));
    }
    if asks_the_directory(app) && !member.eligible_for.contains(&Office::Candidate) {
        return Err(Error::invalid(
            "account_id",
            "ERR_INVALID",
            "is not a candidate by the organisation's directory",
        ));
    }
    make_person(connection, app, &member).await
}

/// Whether groups of the directory say who can be chosen.
fn asks_the_directory(app: &App) -> bool {
    let offices = &app.settings.sign_in.offices;
    offices
        .iter()
        .any(|(_, office)| *office == Office::Candidate)
}

async fn make_person(connection: &mut PgConnection, app: &App, member: &Member) -> Result<Person> {
    directory::make_person(connection, app, member).await
}

/// The changes by which somebody sits down: they hold the seat, and cannot vote yet if they lack a second factor.
async fn seated(
    connection: &mut PgConnection,
    app: &App,
    no: SeatNo,
    person: &Person,
    ad_hoc_for: Option<ProposalId>,
) -> Result<Vec<Effect>> {
    let mut effects = vec![Effect {
        target: Target::Seat(no),
        field: Field::Holder,
        from: None,
        to: Some(held_by(person, ad_hoc_for)),
    }];
    let lacks = match person.account_id {
        Some(account) => directory::lacks_second_factor(connection, app, account).await?,
        None => false,
    };
    if lacks {
        effects.push(Effect {
            target: Target::Seat(no),
            field: Field::Hindered,
            from: None,
            to: Some(json!("no_second_factor")),
        });
    }
    Ok(effects)
}

/// A proposal that is open and that too few can decide.
async fn blocked(connection: &mut PgConnection, app: &App, id: ProposalId) -> Result<Proposal> {
    let proposal = find(connection, id).await?;
    let ballot = settle::ballot(connection, app, &proposal).await?;
    if !proposal.state.is_open() || !matches!(ballot.tally(&proposal), Outcome::Blocked) {
        return Err(Error::Conflict(
            "Enough moderators can decide that proposal; the board does not stand in for them"
                .into(),
        ));
    }
    Ok(proposal)
}

async fn find(connection: &mut PgConnection, id: ProposalId) -> Result<Proposal> {
    db::moderation::lock_proposal(connection, id)
        .await?
        .ok_or_else(|| Error::invalid("proposal_id", "ERR_INVALID", "is no proposal"))
}

/// What the public may know of a proposal while it is open: its digest, which the entry of its execution will bear.
fn about_proposal(proposal: &Proposal) -> Plan {
    let mut public = Map::new();
    public.insert(
        "proposal_digest".into(),
        json!(hex::encode(proposal.digest)),
    );
    Plan {
        public,
        ..Plan::default()
    }
}

fn about_seat(no: SeatNo, person: &Person) -> Map<String, Value> {
    let mut public = Map::new();
    public.insert("seat".into(), json!(no));
    public.insert("person".into(), named(person));
    public
}

/// Whoever acts in an office stands with name and handle in the log.
pub(in crate::moderation::board) fn named(person: &Person) -> Value {
    json!({"name": person.name, "handle": person.handle})
}

/// Whether the holder of a seat can vote at all.
pub(super) fn is_active(seat: &Seat) -> bool {
    seat.state == SeatState::Active && !seat.holder.votes_wait
}
