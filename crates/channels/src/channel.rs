//! One place where people talk, of whatever service.

use outgoing::Answer;
use time::OffsetDateTime;

use crate::{Client, Failure, Message, Receipt, answer, compatible, matrix, slack, webhook};

/// One place where people talk.
#[derive(Clone, Debug)]
pub enum Channel {
    /// A Slack channel, by a bot: threads and edits.
    SlackBot(slack::Bot),
    /// A Slack channel, by an incoming webhook: one message after another.
    SlackHook(slack::Hook),
    /// A channel of another service, by its hook for what speaks Slack's language.
    Compatible(compatible::Hook),
    /// A Matrix room: threads and edits.
    Matrix(matrix::Room),
    /// A program, which may be a bridge to anything.
    Webhook(webhook::Endpoint),
}

impl Channel {
    /// Its kind in a word, for settings, logs and tables.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::SlackBot(_) => "slack",
            Self::SlackHook(_) => "slack-webhook",
            Self::Compatible(hook) => hook.flavour().word(),
            Self::Matrix(_) => "matrix",
            Self::Webhook(_) => "webhook",
        }
    }

    /// Whether what it is told can be answered below and edited later, so that receipts are worth keeping.
    pub fn gives_receipts(&self) -> bool {
        matches!(self, Self::SlackBot(_) | Self::Matrix(_))
    }
}

/// Sends one message, once. Gives a receipt where the service can come back to the message.
///
/// `now` is the time of this attempt: signatures are dated with it.
///
/// # Errors
/// [`Failure`] says whether another attempt makes sense, and when.
pub async fn send(
    client: &Client,
    channel: &Channel,
    message: &Message,
    now: OffsetDateTime,
) -> Result<Option<Receipt>, Failure> {
    match channel {
        Channel::SlackBot(bot) => bot.send(client, message, now).await.map(Some),
        Channel::Matrix(room) => room.send(client, message, now).await.map(Some),
        Channel::SlackHook(hook) => hook.send(client, message, now).await.map(|()| None),
        Channel::Compatible(hook) => hook.send(client, message, now).await.map(|()| None),
        Channel::Webhook(endpoint) => endpoint.send(client, message, now).await.map(|()| None),
    }
}

/// Success, whatever was said with it; or what the status means.
pub(crate) fn accepted(answer: &Answer, now: OffsetDateTime) -> Result<(), Failure> {
    if answer.status.is_success() {
        return Ok(());
    }
    Err(answer::failure(answer, now))
}
