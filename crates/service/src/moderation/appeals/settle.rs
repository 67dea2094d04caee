//! Asking whether the moderators have decided an appeal, and doing what was decided: the one place where an appeal moves.
//!
//! Everything here runs after [`db::moderation::take_turn`], one at a time.

use model::moderation::{
    Effect, Field, Governance, PersonId, Proposal, Seat, Target, Warrant,
    appeal::{Appeal, AppealAnswer, AppealId, AppealVote, FirstStage, Stage, Strike, first_stage},
    board::DecisionId,
};
use serde_json::json;
use sqlx::PgConnection;

use crate::{
    App, Error, Result,
    mail::{self, Occasion},
    moderation::{
        board,
        executor::{self, Extent, Measure},
        log::{self, EntryKind, NewEntry},
        settle::{self, Settled},
        tell::{About, Event, tell},
    },
};

/// An appeal with everything that is counted.
pub(super) struct Standing {
    pub(super) appeal: Appeal,
    pub(super) strike: Strike,
    pub(super) proposal: Proposal,
    pub(super) seats: Vec<Seat>,
    pub(super) recused: Vec<PersonId>,
    pub(super) approved_by: Vec<PersonId>,
    pub(super) votes: Vec<AppealVote>,
    pub(super) governance: Governance,
}

/// Loads everything that is counted.
pub(super) async fn standing(
    connection: &mut PgConnection,
    app: &App,
    appeal: Appeal,
) -> Result<Standing> {
    let missing = || Error::internal(anyhow::anyhow!("an appeal is against nothing"));
    let strike = db::moderation::strike_by_id(connection, appeal.strike_id).await?;
    let strike = strike.ok_or_else(missing)?;
    let proposal = db::moderation::find_proposal(connection, strike.proposal_id).await?;
    let proposal = proposal.ok_or_else(missing)?;
    let ballot = settle::ballot(connection, app, &proposal).await?;
    let mut recused = ballot.recused;
    // Nobody decides about themself, however they came to hold a seat meanwhile.
    for seat in &ballot.seats {
        if seat.holder.account_id == Some(appeal.account_id) {
            recused.push(seat.holder.id);
        }
    }
    let votes = db::moderation::appeal_votes(connection, appeal.id).await?;
    Ok(Standing {
        approved_by: db::moderation::approvers_of(connection, proposal.id).await?,
        votes: votes.into_iter().map(|row| row.vote).collect(),
        governance: board::governance(connection, app).await?,
        seats: ballot.seats,
        recused,
        appeal,
        strike,
        proposal,
    })
}

/// Does what the moderators' answers say, if they say anything yet.
pub(super) async fn settle(
    connection: &mut PgConnection,
    app: &App,
    id: AppealId,
) -> Result<Settled> {
    let found = db::moderation::find_appeal(connection, id).await?;
    let appeal = found.ok_or(Error::NotFound)?;
    if appeal.stage != Stage::Moderators {
        return Ok(Settled::default());
    }
    let standing = standing(connection, app, appeal).await?;
    let now = app.clock.now();
    let outcome = first_stage(
        &standing.appeal,
        &standing.seats,
        &standing.recused,
        &standing.approved_by,
        &standing.votes,
        usize::from(standing.governance.threshold),
        now,
    );
    match outcome {
        FirstStage::Open => Ok(Settled::default()),
        FirstStage::Overturned(warrant) => {
            overturn(
                connection,
                app,
                &warrant,
                &standing,
                &Word::moderators(&standing),
            )
            .await
        }
        FirstStage::Upheld => {
            uphold(connection, app, &standing, &Word::moderators(&standing)).await?;
            Ok(Settled::default())
        }
        FirstStage::ToBoard => {
            let due_at = now + Governance::lasting(standing.governance.appeal_stage2);
            db::moderation::appeal_to_board(connection, id, due_at).await?;
            let mut entry = NewEntry::new(EntryKind::Internal);
            entry.action = Some("appeal.escalated".into());
            entry.private.insert("appeal".into(), json!(id.to_string()));
            log::append(connection, app, entry).await?;
            tell(connection, Event::AppealEscalated, About::Appeal(id)).await?;
            Ok(Settled::default())
        }
    }
}

/// Who has the word.
pub(super) struct Word {
    overturning: Vec<PersonId>,
    upholding: Vec<PersonId>,
    decision: Option<DecisionId>,
}

impl Word {
    /// The moderators.
    fn moderators(standing: &Standing) -> Self {
        let of = |wanted: AppealAnswer| {
            standing
                .votes
                .iter()
                .filter(|vote| vote.answer == wanted && !standing.recused.contains(&vote.person))
                .map(|vote| vote.person)
                .collect()
        };
        Self {
            overturning: of(AppealAnswer::Overturn),
            upholding: of(AppealAnswer::Uphold),
            decision: None,
        }
    }

