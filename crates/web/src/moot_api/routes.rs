//! The table of contents of Moot's own API.

use mastodon::{
    forms::{
        admin::Look,
        moot::{
            AppealBallot, Ballot, Category, ListCases, ListDecisions, ListProposals, NewDecision,
            NewProposal, Question, Recuse, Words,
        },
    },
    moot::{Appeal, Case, Decision, Document, Governance, InForce, Proposal, Seat},
};
use serde_json::Value;

use super::{appeals, ballots, cases, decisions, description, governance, log, proposals, seats};
use crate::client_api::{
    access::{
        ADMIN_READ_PROPOSALS, ADMIN_READ_REPORTS, ADMIN_WRITE_PROPOSALS, ADMIN_WRITE_REPORTS,
        Access::{Anybody, Member},
    },
    routes::{Route, get, post, put},
};

/// An empty object.
type Nothing = serde_json::Map<String, Value>;

/// Every route.
pub(crate) fn routes() -> Vec<Route> {
    let mut routes = decided_together();
    routes.extend(about_reports());
    routes.extend(of_the_board());
    routes.extend(for_everybody());
    routes.extend(log::routes());
    routes
}

#[rustfmt::skip]
fn decided_together() -> Vec<Route> {
    let (read, write) = (Member(ADMIN_READ_PROPOSALS), Member(ADMIN_WRITE_PROPOSALS));
    vec![
        get("/api/moot/v1/queue", read, proposals::waiting).told("What waits for a decision, most urgent first.").gives::<Vec<Proposal>>(),
        get("/api/moot/v1/proposals", read, proposals::list).told("Proposals, newest first.").takes::<ListProposals>().gives::<Vec<Proposal>>(),
        post("/api/moot/v1/proposals", write, proposals::create).told("Proposes a measure; that is an approval, too, unless it is not wanted. 202 and a draft for what cannot be undone.").takes::<NewProposal>().gives::<Proposal>(),
        post("/api/moot/v1/emergency", write, proposals::take).told("Drafts a measure that cannot wait; confirmed in a browser, it is in force until it is ratified or rolls back by itself.").takes::<NewProposal>().gives::<Proposal>(),
        get("/api/moot/v1/proposals/{id}", read, proposals::show).told("A proposal, with what it would do.").gives::<Proposal>(),
        post("/api/moot/v1/proposals/{id}/approve", write, ballots::approve).told("Approves what was seen; 409 with what there is now when it has changed.").takes::<Ballot>().gives::<Proposal>(),
        post("/api/moot/v1/proposals/{id}/object", write, ballots::object).told("Objects, for a reason.").takes::<Ballot>().gives::<Proposal>(),
        post("/api/moot/v1/proposals/{id}/abstain", write, ballots::abstain).told("Says neither yes nor no.").takes::<Ballot>().gives::<Proposal>(),
        post("/api/moot/v1/proposals/{id}/ratify", write, ballots::ratify).told("Approves an emergency measure that is in force.").takes::<Ballot>().gives::<Proposal>(),
        post("/api/moot/v1/proposals/{id}/amend", write, proposals::change).told("Proposes something else instead; everybody votes anew.").takes::<NewProposal>().gives::<Proposal>(),
        post("/api/moot/v1/proposals/{id}/withdraw", write, proposals::take_back).told("Takes an own proposal back.").gives::<Proposal>(),
        post("/api/moot/v1/proposals/{id}/stop", write, proposals::stop).told("Stops what is decided and cools off; also by the board.").gives::<Proposal>(),
        post("/api/moot/v1/proposals/{id}/recuse", write, proposals::stand_aside).told("Stands aside for good.").takes::<Recuse>().gives::<Nothing>(),
        post("/api/moot/v1/proposals/{id}/comments", write, proposals::say).told("Writes something to the other moderators.").takes::<Words>().gives::<Proposal>(),
    ]
}

