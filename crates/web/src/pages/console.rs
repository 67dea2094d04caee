//! The moderators' console: what waits, what is known about it, and how each of them answers.
//!
//! Everything works without script and by keyboard alone; what decides is computed by the operations and never by the page
//! (S67). Whoever holds no office finds nothing here.

mod appeals;
mod audit;
mod case;
mod case_line;
mod case_work;
mod channels;
mod discuss;
mod drafts;
mod emergency;
mod exposure;
mod form;
mod gate;
mod outline;
mod parts;
mod proposal;
mod proposals;
mod propose;
mod queue;
mod seat;
mod seen;
mod targets;
mod vote;
mod warnings;

use axum::{
    Router,
    routing::{get, post},
};

pub(super) use appeals::AppealOutline;
pub(super) use gate::{Room, board_member};
pub(super) use outline::Outline;
pub(super) use parts::Part;
pub(super) use seat::state_words;
pub(super) use vote::digest;

use crate::State;

/// Where everything begins.
pub(super) const HOME: &str = "/console";

/// Every page of it.
pub(super) fn router() -> Router<State> {
    Router::new()
        .route("/console", get(queue::show))
        .route("/console/proposals", get(proposals::show))
        .route("/console/proposals/{id}", get(proposal::show))
        .route("/console/proposals/{id}/vote", post(vote::submit))
        .route("/console/proposals/{id}/comment", post(discuss::comment))
        .route("/console/proposals/{id}/recuse", post(discuss::recuse))
        .route("/console/proposals/{id}/withdraw", post(discuss::withdraw))
        .route("/console/proposals/{id}/confirm", post(drafts::confirm))
        .route("/console/proposals/{id}/discard", post(drafts::discard))
        .route("/console/proposals/{id}/stop", post(discuss::stop))
        .route(
            "/console/proposals/{id}/amend",
            get(propose::amend).post(propose::submit_amendment),
        )
        .route("/console/propose", get(propose::show).post(propose::submit))
        .route(
            "/console/emergency",
            get(emergency::show).post(emergency::submit),
        )
        .route("/console/cases/{id}", get(case::show))
        .route("/console/cases/{id}/{what}", post(case_work::submit))
        .route("/console/appeals", get(appeals::list))
        .route("/console/appeals/{id}", get(appeals::show))
        .route("/console/appeals/{id}/vote", post(appeals::vote))
        .route("/console/appeals/{id}/ask", post(appeals::ask))
        .route("/console/audit", get(audit::show))
        .route("/console/audit/{seq}", get(audit::entry).post(audit::look))
        .route("/console/channels", get(channels::show))
        .route("/console/seat", get(seat::show))
        .route("/console/seat/step_down", post(seat::step_down))
        .route("/console/seat/leave", post(seat::leave))
        .route("/console/seat/return", post(seat::come_back))
}
