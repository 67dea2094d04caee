//! What a measure is about.

use std::fmt;

use super::report::CaseId;
use crate::{
    domain::Domain,
    id::{AccountId, StatusId},
};

/// What a measure is about. Kept as a word and a key, so that the log can name what is no longer there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// An account, of this server or another.
    Account(AccountId),
    /// A post.
    Status(StatusId),
    /// Another server, with everything below its domain.
    Domain(Domain),
    /// Mail addresses at a domain.
    EmailDomain(String),
    /// One mail address, as the hash of its canonical form, in hex.
    Email(String),
    /// A range of IP addresses, as CIDR.
    IpRange(String),
    /// A pattern of user names, in the one form that look-alikes share.
    Username(String),
    /// The reports about one account.
    Case(CaseId),
    /// An entry of the log.
    Entry(i64),
    /// A hashtag.
    Tag(String),
    /// A custom emoji.
    Emoji(String),
    /// Something that trends, a list or a relay: by its address.
    Address(String),
    /// This server itself.
    Server,
    /// A moderator's seat.
    Seat(i16),
    /// A place on the board, by its person's id.
    BoardMember(i64),
    /// A setting of governance.
    Setting(String),
    /// A document, by its kind.
    Document(String),
    /// A decision that was appealed, by the strike's id.
    Strike(i64),
    /// A person in office, by id.
    Person(i64),
}

impl Target {
    /// The word for its type.
    pub const fn type_word(&self) -> &'static str {
        match self {
            Self::Account(_) => "account",
            Self::Status(_) => "status",
            Self::Domain(_) => "domain",
            Self::EmailDomain(_) => "email_domain",
            Self::Email(_) => "email",
            Self::IpRange(_) => "ip_range",
            Self::Username(_) => "username",
            Self::Case(_) => "case",
            Self::Entry(_) => "entry",
            Self::Tag(_) => "tag",
            Self::Emoji(_) => "emoji",
            Self::Address(_) => "address",
            Self::Server => "server",
            Self::Seat(_) => "seat",
            Self::BoardMember(_) => "board_member",
            Self::Setting(_) => "setting",
            Self::Document(_) => "document",
            Self::Strike(_) => "strike",
            Self::Person(_) => "person",
        }
    }

    /// What it is called among its type.
    pub fn key(&self) -> String {
        match self {
            Self::Account(id) => id.to_string(),
            Self::Status(id) => id.to_string(),
            Self::Domain(domain) => domain.to_string(),
            Self::EmailDomain(text)
            | Self::Email(text)
            | Self::IpRange(text)
            | Self::Username(text)
            | Self::Tag(text)
            | Self::Emoji(text)
            | Self::Address(text)
            | Self::Setting(text)
            | Self::Document(text) => text.clone(),
            Self::Case(id) => id.to_string(),
            Self::Entry(number)
            | Self::BoardMember(number)
            | Self::Strike(number)
            | Self::Person(number) => number.to_string(),
            Self::Seat(number) => number.to_string(),
            Self::Server => String::new(),
        }
    }

    /// Reads what [`Self::type_word`] and [`Self::key`] wrote.
    pub fn from_words(type_word: &str, key: &str) -> Option<Self> {
        Some(match type_word {
            "account" => Self::Account(key.parse().ok()?),
            "status" => Self::Status(key.parse().ok()?),
            "domain" => Self::Domain(Domain::parse(key).ok()?),
            "email_domain" => Self::EmailDomain(key.to_owned()),
            "email" => Self::Email(key.to_owned()),
            "ip_range" => Self::IpRange(key.to_owned()),
            "username" => Self::Username(key.to_owned()),
            "case" => Self::Case(key.parse().ok()?),
            "entry" => Self::Entry(key.parse().ok()?),
            "tag" => Self::Tag(key.to_owned()),
            "emoji" => Self::Emoji(key.to_owned()),
            "address" => Self::Address(key.to_owned()),
            "server" => Self::Server,
            "seat" => Self::Seat(key.parse().ok()?),
            "board_member" => Self::BoardMember(key.parse().ok()?),
            "setting" => Self::Setting(key.to_owned()),
            "document" => Self::Document(key.to_owned()),
            "strike" => Self::Strike(key.parse().ok()?),
            "person" => Self::Person(key.parse().ok()?),
            _ => return None,
        })
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.type_word(), self.key())
    }
}
