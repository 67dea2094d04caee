//! Opening a proposal.

use model::{
    StatusId,
    moderation::{
        Kind, Params, ProposalId, Target,
        proposal::Origin,
        report::{CaseId, Category, ReportId},
    },
};

use super::{Acting, ProposalView};
use crate::{App, Result};

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
    pub fn new(kind: Kind, target: Target, category: Category, reason: impl Into<String>, origin: Origin) -> Self {
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
}

/// Opens a proposal; it counts as the proposer's approval unless that is not wanted or the board has decided otherwise. When
/// one approval suffices... it never does: the threshold is at least 2.
///
/// `Invalid` when it makes no sense; `Forbidden` for whoever is recused or has not proved lately who they are;
/// `Conflict` when an open proposal says the same (approve that one), or the server lacks what the kind needs.
pub async fn propose(app: &App, acting: &Acting, new: NewProposal) -> Result<ProposalView> {
    let _ = (app, acting, new);
    todo!("lead")
}

/// Opens a proposal for the operator: nobody has approved it yet. For `moot moderation propose`.
pub async fn propose_for_operator(app: &App, new: NewProposal) -> Result<ProposalId> {
    let _ = (app, new);
    todo!("lead")
}

/// Opens a proposal, or approves the open one of the same effect (equal kind, targets and effect parameters): what a stock
/// call of Mastodon's admin API means. Texts and report ids of the later call become comments.
pub async fn propose_or_approve(app: &App, acting: &Acting, new: NewProposal) -> Result<ProposalView> {
    let _ = (app, acting, new);
    todo!("lead")
}
