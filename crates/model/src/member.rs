//! Members: the people who have an account here and can sign in.

use time::OffsetDateTime;

use crate::{
    account::{Account, SuspensionOrigin},
    id::{AccountId, PasskeyId, SessionId},
    visibility::Visibility,
};

/// What only a member has, beside the account that everybody sees.
#[derive(Clone, Debug)]
pub struct Member {
    /// The account.
    pub account: Account,
    /// Address for mail from the server.
    pub email: Option<String>,
    /// What the organisation lets this person do.
    pub role: Role,
    /// Language of pages and mail, ISO 639.
    pub locale: String,
    /// How new posts are shown unless the app says otherwise.
    pub defaults: PostingDefaults,
    /// When the mail address was shown to be theirs.
    pub confirmed_at: Option<OffsetDateTime>,
    /// When somebody let them in.
    pub approved_at: Option<OffsetDateTime>,
    /// When their sign-in was switched off.
    pub disabled_at: Option<OffsetDateTime>,
    /// Last seen, to the day.
    pub last_active_at: Option<OffsetDateTime>,
    /// When they joined.
    pub created_at: OffsetDateTime,
    /// What the organisation's groups make them eligible for.
    pub eligible_for: Vec<Office>,
    /// When they left the organisation.
    pub left_at: Option<OffsetDateTime>,
    /// When a leaver's account comes to its end.
    pub ends_at: Option<OffsetDateTime>,
}

impl Member {
    /// What keeps this person from using the server, if anything does.
    pub fn standing(&self) -> Standing {
        if self.account.is_suspended() {
            Standing::Suspended
        } else if self.left_at.is_some() {
            Standing::Left
        } else if self.disabled_at.is_some() {
            Standing::Disabled
        } else if self.approved_at.is_none() {
            Standing::AwaitsApproval
        } else if self.confirmed_at.is_none() {
            Standing::AwaitsConfirmation
        } else {
            Standing::Good
        }
    }

    /// Whether moderators have shut this person out: they can still appeal and take their data along.
    pub fn is_shut_out(&self) -> bool {
        let is_suspended = matches!(self.account.suspended, Some((_, SuspensionOrigin::Local)));
        is_suspended || self.disabled_at.is_some()
    }
}

/// Whether a member may use the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Yes.
    Good,
    /// The mail address is not confirmed yet.
    AwaitsConfirmation,
    /// Nobody has let them in yet.
    AwaitsApproval,
    /// Sign-in is switched off.
    Disabled,
    /// The account is suspended.
    Suspended,
    /// They have left the organisation; only the leaver's page is open to them.
    Left,
}

/// What somebody can be chosen for or charged with, by the organisation's groups. Being eligible is not yet
/// holding the office: a moderator's seat is given by the board alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Office {
    /// May be given a moderator's seat.
    Candidate,
    /// Sits on the organisation's board.
    Board,
    /// Runs the machines.
    Operator,
}

impl Office {
    /// The word in settings and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Candidate => "candidate",
            Self::Board => "board",
            Self::Operator => "operator",
        }
    }

    /// Reads the word that [`Self::as_str`] writes.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "candidate" => Self::Candidate,
            "board" => Self::Board,
            "operator" => Self::Operator,
            _ => return None,
        })
    }
}

/// How new posts of a member are shown unless the app says otherwise.
#[derive(Clone, Debug)]
pub struct PostingDefaults {
    /// Who they are for.
    pub visibility: Visibility,
    /// Media are hidden.
    pub sensitive: bool,
    /// Language, ISO 639.
    pub language: Option<String>,
}

/// What the organisation lets a member do. Seats and the board itself come with moderation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// An ordinary member.
    Member,
    /// Holds a moderator's seat.
    Moderator,
    /// Sits on the board.
    Board,
    /// Both, in the test profile only.
    Admin,
}

impl Role {
    /// The word on the command line and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Moderator => "moderator",
            Self::Board => "board",
            Self::Admin => "admin",
        }
    }

    /// Reads the word that [`Self::as_str`] writes.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "member" => Self::Member,
            "moderator" => Self::Moderator,
            "board" => Self::Board,
            "admin" => Self::Admin,
            _ => return None,
        })
    }
}

/// A browser that is signed in.
#[derive(Clone, Debug)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// Who is signed in.
    pub account_id: AccountId,
    /// When they signed in.
    pub created_at: OffsetDateTime,
    /// Last seen.
    pub seen_at: OffsetDateTime,
    /// What the browser calls itself.
    pub user_agent: String,
    /// When the member last proved to sit there.
    pub stepped_up_at: Option<OffsetDateTime>,
}

/// A key in a member's device, with which they sign in (WebAuthn).
#[derive(Clone, Debug)]
pub struct Passkey {
    /// Its id.
    pub id: PasskeyId,
    /// What the member calls it.
    pub name: String,
    /// When it was added.
    pub created_at: OffsetDateTime,
    /// When it was last shown.
    pub last_used_at: Option<OffsetDateTime>,
}
