//! Opening a proposal.

use aws_lc_rs::rand;
use model::{
    StatusId,
    moderation::{
        Answer, Governance, Kind, Params, Person, Proposal, ProposalId, SeatNo, Target, Vote,
        proposal::{MOST_TARGETS, Origin, State},
        report::{CaseId, Category, ReportId},
        vote::{AuthMethod, Digest},
    },
};
use sqlx::{Connection, PgConnection};

use super::{
    Acting, ProposalView, board,
    digest::digest,
    settle,
    tell::{About, Event, tell},
    view,
};
use crate::{App, Error, FieldError, Result};

/// Characters of a public reason.
pub const LONGEST_PUBLIC_REASON: usize = 500;
/// Characters of a private reason, and of a notice.
pub const LONGEST_TEXT: usize = 5000;

/// What somebody proposes.
#[derive(Clone, Debug)]
pub struct NewProposal {
    /// What is to be done.
    pub kind: Kind,
    /// How.
    pub params: Params,
    /// To whom: one, or up to 500 of one type.
    pub targets: Vec<Target>,
    /// The reports it answers.
    pub case_id: Option<CaseId>,
    /// Which of them; all open ones of the case when empty.
    pub report_ids: Vec<ReportId>,
    /// Posts it cites.
    pub status_ids: Vec<StatusId>,
    /// Rules that were broken.
    pub rule_ids: Vec<i32>,
    /// Of what sort the trouble is.
    pub category: Category,
    /// To the public log: compulsory, neutral, at most 500 characters.
    pub reason_public: String,
    /// For the moderators.
    pub reason_private: String,
    /// To the member.
    pub notice_text: String,
    /// By which road.
    pub origin: Origin,
    /// Opened without the proposer's own approval.
    pub without_recommendation: bool,
}

impl NewProposal {
    /// A proposal about one thing, with nothing but what is compulsory.
    pub fn new(
        kind: Kind,
        target: Target,
        category: Category,
        reason: impl Into<String>,
        origin: Origin,
    ) -> Self {
        Self {
            kind,
            params: Params::default(),
            targets: vec![target],
            case_id: None,
            report_ids: Vec::new(),
            status_ids: Vec::new(),
            rule_ids: Vec::new(),
            category,
            reason_public: reason.into(),
            reason_private: String::new(),
            notice_text: String::new(),
            origin,
            without_recommendation: false,
        }
    }

    /// Makes sense of it, or says what does not: once, before anything is written.
    pub(super) fn checked(mut self) -> Result<Self> {
        if let Some(sentence) = self.kind.lacks() {
            return Err(Error::Conflict(sentence.into()));
        }
        let mut wrong = Vec::new();
        let mut say = |field, code, message: &str| {
            wrong.push(FieldError {
                field,
                code,
                message: message.into(),
            });
        };
        let mut seen = std::collections::BTreeSet::new();
        self.targets.retain(|target| seen.insert(target.clone()));
        // What closes or forwards a case answers it, whoever sends it.
        if let [Target::Case(case)] = self.targets[..] {
            if self.case_id.is_some_and(|named| named != case) {
                say(
                    "case_id",
                    "ERR_INVALID",
                    "is another case than the one it is about",
                );
            }
            self.case_id = Some(case);
        }
        if self.targets.is_empty() {
            say("targets", "ERR_BLANK", "can't be blank");
        } else if self.targets.len() > MOST_TARGETS {
            say("targets", "ERR_TOO_MANY", "are more than 500");
        } else if !self.targets.iter().all(|target| self.kind.is_about(target)) {
            say(
                "targets",
                "ERR_INVALID",
                "are not of the type this kind is about",
            );
        }
        clean(&mut self.reason_public);
        clean(&mut self.reason_private);
        clean(&mut self.notice_text);
        if self.reason_public.is_empty() {
            say("reason", "ERR_BLANK", "can't be blank");
        } else if self.reason_public.chars().count() > LONGEST_PUBLIC_REASON {
            say("reason", "ERR_TOO_LONG", "is longer than 500 characters");
        }
        for (field, text) in [
            ("reason_private", &self.reason_private),
            ("notice", &self.notice_text),
        ] {
            if text.chars().count() > LONGEST_TEXT {
                say(field, "ERR_TOO_LONG", "is longer than 5000 characters");
            }
        }
        match std::mem::take(&mut self.params).normalised(self.kind) {
            Ok(params) => self.params = params,
            Err(bad) => say("params", "ERR_INVALID", &bad.to_string()),
        }
        self.rule_ids.sort_unstable();
        self.rule_ids.dedup();
        if wrong.is_empty() {
            Ok(self)
        } else {
            Err(Error::Invalid(wrong))
        }
    }
}

