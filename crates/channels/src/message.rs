//! What is said.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use time::OffsetDateTime;
use url::Url;

/// One message.
///
/// All texts are plain: each service's own signs are escaped here, line ends become spaces, and what is too long is
/// cut. Names of people who asked not to be named, and anything they wrote, the caller leaves out: a chat service
/// keeps what it is told, and others than the reader may read it.
#[derive(Clone, Debug)]
pub struct Message {
    /// Names this delivery, the same at each attempt and different for each message and channel. A Matrix server
    /// takes a message once for each such name, and a webhook is told it in `Moot-Delivery`.
    pub key: String,
    /// What happened, such as `proposal.opened`.
    pub event: String,
    /// When it happened.
    pub at: OffsetDateTime,
    /// One line.
    pub title: String,
    /// The lines below it; empty ones are left out.
    pub lines: Vec<String>,
    /// Where more is said.
    pub link: Url,
    /// What stands on the link.
    pub link_label: String,
    /// What the message belongs to, in words, such as `Case 12`. The topic in Zulip; told to webhooks.
    pub thread: Option<String>,
    /// Where it goes, for services that know threads and edits.
    pub place: Place,
    /// Whether it can wait.
    pub urgency: Urgency,
    /// What programs want to know of the event; only webhooks are told.
    pub facts: Facts,
}

/// Members of a JSON object.
pub type Facts = Map<String, Value>;

/// Where a message goes. Services that cannot answer or edit take each message as a new one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// By itself.
    New,
    /// Below the first message of its thread.
    Below(Receipt),
    /// In the place of an earlier one, whose words it replaces.
    InsteadOf(Receipt),
}

impl Place {
    /// The message it refers to.
    pub fn receipt(&self) -> Option<&Receipt> {
        match self {
            Self::New => None,
            Self::Below(receipt) | Self::InsteadOf(receipt) => Some(receipt),
        }
    }
}

/// Where a message stands, to come back to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The service's id of the channel or room.
    pub channel: String,
    /// The service's id of the message: Slack's `ts`, Matrix's `event_id`.
    pub message: String,
}

/// Whether a message can wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Urgency {
    /// Until somebody looks.
    Normal,
    /// No: it is marked, and rings where the service has a way to.
    High,
}
