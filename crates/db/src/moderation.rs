//! What moderation has set, and how it was decided.
//!
//! Whatever changes the moderation state asks for a [`model::moderation::Warrant`], which only the rules of `model` can
//! make: a query here cannot be called past them.

pub mod admin;
mod appeals;
mod blocked;
mod board;
mod cases;
mod channels;
mod comments;
mod decisions;
mod documents;
pub mod effects;
mod evidence;
mod flags;
mod governance;
mod involved;
pub mod log;
mod notes;
mod persons;
mod proposals;
mod proposals_lists;
mod recusals;
mod reminders;
mod reports;
mod rows;
mod seating;
mod seats;
mod state;
mod statistics;
mod turn;
mod votes;

pub use appeals::{
    AppealVoteRow, appeal_overturned, appeal_to_board, appeal_upheld, appeal_votes,
    appeal_was_reminded, appeals_against, approvers_of, decided_appeals, find_appeal,
    insert_appeal, insert_appeal_vote, open_appeals, set_appeal_answer, set_appeal_question,
    strike_by_id, strikes_about,
};
pub use blocked::{BlockedServer, blocked_servers};
pub use board::{
    BoardMember, BoardOrigin, board_members, eligible_for_board, ever_had_board, join_board,
    leave_board, let_votes_wait, set_governance, waiting_persons,
};
pub use cases::{
    Closing, ReportsByOrigin, case_was_seen, cases_about, closed_cases, count_reports_in,
    find_case, find_open_case_about, has_recused_from_case, is_case_about, lock_case,
    open_case_about, open_cases, reopen_reports, set_case_category, set_case_claim,
    set_case_closed, set_case_open, set_case_score, voices_in_case, voices_of,
};
pub use channels::{
    HealthRow, Thread, channel_failed, channel_succeeded, channels_health, failures_to_tell,
    forget_messages_before, forget_receipt, keep_receipt, message_was_mailed, receipt, thread,
};
pub use comments::{CommentRow, comments_on, insert_comment};
pub use decisions::{
    ConfirmationRow, confirmations_of, decision_confirmed, find_decision, insert_confirmation,
    insert_decision, list_decisions, log_seqs_of_decision, new_decision_id, voted_as_moderators,
    withdraw_decision,
};
pub use documents::{
    NewVersion, document_in_force, document_versions, documents_in_force, insert_document,
    members_to_tell, members_were_told, newest_version, next_effective_at,
};
pub use evidence::{evidence_in_case, expire_cases, keep_evidence};
pub use flags::{Names, accounts_named, posts_named};
pub use governance::governance_settings;
pub use involved::{involved_in_case, mentioned_in_case};
pub use notes::{NewNote, insert_note, notes_in_case, open_questions_to};
pub use persons::{make_person, person, person_of, persons, rename_person};
pub use proposals::{
    Outcome, Relation, edited_since_reported, find_open_of_effect, find_proposal, insert_proposal,
    involved_in, is_about, is_against_office, keep_outcome, lock_proposal, log_seqs_of,
    mark_emergency, mentioned_in, new_proposal_id, outcomes_of, relation_of, replace_proposal,
    rolled_back_at, set_progress,
};
pub use proposals_lists::{
    due_proposals, list_proposals, pending_about, pending_proposals, proposals_about_case,
};
pub use recusals::{insert_recusal_from_case, insert_recusal_from_proposal, recused_from};
pub use reminders::{
    Reminding, WaitingAppeal, WaitingCase, WaitingProposal, appeal_was_nudged, case_was_reminded,
    proposal_was_reminded, waiting_appeals, waiting_cases, waiting_proposals,
};
pub use reports::{
    Forwarding, NewReport, OwnReport, ReportFilter, answer_a_member, authors_of, find_report,
    find_report_by_uri, find_same_report, forwarding, inboxes_of_answered, insert_report,
    list_reports, mark_forwarded, notify_of_report, notify_of_sign_up, open_reports_of,
    posts_known_on, posts_seen_by, reports_by, reports_by_ids, reports_from_server_since,
    reports_in_case, reports_since, set_report_category,
};
pub use seating::{
    Hindrance, NewSeat, PastSeat, decision_that_gave, end_seat, give_seat, hinder_seat,
    is_on_leave, past_seats,
};
pub use seats::{board, seat_of, seats, sits_on_board};
pub use state::{set_state, state, state_of, state_set_by};
pub use statistics::{Count, InForce, Span, log_begins, measures_in_force, statistics};
pub use turn::take_turn;
pub use votes::{insert_vote, remove_votes_of, votes_on};
