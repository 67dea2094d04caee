//! Reports, and the cases they make up.

use serde_json::Value;
use time::OffsetDateTime;

use super::{PersonId, ProposalId};
use crate::{
    id::{AccountId, Id, StatusId},
    visibility::Visibility,
};

/// Id of a [`Case`].
pub type CaseId = Id<Case>;
/// Id of a [`Report`].
pub type ReportId = Id<Report>;

/// The reports about one account that are not closed yet, or were closed together.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// Its id.
    pub id: CaseId,
    /// Whom it is about, while that account exists.
    pub target_id: Option<AccountId>,
    /// Still to be decided.
    pub is_open: bool,
    /// Of the newest report, unless a moderator has said otherwise.
    pub category: Category,
    /// Place in the queue: higher comes first.
    pub score: i32,
    /// When the first report came.
    pub opened_at: OffsetDateTime,
    /// When a moderator first looked.
    pub first_seen_at: Option<OffsetDateTime>,
    /// Who is at work on it.
    pub claimed_by: Option<PersonId>,
    /// When it was closed.
    pub closed_at: Option<OffsetDateTime>,
    /// Whether something was done.
    pub outcome: Option<CaseOutcome>,
    /// The proposal that closed it.
    pub closed_by: Option<ProposalId>,
}

/// What became of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaseOutcome {
    /// Something was done.
    Action,
    /// Nothing was.
    NoAction,
}

impl CaseOutcome {
    /// The word in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Action => "action",
            Self::NoAction => "no_action",
        }
    }

    /// Reads the word that [`Self::as_str`] writes.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "action" => Self::Action,
            "no_action" => Self::NoAction,
            _ => return None,
        })
    }
}

/// What one person or server says about an account.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// Its id.
    pub id: ReportId,
    /// The case it belongs to.
    pub case_id: CaseId,
    /// Who says it, while that account exists. Never shown outside.
    pub reporter_id: Option<AccountId>,
    /// About whom.
    pub target_id: Option<AccountId>,
    /// What kind of source it is.
    pub origin: ReportOrigin,
    /// Of what sort the trouble is.
    pub category: Category,
    /// In the reporter's words, plain text.
    pub comment: String,
    /// Posts that show it.
    pub status_ids: Vec<StatusId>,
    /// Rules that were broken.
    pub rule_ids: Vec<i32>,
    /// The reporter asked for a copy to go to the other server.
    pub forward_wanted: bool,
    /// When a copy went there.
    pub forwarded_at: Option<OffsetDateTime>,
    /// Whom Mastodon's apps show as being at work on it.
    pub assigned_to: Option<PersonId>,
    /// When it was closed.
    pub closed_at: Option<OffsetDateTime>,
    /// The proposal that closed it.
    pub closed_by: Option<ProposalId>,
    /// When it came.
    pub created_at: OffsetDateTime,
    /// When it was last changed.
    pub updated_at: OffsetDateTime,
}

/// A reported post as it was seen.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// Which post.
    pub status_id: StatusId,
    /// Its ActivityPub id.
    pub uri: String,
    /// Who could see it.
    pub visibility: Visibility,
    /// `content`, `spoiler`, `sensitive`, `attachments`, `created_at`, `edited_at`, `mentions`.
    pub seen: Value,
    /// When it was seen.
    pub seen_at: OffsetDateTime,
}

/// Id of a [`Note`].
pub type NoteId = Id<Note>;

/// What moderators write to each other about a case, or ask of the people concerned, or what those answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// Its id.
    pub id: NoteId,
    /// In which case.
    pub case_id: CaseId,
    /// What it is.
    pub kind: NoteKind,
    /// The officer who wrote it; nobody for an answer.
    pub person: Option<PersonId>,
    /// Who is asked, or answers.
    pub account: Option<AccountId>,
    /// The question that is answered.
    pub answers: Option<NoteId>,
    /// Plain text.
    pub text: String,
    /// When it was written.
    pub created_at: OffsetDateTime,
}

/// What a [`Note`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoteKind {
    /// Between moderators.
    Note,
    /// To somebody who has reported.
    QuestionToReporter,
    /// To the reported member.
    QuestionToAuthor,
    /// What they answer.
    Answer,
}

impl NoteKind {
    /// The word in the database and the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::QuestionToReporter => "question_to_reporter",
            Self::QuestionToAuthor => "question_to_author",
            Self::Answer => "answer",
        }
    }

    /// Reads the word that [`Self::as_str`] writes.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "note" => Self::Note,
            "question_to_reporter" => Self::QuestionToReporter,
            "question_to_author" => Self::QuestionToAuthor,
            "answer" => Self::Answer,
            _ => return None,
        })
    }
}

/// Of what sort the trouble is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Category {
    /// Unwanted advertising and the like.
    Spam,
    /// Against the law.
    Legal,
    /// Against a rule of this server.
    Violation,
    /// Anything else.
    Other,
    /// Against the law, and to be hidden at once.
    IllegalContent,
    /// Private data of somebody are disclosed.
    PrivateData,
    /// Somebody is threatened.
    Threat,
    /// An account in the wrong hands.
    Compromised,
    /// The service itself is attacked.
    Attack,
    /// A moderator is harassed for the office.
    ModeratorHarassment,
}

impl Category {
    /// Every category.
    pub const ALL: [Self; 10] = [
        Self::Spam,
        Self::Legal,
        Self::Violation,
        Self::Other,
        Self::IllegalContent,
        Self::PrivateData,
        Self::Threat,
        Self::Compromised,
        Self::Attack,
        Self::ModeratorHarassment,
    ];

    /// The word in the database, the API and the log.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Spam => "spam",
            Self::Legal => "legal",
            Self::Violation => "violation",
            Self::Other => "other",
            Self::IllegalContent => "illegal_content",
            Self::PrivateData => "private_data",
            Self::Threat => "threat",
            Self::Compromised => "compromised",
            Self::Attack => "attack",
            Self::ModeratorHarassment => "moderator_harassment",
        }
    }

    /// Reads the word that [`Self::as_str`] writes.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|category| category.as_str() == word)
    }

    /// The one of Mastodon's four that comes nearest, for apps.
    #[must_use]
    pub const fn for_apps(self) -> Self {
        match self {
            Self::Spam => Self::Spam,
            Self::Legal | Self::IllegalContent => Self::Legal,
            Self::Violation => Self::Violation,
            _ => Self::Other,
        }
    }

    /// Whether waiting for a second person would do harm.
    pub const fn is_an_emergency(self) -> bool {
        matches!(
            self,
            Self::Spam
                | Self::IllegalContent
                | Self::PrivateData
                | Self::Threat
                | Self::Compromised
                | Self::Attack
        )
    }
}

/// Where a report came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportOrigin {
    /// A member.
    Member,
    /// Another server.
    Remote,
    /// A moderator, in office.
    Moderator,
    /// This server itself.
    Automatic,
}

impl ReportOrigin {
    /// The word in the database and the log.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Remote => "remote",
            Self::Moderator => "moderator",
            Self::Automatic => "automatic",
        }
    }

    /// Reads the word that [`Self::as_str`] writes.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "member" => Self::Member,
            "remote" => Self::Remote,
            "moderator" => Self::Moderator,
            "automatic" => Self::Automatic,
            _ => return None,
        })
    }
}
