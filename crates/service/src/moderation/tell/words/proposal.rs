//! Proposals and emergency measures.

use channels::Urgency;
use model::moderation::{Proposal, ProposalId, proposal::State};
use serde_json::json;
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{Words, phrases};
use crate::{
    App, Result,
    moderation::{
        settle,
        tell::{Event, place::Topic, remind::BOARD},
    },
};

/// What stands of the votes.
struct Standing {
    approvals: usize,
    needed: usize,
}

pub(super) async fn words(
    connection: &mut PgConnection,
    app: &App,
    event: Event,
    id: ProposalId,
) -> Result<Option<Words>> {
    let Some(proposal) = db::moderation::find_proposal(connection, id).await? else {
        return Ok(None);
    };
    // An emergency measure is told as one.
    if event == Event::ProposalOpened && proposal.emergency {
        return Ok(None);
    }
    let ballot = settle::ballot(connection, app, &proposal).await?;
    let (approvals, needed, is_blocked) = ballot.standing(&proposal);
    let standing = Standing { approvals, needed };
    let now = app.clock.now();
    let age = now - proposal.opened_at;
    let mut words = Words::new(
        title(event, &proposal, &standing),
        format!("/console/proposals/{id}"),
    )
    .line(match proposal.targets.len() {
        0 | 1 => phrases::kind(proposal.kind).to_owned(),
        many => format!("{} ({many} at once)", phrases::kind(proposal.kind)),
    })
    .line(format!(
        "{}, {}",
        phrases::category(proposal.category),
        phrases::age(age)
    ))
    .line(what_follows(event, &proposal, now));
    words.label = "Open the proposal";
    words.thread = Some(match proposal.case_id {
        Some(case) => format!("Case {case}"),
        None => format!("Proposal {id}"),
    });
    words.topic = Some(Topic::proposal(id, proposal.case_id));
    words.is_over = is_over(event, &proposal);
    words.to_board = match event {
        Event::CaseBlocked => true,
        Event::EmergencyRolledBack => is_quarantined(&proposal),
        Event::Reminder => age >= BOARD || is_blocked || is_quarantined(&proposal),
        _ => false,
    };
    if matches!(event, Event::CaseBlocked) || is_quarantined(&proposal) {
        words.board_path = Some("/board".to_owned());
    }
    if matches!(
        event,
        Event::EmergencyExecuted | Event::EmergencyRatifyDue | Event::EmergencyRolledBack
    ) {
        words.urgency = Urgency::High;
    }
    words.facts = facts(&proposal, &standing);
    Ok(Some(words))
}

/// Posts wait for the board, seen by nobody.
fn is_quarantined(proposal: &Proposal) -> bool {
    proposal.state == State::RolledBack && proposal.execute_at.is_some()
}

fn is_over(event: Event, proposal: &Proposal) -> bool {
    match event {
        Event::ProposalDecided | Event::EmergencyRolledBack => false,
        Event::EmergencyExecuted | Event::EmergencyRatifyDue => {
            proposal.state != State::Provisional
        }
        Event::Reminder => !proposal.state.is_open() && !is_quarantined(proposal),
        _ => !proposal.state.is_open(),
    }
}

fn title(event: Event, proposal: &Proposal, standing: &Standing) -> String {
    match proposal.state {
        State::Executed if proposal.emergency => "An emergency measure was ratified".into(),
        State::Executed => "A proposal was carried and is done".into(),
        State::Approved => "A proposal was carried and cools off".into(),
        State::Failed => "A proposal was carried and could not be done yet".into(),
        State::Rejected => "A proposal was rejected".into(),
        State::Expired => "A proposal has expired undecided".into(),
        State::Withdrawn => "A proposal was withdrawn".into(),
        State::Superseded => "A stricter proposal was carried instead".into(),
        State::Discarded => "A draft was thrown away".into(),
        State::RolledBack if event == Event::Reminder => {
            "Posts in quarantine still wait for the board".into()
        }
        State::RolledBack => "An emergency measure was taken back".into(),
        State::Draft | State::Open | State::Provisional => match event {
            Event::ProposalAmended => "A proposal has changed: it has to be looked at again".into(),
            Event::ProposalExpiring => "A proposal is about to expire undecided".into(),
            Event::EmergencyExecuted => {
                "An emergency measure is in force, and has to be ratified".into()
            }
            Event::EmergencyRatifyDue => "An emergency measure is still not ratified".into(),
            Event::CaseBlocked => "Too few moderators can decide a proposal".into(),
            Event::Reminder => format!("A proposal still waits for {}", missing(standing)),
            _ => format!("A proposal waits for {}", missing(standing)),
        },
    }
}

fn missing(standing: &Standing) -> String {
    match standing.needed.saturating_sub(standing.approvals) {
        0 | 1 => "one more approval".into(),
        many if standing.approvals == 0 => format!("{} approvals", phrases::number(many)),
        many => format!("{} more approvals", phrases::number(many)),
    }
}

/// What happens unless somebody does something.
fn what_follows(event: Event, proposal: &Proposal, now: OffsetDateTime) -> String {
    let until = |at: Option<OffsetDateTime>| at.map(phrases::moment).unwrap_or_default();
    match proposal.state {
        State::Open if event == Event::CaseBlocked => "The board has to fill a seat, name a moderator for this case, or give the missing approval. The number of approvals is never lowered.".into(),
        State::Open => format!("Undecided, it expires at {}.", phrases::moment(proposal.expires_at)),
        State::Provisional => {
            let left = proposal.ratify_by.map(|at| phrases::span(at - now)).unwrap_or_default();
            format!("Unless it is ratified within {left}, it is taken back by itself at {}.", until(proposal.ratify_by))
        }
        State::Approved => format!("It is carried out at {}, unless somebody stops it.", until(proposal.execute_at)),
        State::RolledBack if is_quarantined(proposal) => format!("The posts stay hidden until {}; by then the board has to decide, or they are shown again.", until(proposal.execute_at)),
        State::RolledBack => "It was not ratified. Everything is as it was before.".into(),
        _ => String::new(),
    }
}

fn facts(proposal: &Proposal, standing: &Standing) -> channels::Facts {
    phrases::facts([
        ("id", json!(proposal.id.to_string())),
        ("case_id", json!(proposal.case_id.map(|id| id.to_string()))),
        ("kind", json!(proposal.kind.as_str())),
        ("category", json!(proposal.category.as_str())),
        ("state", json!(proposal.state.as_str())),
        ("emergency", json!(proposal.emergency)),
        ("approvals", json!(standing.approvals)),
        ("threshold", json!(standing.needed)),
        ("opened_at", phrases::instant(Some(proposal.opened_at))),
        ("expires_at", phrases::instant(Some(proposal.expires_at))),
        ("ratify_by", phrases::instant(proposal.ratify_by)),
        ("decided_at", phrases::instant(proposal.decided_at)),
    ])
}