fn clean(text: &mut String) {
    let kept: String = text
        .chars()
        .filter(|character| !character.is_control() || *character == '\n')
        .collect();
    kept.trim().clone_into(text);
}

/// Opens a proposal; it counts as the proposer's approval, unless that is not wanted or the board has decided otherwise.
///
/// `Invalid` when it makes no sense; `Forbidden` for whoever is recused or has not proved lately who they are;
/// `Conflict` when an open proposal says the same (approve that one), or the server lacks what the kind needs. What cannot be
/// undone, sent by an app, becomes a draft that waits for [`confirm_draft`].
pub async fn propose(app: &App, acting: &Acting, new: NewProposal) -> Result<ProposalView> {
    let new = new.checked()?;
    let mut tx = app.db.begin().await?;
    db::moderation::take_turn(&mut tx).await?;
    refuse_recused(&mut tx, app, acting, &new).await?;
    if let Some(same) = of_same_effect(&mut tx, app, &new).await? {
        return Err(Error::Conflict(format!(
            "Proposal {} already says the same: approve it instead",
            same.id
        )));
    }
    let (id, settled) = open(&mut tx, app, acting, new).await?;
    finish(app, acting, tx, id, settled).await
}

/// Opens a proposal, or approves the open one of the same effect (equal kind, targets and effect parameters): what a stock
/// call of Mastodon's admin API means. Texts and report ids of the later call become comments.
pub async fn propose_or_approve(
    app: &App,
    acting: &Acting,
    new: NewProposal,
) -> Result<ProposalView> {
    let new = new.checked()?;
    let mut tx = app.db.begin().await?;
    db::moderation::take_turn(&mut tx).await?;
    refuse_recused(&mut tx, app, acting, &new).await?;
    let Some(mut same) = of_same_effect(&mut tx, app, &new).await? else {
        let (id, settled) = open(&mut tx, app, acting, new).await?;
        return finish(app, acting, tx, id, settled).await;
    };
    let seat = acting.seat()?.no;
    let governance = board::governance(&mut tx, app).await?;
    let method = match acting.proof(&governance, app.clock.now())? {
        AuthMethod::App => AuthMethod::ApiEffect,
        other => other,
    };
    let later = [&new.reason_public, &new.reason_private, &new.notice_text];
    for text in later.into_iter().filter(|text| !text.is_empty()) {
        let comment = db::moderation::CommentRow {
            person: Some(acting.officer.person.id),
            text: text.clone(),
            at: app.clock.now(),
        };
        if *text != same.reason_public {
            db::moderation::insert_comment(&mut tx, same.id, &comment).await?;
        }
    }
    let answer = super::vote::Given {
        seat: Some(seat),
        answer: Answer::Approve,
        method,
        comment: String::new(),
    };
    let settled = super::vote::give(&mut tx, app, acting, &mut same, answer).await?;
    let id = same.id;
    finish(app, acting, tx, id, settled).await
}

/// Opens a proposal for the operator: nobody has approved it yet.
pub async fn propose_for_operator(app: &App, new: NewProposal) -> Result<ProposalId> {
    let new = new.checked()?;
    let mut tx = app.db.begin().await?;
    db::moderation::take_turn(&mut tx).await?;
    if let Some(same) = of_same_effect(&mut tx, app, &new).await? {
        return Err(Error::Conflict(format!(
            "Proposal {} already says the same",
            same.id
        )));
    }
    let proposal = write(&mut tx, app, new, None, State::Open).await?;
    tell(&mut tx, Event::ProposalOpened, About::Proposal(proposal.id)).await?;
    tx.commit().await?;
    Ok(proposal.id)
}

/// Confirms, in the browser, a draft that the same person's app has sent. An emergency measure is taken then.
pub async fn confirm_draft(app: &App, acting: &Acting, id: ProposalId) -> Result<ProposalView> {
    let mut tx = app.db.begin().await?;
    db::moderation::take_turn(&mut tx).await?;
    let mut proposal = own_draft(&mut tx, acting, id).await?;
    if acting.is_an_app() {
        return Err(Error::Forbidden("Confirm this in the browser".into()));
    }
    let settled = if proposal.emergency {
        super::emergency::begin(&mut tx, app, acting, &mut proposal).await?
    } else {
        acting.seat()?;
        if settle::is_recused(&mut tx, app, &proposal, acting.officer.person.id).await? {
            return Err(Error::Forbidden("You are recused from this".into()));
        }
        settle::open_again(&mut tx, app, &mut proposal).await?;
        db::moderation::set_progress(&mut tx, &proposal).await?;
        opened(&mut tx, app, acting, &mut proposal, false).await?
    };
    finish(app, acting, tx, id, settled).await
}