#[rustfmt::skip]
fn about_reports() -> Vec<Route> {
    let (read, write) = (Member(ADMIN_READ_REPORTS), Member(ADMIN_WRITE_REPORTS));
    let (read_decisions, decide) = (Member(ADMIN_READ_PROPOSALS), Member(ADMIN_WRITE_PROPOSALS));
    vec![
        get("/api/moot/v1/cases", read, cases::list).told("Cases: all open reports about one account are one.").takes::<ListCases>().gives::<Vec<Case>>(),
        get("/api/moot/v1/cases/{id}", read, cases::show).told("A case with its notes and the reported posts as they were seen.").takes::<Look>().gives::<Case>(),
        post("/api/moot/v1/cases/{id}/claim", write, cases::claim).told("Shows the caller as being at work on it.").gives::<Case>(),
        post("/api/moot/v1/cases/{id}/unclaim", write, cases::unclaim).told("Shows nobody as being at work on it.").gives::<Case>(),
        post("/api/moot/v1/cases/{id}/reopen", write, cases::reopen).told("Opens a closed case again.").gives::<Case>(),
        post("/api/moot/v1/cases/{id}/notes", write, cases::note).told("Writes something to the other moderators.").takes::<Words>().gives::<Case>(),
        post("/api/moot/v1/cases/{id}/questions", write, cases::ask).told("Asks whoever reported or was reported, if they are members.").takes::<Question>().gives::<Case>(),
        put("/api/moot/v1/cases/{id}/category", write, cases::categorise).told("Says of what sort the trouble is.").takes::<Category>().gives::<Case>(),
        post("/api/moot/v1/cases/{id}/recuse", write, cases::stand_aside).told("Stands aside from the case and all that is proposed about it, for good.").takes::<Recuse>().gives::<Nothing>(),
        get("/api/moot/v1/appeals", read_decisions, appeals::list).told("Appeals that are still to be decided, or were.").takes::<ListCases>().gives::<Vec<Appeal>>(),
        get("/api/moot/v1/appeals/{id}", read_decisions, appeals::show).told("An appeal.").gives::<Appeal>(),
        post("/api/moot/v1/appeals/{id}/vote", decide, appeals::vote).told("A moderator's answer to an appeal.").takes::<AppealBallot>().gives::<Appeal>(),
        post("/api/moot/v1/appeals/{id}/question", decide, appeals::ask).told("The one question that the member may be asked.").takes::<Words>().gives::<Appeal>(),
    ]
}

#[rustfmt::skip]
fn of_the_board() -> Vec<Route> {
    let (read, write) = (Member(ADMIN_READ_PROPOSALS), Member(ADMIN_WRITE_PROPOSALS));
    vec![
        get("/api/moot/v1/board/decisions", read, decisions::list).told("What the board has decided, and what waits to be confirmed.").takes::<ListDecisions>().gives::<Vec<Decision>>(),
        post("/api/moot/v1/board/decisions", write, decisions::record).told("Records a decision of the board.").takes::<NewDecision>().gives::<Decision>(),
        get("/api/moot/v1/board/decisions/{id}", read, decisions::show).told("A decision of the board.").gives::<Decision>(),
        post("/api/moot/v1/board/decisions/{id}/confirm", write, decisions::confirm).told("Confirms what another member of the board has recorded.").takes::<Ballot>().gives::<Decision>(),
        post("/api/moot/v1/board/decisions/{id}/withdraw", write, decisions::withdraw).told("Takes back what is not confirmed yet.").gives::<Decision>(),
        get("/api/moot/v1/board/seats", read, seats::list).told("Every seat, vacant ones included.").gives::<Vec<Seat>>(),
        post("/api/moot/v1/seat/step_down", write, seats::step_down).told("Gives the own seat up, at once and for good.").gives::<Vec<Seat>>(),
        post("/api/moot/v1/seat/leave", write, seats::leave).told("Is away for a while and does not vote.").gives::<Vec<Seat>>(),
        post("/api/moot/v1/seat/return", write, seats::come_back).told("Is back.").gives::<Vec<Seat>>(),
    ]
}

#[rustfmt::skip]
fn for_everybody() -> Vec<Route> {
    vec![
        get("/api/moot/v1/governance", Anybody(&[]), governance::show).told("Who decides here, and how.").gives::<Governance>(),
        get("/api/moot/v1/documents", Anybody(&[]), governance::list).told("The documents in force.").gives::<Vec<InForce>>(),
        get("/api/moot/v1/documents/{kind}", Anybody(&[]), governance::versions).told("Every adopted version of a document.").gives::<Vec<InForce>>(),
        get("/api/moot/v1/documents/{kind}/{version}", Anybody(&[]), governance::version).told("One version of a document.").gives::<Document>(),
        get("/api/moot/v1/openapi.json", Anybody(&[]), description::show).told("This description.").gives::<Nothing>(),
    ]
}
