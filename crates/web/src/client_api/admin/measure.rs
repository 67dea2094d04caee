//! From what a stock call says to a proposal.

use model::{
    AccountId,
    moderation::{
        Kind, Target,
        proposal::Origin,
        report::{Category, ReportId},
    },
};
use service::moderation::{Acting, propose::NewProposal, reports};

use crate::{State, error::ApiError};

/// What the public log says where the app has no field for a reason.
const NO_REASON: &str = "Proposed with an app that asks for no public reason.";

/// A proposal of this kind, by an app that gives no reasons.
pub(super) fn measure(kind: Kind, target: Target) -> NewProposal {
    NewProposal::new(kind, target, Category::Other, NO_REASON, Origin::Api)
}

/// The same, with the public reason that was given, if one was.
pub(super) fn because(kind: Kind, target: Target, reason: Option<String>) -> NewProposal {
    let mut new = measure(kind, target);
    if let Some(reason) = reason.filter(|reason| !reason.trim().is_empty()) {
        new.reason_public = reason;
    }
    new
}

/// Cites a report. It must be about the account, and for the caller to see.
pub(super) async fn citing(
    state: &State,
    acting: &Acting,
    mut new: NewProposal,
    (report, target): (ReportId, AccountId),
) -> Result<NewProposal, ApiError> {
    let view = reports::show(&state.app, acting, report).await?;
    let report = view.report;
    if report.target_id != Some(target) {
        return Err(ApiError::NotFound);
    }
    new.category = report.category;
    new.rule_ids.clone_from(&report.rule_ids);
    new.status_ids.clone_from(&report.status_ids);
    // A report that is closed already is not closed again.
    if report.closed_at.is_none() {
        new.case_id = Some(report.case_id);
    }
    Ok(new)
}