/// Throws an own draft away; it was never seen by anybody else.
pub async fn discard_draft(app: &App, acting: &Acting, id: ProposalId) -> Result<()> {
    let mut tx = app.db.begin().await?;
    db::moderation::take_turn(&mut tx).await?;
    let mut proposal = own_draft(&mut tx, acting, id).await?;
    proposal.state = State::Discarded;
    db::moderation::set_progress(&mut tx, &proposal).await?;
    tx.commit().await?;
    Ok(())
}

async fn own_draft(
    connection: &mut PgConnection,
    acting: &Acting,
    id: ProposalId,
) -> Result<Proposal> {
    let proposal = db::moderation::lock_proposal(connection, id)
        .await?
        .ok_or(Error::NotFound)?;
    let is_own = proposal.proposer == Some(acting.officer.person.id);
    if is_own && proposal.state == State::Draft {
        Ok(proposal)
    } else {
        Err(Error::NotFound)
    }
}

/// The open proposal that would do the same.
async fn of_same_effect(
    connection: &mut PgConnection,
    app: &App,
    new: &NewProposal,
) -> Result<Option<Proposal>> {
    let Some(first) = new.targets.first() else {
        return Ok(None);
    };
    let mut wanted: Vec<&Target> = new.targets.iter().collect();
    wanted.sort();
    let open = db::moderation::find_open_of_effect(connection, new.kind, first).await?;
    let now = app.clock.now();
    Ok(open.into_iter().find(|other| {
        if other.state == State::Open && other.expires_at <= now {
            return false;
        }
        let mut targets: Vec<&Target> = other.targets.iter().collect();
        targets.sort();
        targets == wanted && other.params.have_the_effect_of(&new.params)
    }))
}

/// Before anything is said about what is there already: whoever is recused learns nothing of it.
async fn refuse_recused(
    connection: &mut PgConnection,
    app: &App,
    acting: &Acting,
    new: &NewProposal,
) -> Result<()> {
    let seat = acting.seat()?.no;
    let proposer = Some((&acting.officer.person, seat));
    let mut trial = connection.begin().await?;
    let proposal = write(&mut trial, app, new.clone(), proposer, State::Draft).await?;
    let is_recused =
        settle::is_recused(&mut trial, app, &proposal, acting.officer.person.id).await?;
    trial.rollback().await?;
    if is_recused {
        return Err(Error::Forbidden(
            "You are recused from this, so you cannot propose anything about it".into(),
        ));
    }
    Ok(())
}

/// A case is answered by what concerns the one it is about, and posts are cited against their authors.
pub(super) async fn refuse_unrelated(
    connection: &mut PgConnection,
    proposal: &Proposal,
) -> Result<()> {
    let relation = db::moderation::relation_of(connection, proposal.id).await?;
    if !relation.case_fits {
        return Err(Error::invalid(
            "case_id",
            "ERR_INVALID",
            "is about somebody else",
        ));
    }
    if !relation.posts_fit {
        return Err(Error::invalid(
            "status_ids",
            "ERR_INVALID",
            "are not all by whom it is about",
        ));
    }
    Ok(())
}

async fn open(
    connection: &mut PgConnection,
    app: &App,
    acting: &Acting,
    new: NewProposal,
) -> Result<(ProposalId, settle::Settled)> {
    let seat = acting.seat()?.no;
    let waits = new.kind.is_irreversible() && acting.is_an_app();
    let state = if waits { State::Draft } else { State::Open };
    let silent = new.without_recommendation;
    let proposer = Some((&acting.officer.person, seat));
    if waits && silent {
        return Err(Error::invalid(
            "without_recommendation",
            "ERR_INVALID",
            "is not possible for what waits to be confirmed in the browser",
        ));
    }
    let mut proposal = write(connection, app, new, proposer, state).await?;
    let id = proposal.id;
    if waits {
        return Ok((id, settle::Settled::default()));
    }
    let settled = opened(connection, app, acting, &mut proposal, silent).await?;
    Ok((id, settled))
}

