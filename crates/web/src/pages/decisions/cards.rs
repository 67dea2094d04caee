//! Decisions, questions and reports as their page shows them.

use model::moderation::{
    Person,
    appeal::{Appeal, Stage},
    report::{CaseOutcome, Note, NoteKind},
};
use service::moderation::{appeals::DecisionView, reports::OwnReport};

use crate::pages::cards::Moment;

/// A decision about the member.
pub(super) struct Decision {
    pub(super) id: String,
    /// What was done, as a sentence.
    pub(super) what: &'static str,
    /// What the moderators wrote to the member.
    pub(super) text: String,
    pub(super) posts: usize,
    pub(super) rules: Vec<String>,
    pub(super) by: Vec<String>,
    pub(super) at: Moment,
    pub(super) until: Moment,
    pub(super) is_provisional: bool,
    pub(super) overruled: Option<Moment>,
    pub(super) may_appeal: bool,
    pub(super) appeal: Option<AppealCard>,
    /// Its entry in the public log.
    pub(super) entry: String,
}

/// An appeal against a decision.
pub(super) struct AppealCard {
    pub(super) id: String,
    pub(super) text: String,
    pub(super) at: Moment,
    /// How far it has come, as a sentence.
    pub(super) stage: &'static str,
    pub(super) due: Option<Moment>,
    pub(super) question: Option<String>,
    pub(super) answer: Option<String>,
    pub(super) may_answer: bool,
}

/// Something that moderators ask the member.
pub(super) struct Question {
    pub(super) id: String,
    pub(super) text: String,
    pub(super) at: Moment,
    /// It is about what the member has done, and not about what they have reported.
    pub(super) is_to_author: bool,
}

/// Something that the member has reported.
pub(super) struct Reported {
    pub(super) at: Moment,
    pub(super) outcome: &'static str,
}

impl From<DecisionView> for Decision {
    fn from(view: DecisionView) -> Self {
        let strike = view.strike;
        Self {
            id: strike.id.to_string(),
            what: in_words(&strike.action),
            posts: strike.status_ids.len(),
            rules: view.rules,
            by: view.approved_by.iter().map(named).collect(),
            at: Moment::new(strike.created_at),
            until: Moment::new(strike.appealable_until),
            is_provisional: view.is_provisional,
            overruled: strike.overruled_at.map(Moment::new),
            may_appeal: view.may_appeal,
            appeal: view.appeal.map(AppealCard::from),
            entry: format!("/moderation/{}", strike.log_seq),
            text: strike.text,
        }
    }
}

/// Mastodon's words for what a strike did.
fn in_words(action: &str) -> &'static str {
    match action {
        "disable" => "Your account was frozen: you cannot use it until this is lifted.",
        "mark_statuses_as_sensitive" => "Media of posts of yours were marked as sensitive.",
        "delete_statuses" => "Posts of yours were taken away.",
        "sensitive" => "All your media are marked as sensitive.",
        "silence" => "Your account was limited: only people who follow you see it.",
        "suspend" => "Your account was suspended.",
        _ => "You were warned.",
    }
}

fn named(person: &Person) -> String {
    format!(
        "{} (@{})",
        person.name,
        person.handle.trim_start_matches('@')
    )
}

impl From<Appeal> for AppealCard {
    fn from(appeal: Appeal) -> Self {
        let is_open = matches!(appeal.stage, Stage::Moderators | Stage::Board);
        Self {
            id: appeal.id.to_string(),
            at: Moment::new(appeal.filed_at),
            stage: match appeal.stage {
                Stage::Moderators => "The moderators look at the decision again.",
                Stage::Board => "The board has the last word on it.",
                Stage::Overturned => "The decision was wrong, and is undone.",
                Stage::Upheld => "The decision stands. This is the last word on it.",
            },
            due: appeal.due_at.map(Moment::new),
            may_answer: is_open && appeal.question.is_some() && appeal.answer.is_none(),
            text: appeal.text,
            question: appeal.question,
            answer: appeal.answer,
        }
    }
}

impl From<Note> for Question {
    fn from(note: Note) -> Self {
        Self {
            id: note.id.to_string(),
            at: Moment::new(note.created_at),
            is_to_author: note.kind == NoteKind::QuestionToAuthor,
            text: note.text,
        }
    }
}

impl From<OwnReport> for Reported {
    fn from(report: OwnReport) -> Self {
        Self {
            at: Moment::day(report.created_at),
            outcome: match (report.closed_at, report.outcome) {
                (None, _) => "not decided yet",
                (Some(_), Some(CaseOutcome::NoAction)) => "looked at; nothing was done",
                (Some(_), _) => "looked at; something was done",
            },
        }
    }
}
