//! Keeping seats, board, settings and documents in step with the moderation state.

use aws_lc_rs::digest::{SHA256, digest as sha256};
use db::moderation::{BoardOrigin, Hindrance, NewSeat, NewVersion};
use model::moderation::{
    Effect, Field, PersonId, ProposalId, SeatNo, Target, Warrant,
    board::{DecisionId, DecisionKind},
    document::DocumentKind,
    seat::{EndReason, Seat},
    warrant::Authority,
};
use serde_json::Value;
use sqlx::PgConnection;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use super::resolution::Resolution;
use crate::{App, Error, Result};

/// Changes the tables that the rest of the server reads. The executor alone calls this.
pub(crate) async fn project(
    connection: &mut PgConnection,
    app: &App,
    warrant: &Warrant,
    effect: &Effect,
) -> Result<()> {
    let now = app.clock.now();
    match (&effect.target, effect.field) {
        (Target::Seat(no), Field::Holder) => holder(connection, app, warrant, *no, effect).await,
        (Target::Seat(no), Field::Hindered) => {
            let word = effect.to.as_ref().and_then(Value::as_str);
            let hindrance = match word {
                None => Hindrance::None,
                Some("on_leave") => Hindrance::Leave,
                Some(why) => Hindrance::Blocked(why),
            };
            db::moderation::hinder_seat(connection, warrant, *no, hindrance, now).await?;
            Ok(())
        }
        (Target::BoardMember(person), Field::Sits) => {
            let person = PersonId::new(*person);
            if effect.to.is_none() {
                db::moderation::leave_board(connection, warrant, person, now).await?;
            } else if effect.from.is_none() {
                let origin = match warrant.authority() {
                    Authority::Bootstrap => BoardOrigin::Bootstrap,
                    _ => BoardOrigin::Directory,
                };
                db::moderation::join_board(connection, warrant, person, origin, now).await?;
            }
            Ok(())
        }
        (Target::Setting(name), Field::Setting) => {
            let setting = (name.as_str(), effect.to.as_ref());
            let decision = decision_of(warrant);
            db::moderation::set_governance(connection, warrant, setting, decision, now).await?;
            Ok(())
        }
        (Target::Document(kind), Field::Adopted) => {
            document(connection, app, warrant, kind, effect).await
        }
        (Target::Person(person), Field::VotesWait) => {
            let since = effect.to.as_ref().map(|_| now);
            let person = PersonId::new(*person);
            db::moderation::let_votes_wait(connection, warrant, person, since).await?;
            Ok(())
        }
        (target, field) => Err(Error::internal(anyhow::anyhow!(
            "{} of {target} is no matter of the board",
            field.as_str()
        ))),
    }
}

/// Somebody sits down, or gets up.
async fn holder(
    connection: &mut PgConnection,
    app: &App,
    warrant: &Warrant,
    no: SeatNo,
    effect: &Effect,
) -> Result<()> {
    let now = app.clock.now();
    if effect.from.is_some() {
        let reason = end_reason(connection, warrant, no).await?;
        let end = (reason, decision_of(warrant));
        db::moderation::end_seat(connection, warrant, no, end, now).await?;
    }
    let Some(holder) = &effect.to else {
        return Ok(());
    };
    let number = |name: &str| -> Option<i64> { holder.get(name)?.as_str()?.parse().ok() };
    let seat = NewSeat {
        no,
        person: number("person")
            .map(PersonId::new)
            .ok_or_else(|| Error::internal(anyhow::anyhow!("a holder without a person")))?,
        appointed_by: decision_of(warrant),
        ad_hoc_for: number("ad_hoc_for").map(ProposalId::new),
    };
    db::moderation::give_seat(connection, warrant, seat, now).await?;
    Ok(())
}

/// Why a time in a seat ends, by who ends it.
async fn end_reason(
    connection: &mut PgConnection,
    warrant: &Warrant,
    no: SeatNo,
) -> Result<EndReason> {
    let Authority::Board { by, .. } = warrant.authority() else {
        return Ok(EndReason::SteppedDown);
    };
    let seats = db::moderation::seats(connection).await?;
    let seat = seats.iter().find(|seat| seat.no == no);
    if by.is_empty() || seat.is_some_and(|seat| seat.ad_hoc_for.is_some()) {
        return Ok(EndReason::CaseDecided);
    }
    let has_left = match seat {
        Some(seat) => has_left(connection, seat).await?,
        None => false,
    };
    Ok(if has_left {
        EndReason::LeftOrganisation
    } else {
        EndReason::RemovedByBoard
    })
}

async fn has_left(connection: &mut PgConnection, seat: &Seat) -> Result<bool> {
    let Some(account) = seat.holder.account_id else {
        return Ok(true);
    };
    let member = db::members::find(connection, account).await?;
    Ok(member.is_none_or(|member| member.left_at.is_some()))
}

/// A version of a document. The state names it by number and digest; its text is the decision's.
async fn document(
    connection: &mut PgConnection,
    app: &App,
    warrant: &Warrant,
    kind: &str,
    effect: &Effect,
) -> Result<()> {
    let broken = |what: &str| Error::internal(anyhow::anyhow!("adopting {kind}: {what}"));
    let adopted = effect
        .to
        .as_ref()
        .ok_or_else(|| broken("nothing is adopted"))?;
    let decision = decision_of(warrant).ok_or_else(|| broken("nobody has decided it"))?;
    let found = db::moderation::find_decision(connection, decision)
        .await?
        .filter(|decision| decision.kind == DecisionKind::AdoptDocument)
        .ok_or_else(|| broken("the decision is of another kind"))?;
    let Resolution::AdoptDocument { text, .. } = Resolution::read(found.kind, &found.params)?
    else {
        return Err(broken("the decision is of another kind"));
    };
    let digest = sha256(&SHA256, text.as_bytes());
    if adopted["digest"].as_str() != Some(hex::encode(digest.as_ref()).as_str()) {
        return Err(broken("the text is another"));
    }
    let effective_at = adopted["effective_at"]
        .as_str()
        .and_then(|text| OffsetDateTime::parse(text, &Rfc3339).ok())
        .ok_or_else(|| broken("it has no day"))?;
    let new = NewVersion {
        kind: DocumentKind::from_word(kind).ok_or_else(|| broken("there is no such document"))?,
        version: adopted["version"]
            .as_i64()
            .and_then(|version| i32::try_from(version).ok())
            .ok_or_else(|| broken("it has no number"))?,
        text: &text,
        digest: digest.as_ref(),
        decision,
        effective_at,
    };
    db::moderation::insert_document(connection, warrant, &new, app.clock.now()).await?;
    Ok(())
}

fn decision_of(warrant: &Warrant) -> Option<DecisionId> {
    match warrant.authority() {
        Authority::Board { decision, .. } => Some(*decision),
        _ => None,
    }
}