/// What follows when a proposal is open: the others are told, and it may count as an approval.
async fn opened(
    connection: &mut PgConnection,
    app: &App,
    acting: &Acting,
    proposal: &mut Proposal,
    silent: bool,
) -> Result<settle::Settled> {
    let governance = board::governance(connection, app).await?;
    tell(
        connection,
        Event::ProposalOpened,
        About::Proposal(proposal.id),
    )
    .await?;
    if silent || !governance.proposer_counts {
        return settle::settle(connection, app, proposal).await;
    }
    let given = super::vote::Given {
        seat: Some(acting.seat()?.no),
        answer: Answer::Approve,
        method: acting.proof(&governance, app.clock.now())?,
        comment: String::new(),
    };
    super::vote::give(connection, app, acting, proposal, given).await
}

/// Writes a proposal down.
pub(super) async fn write(
    connection: &mut PgConnection,
    app: &App,
    new: NewProposal,
    proposer: Option<(&Person, SeatNo)>,
    state: State,
) -> Result<Proposal> {
    let now = app.clock.now();
    let governance = board::governance(connection, app).await?;
    let report_ids = reports_of(connection, &new).await?;
    let first = new.targets.first().cloned();
    let others = match &first {
        Some(target) => db::moderation::pending_about(connection, target).await?,
        None => Vec::new(),
    };
    let mut proposal = Proposal {
        id: ProposalId::new(db::moderation::new_proposal_id(connection, now).await?),
        kind: new.kind,
        params: new.params,
        targets: new.targets,
        state,
        revision: 1,
        salt: random_salt()?,
        digest: Digest::default(),
        case_id: new.case_id,
        report_ids,
        status_ids: new.status_ids,
        rule_ids: new.rule_ids,
        guideline_version: board::guideline_version(connection, now).await?,
        category: new.category,
        reason_public: new.reason_public,
        reason_private: new.reason_private,
        notice_text: new.notice_text,
        proposer: proposer.map(|(person, _)| person.id),
        proposer_seat: proposer.map(|(_, seat)| seat),
        origin: new.origin,
        emergency: false,
        opened_at: now,
        expires_at: now + Governance::lasting(governance.proposal_ttl),
        decided_at: None,
        execute_at: None,
        executed_at: None,
        ratify_by: None,
        blocked_since: None,
        related_id: others.first().map(|other| other.id),
        reserved_id: db::moderation::new_proposal_id(connection, now).await?,
        failure: None,
    };
    proposal.digest = digest(app, &proposal)?;
    db::moderation::insert_proposal(connection, &proposal).await?;
    refuse_unrelated(connection, &proposal).await?;
    Ok(proposal)
}

/// The reports it answers: those named, as far as they belong to the case, or all of it that are open.
pub(super) async fn reports_of(
    connection: &mut PgConnection,
    new: &NewProposal,
) -> Result<Vec<ReportId>> {
    let Some(case) = new.case_id else {
        return Ok(Vec::new());
    };
    let open = db::moderation::open_reports_of(connection, case).await?;
    if open.is_empty() {
        return Err(Error::invalid(
            "case_id",
            "ERR_INVALID",
            "has no open reports",
        ));
    }
    if !new.report_ids.iter().all(|id| open.contains(id)) {
        return Err(Error::invalid(
            "report_ids",
            "ERR_INVALID",
            "are not all open reports of this case",
        ));
    }
    Ok(if new.report_ids.is_empty() {
        open
    } else {
        new.report_ids.clone()
    })
}

pub(super) fn random_salt() -> Result<Vec<u8>> {
    let mut salt = vec![0; 32];
    rand::fill(&mut salt).map_err(|_| Error::internal(anyhow::anyhow!("no randomness")))?;
    Ok(salt)
}

/// Commits, tells, and shows what has become of it.
pub(super) async fn finish(
    app: &App,
    acting: &Acting,
    mut tx: sqlx::Transaction<'_, sqlx::Postgres>,
    id: ProposalId,
    settled: settle::Settled,
) -> Result<ProposalView> {
    let proposal = db::moderation::find_proposal(&mut tx, id)
        .await?
        .ok_or(Error::NotFound)?;
    let view = view::view_of(&mut tx, app, acting, proposal).await?;
    tx.commit().await?;
    settled.tell(app);
    Ok(view)
}

/// A vote as it is written down.
pub(super) fn ballot_paper(
    proposal: &Proposal,
    person: &Person,
    given: &super::vote::Given,
    now: time::OffsetDateTime,
) -> Vote {
    Vote {
        revision: proposal.revision,
        seat: given.seat,
        person: person.id,
        answer: given.answer,
        digest: proposal.digest,
        method: given.method,
        comment: given.comment.clone(),
        at: now,
    }
}