    /// The board.
    pub(super) fn board(decision: DecisionId, by: &[PersonId], outcome: AppealAnswer) -> Self {
        let (overturning, upholding) = match outcome {
            AppealAnswer::Overturn => (by.to_vec(), Vec::new()),
            AppealAnswer::Uphold => (Vec::new(), by.to_vec()),
        };
        Self {
            overturning,
            upholding,
            decision: Some(decision),
        }
    }
}

/// The decision stands.
pub(super) async fn uphold(
    connection: &mut PgConnection,
    app: &App,
    standing: &Standing,
    word: &Word,
) -> Result<()> {
    let mut entry = entry(EntryKind::AppealUpheld, standing, word);
    entry.approved_by.clone_from(&word.upholding);
    entry.objected.clone_from(&word.overturning);
    log::append(connection, app, entry).await?;
    let id = standing.appeal.id;
    db::moderation::appeal_upheld(connection, id, word.decision, app.clock.now()).await?;
    mail::tell(
        connection,
        standing.appeal.account_id,
        Occasion::AppealUpheld,
    )
    .await?;
    tell_of_end(connection, id).await
}

/// The decision was wrong: everything it changed and that is still so goes back to what it was, and the strike does not count
/// any more.
pub(super) async fn overturn(
    connection: &mut PgConnection,
    app: &App,
    warrant: &Warrant,
    standing: &Standing,
    word: &Word,
) -> Result<Settled> {
    let mut undone: Vec<(Target, Vec<Effect>)> = Vec::new();
    for outcome in db::moderation::outcomes_of(connection, standing.proposal.id).await? {
        if concerns(connection, &outcome.target, standing).await? {
            let back = settle::still_ours(connection, &outcome).await?;
            undone.push((outcome.target, back));
        }
    }
    let strike = Target::Strike(standing.strike.id.get());
    let from = db::moderation::state_of(connection, &strike, Field::Overruled).await?;
    let overruled = from.is_none().then_some(Effect {
        target: strike,
        field: Field::Overruled,
        from: None,
        to: Some(json!(true)),
    });
    let effects: Vec<Effect> = undone
        .iter()
        .flat_map(|(_, effects)| effects.iter().cloned())
        .chain(overruled)
        .collect();
    let mut entry = entry(EntryKind::AppealOverturned, standing, word);
    entry.approved_by.clone_from(&word.overturning);
    entry.objected.clone_from(&word.upholding);
    let seq = executor::enact(connection, app, warrant, entry, effects).await?;
    for (target, effects) in &undone {
        let measure = Measure {
            proposal: &standing.proposal,
            target,
            effects,
            seq,
            extent: Extent::Undone,
        };
        executor::follow_up(connection, app, warrant, &measure).await?;
    }
    let id = standing.appeal.id;
    let now = app.clock.now();
    db::moderation::appeal_overturned(connection, warrant, id, word.decision, now).await?;
    tell_of_end(connection, id).await?;
    Ok(Settled {
        targets: undone.into_iter().map(|(target, _)| target).collect(),
    })
}

/// Whether a target of a proposal is the appealing member, or theirs: a batch is appealed by each of them alone.
async fn concerns(
    connection: &mut PgConnection,
    target: &Target,
    standing: &Standing,
) -> Result<bool> {
    let member = standing.appeal.account_id;
    Ok(match target {
        Target::Account(account) => *account == member,
        Target::Status(status) => db::moderation::authors_of(connection, &[*status])
            .await?
            .contains(&member),
        _ => false,
    })
}

fn entry(kind: EntryKind, standing: &Standing, word: &Word) -> NewEntry {
    let mut entry = NewEntry::new(kind);
    let proposal = &standing.proposal;
    entry.action = Some(proposal.kind.as_str().into());
    entry.target = Some(Target::Account(standing.appeal.account_id));
    entry.category = Some(proposal.category);
    entry.rules.clone_from(&proposal.rule_ids);
    entry.guideline_version = proposal.guideline_version;
    entry.related = vec![standing.strike.log_seq];
    entry.board_decision = word.decision;
    entry.recused = standing
        .seats
        .iter()
        .filter(|seat| standing.recused.contains(&seat.holder.id))
        .map(|seat| seat.no)
        .collect();
    entry
        .private
        .insert("appeal".into(), json!(standing.appeal.id.to_string()));
    entry
        .private
        .insert("strike".into(), json!(standing.strike.id.to_string()));
    entry
}

async fn tell_of_end(connection: &mut PgConnection, id: AppealId) -> Result<()> {
    tell(connection, Event::AppealDecided, About::Appeal(id)).await
}
