//! Mattermost, Discord and Zulip, by the hooks they keep for what speaks Slack's language.
//!
//! None of them knows Slack's blocks, and each knows its attachments: a title that is a link, with text below. So one
//! attachment is the whole message. What differs:
//!
//! - **Mattermost** takes Markdown and mentions in it, and wants `fallback` for its notifications
//!   (<https://developers.mattermost.com/integrate/webhooks/incoming/>,
//!   <https://developers.mattermost.com/integrate/reference/message-attachments>).
//! - **Discord** makes an embed of it, where a mention never rings; its form has no `fallback` and no `allowed_mentions`,
//!   hence nothing stands in `text`, where one would. The hook's address ends in `/slack`, which is added where it is missing
//!   (<https://docs.discord.com/developers/resources/webhook#execute-slackcompatible-webhook>; the form is `SlackWebhook` in
//!   Discord's `OpenAPI` description).
//! - **Zulip** makes Markdown of it. The topic is the one in the hook's address, or else what the message belongs to, given
//!   as `channel` (<https://zulip.com/integrations/slack_incoming>).
//!
//! All three read Markdown and differ in how, and whether, it can be escaped. What could make a link, a mention or hide
//! something is therefore written with another sign that looks alike.

mod escape;

use std::str::FromStr;

use http::{HeaderMap, Method};
use serde_json::{Value, json};
use time::OffsetDateTime;

use crate::{Address, AddressError, Client, Failure, Message, channel::accepted, plain};

/// The longest topic of Zulip (<https://zulip.com/api/send-message>).
const TOPIC: usize = 60;

/// Which service it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flavour {
    /// Mattermost.
    Mattermost,
    /// Discord.
    Discord,
    /// Zulip.
    Zulip,
}

impl Flavour {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Mattermost, Self::Discord, Self::Zulip];

    /// Its name as one writes it in settings.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Mattermost => "mattermost",
            Self::Discord => "discord",
            Self::Zulip => "zulip",
        }
    }
}

/// No service of that name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must be mattermost, discord or zulip")]
pub struct UnknownFlavour;

impl FromStr for Flavour {
    type Err = UnknownFlavour;

    fn from_str(text: &str) -> Result<Self, UnknownFlavour> {
        let word = text.trim().to_ascii_lowercase();
        let mut all = Self::ALL.into_iter();
        all.find(|flavour| flavour.word() == word)
            .ok_or(UnknownFlavour)
    }
}

/// A hook of one of these services.
#[derive(Clone, Debug)]
pub struct Hook {
    flavour: Flavour,
    address: Address,
}

impl Hook {
    /// A hook, if the address looks like the service's.
    ///
    /// # Errors
    /// [`AddressError::Foreign`] says what its addresses look like.
    pub fn new(flavour: Flavour, mut address: Address) -> Result<Self, AddressError> {
        let url = address.url_mut();
        let path = url.path().trim_end_matches('/').to_owned();
        match flavour {
            Flavour::Mattermost if !path.contains("/hooks/") => {
                return Err(AddressError::Foreign("https://…/hooks/…"));
            }
            Flavour::Discord if !path.contains("/webhooks/") => {
                return Err(AddressError::Foreign(
                    "https://discord.com/api/webhooks/…/…",
                ));
            }
            Flavour::Zulip
                if !path.ends_with("/external/slack_incoming")
                    || !url.query_pairs().any(|(name, _)| name == "api_key") =>
            {
                return Err(AddressError::Foreign(
                    "https://…/api/v1/external/slack_incoming?api_key=…&stream=…",
                ));
            }
            Flavour::Discord if !path.ends_with("/slack") => url.set_path(&format!("{path}/slack")),
            Flavour::Mattermost | Flavour::Discord | Flavour::Zulip => {}
        }
        Ok(Self { flavour, address })
    }

    /// Which service it is.
    pub fn flavour(&self) -> Flavour {
        self.flavour
    }

    pub(crate) async fn send(
        &self,
        client: &Client,
        message: &Message,
        now: OffsetDateTime,
    ) -> Result<(), Failure> {
        let url = self.address.url();
        let body = self.body(message).to_string().into_bytes();
        let answer = client
            .send(Method::POST, url, HeaderMap::new(), body)
            .await?;
        accepted(&answer, now)
    }

    fn body(&self, message: &Message) -> Value {
        let words = plain::words(message, escape::markdown);
        let mut attachment = json!({
            "title": words.title,
            "title_link": message.link,
        });
        if !words.body.is_empty() {
            attachment["text"] = json!(words.body);
        }
        if self.flavour == Flavour::Mattermost {
            attachment["fallback"] = json!(words.title);
        }
        let mut body = json!({ "attachments": [attachment] });
        if let Some(topic) = self.topic(message) {
            body["channel"] = json!(topic);
        }
        body
    }

    /// The topic in Zulip, unless the address names one.
    fn topic(&self, message: &Message) -> Option<String> {
        let url = self.address.url();
        let is_ours =
            self.flavour == Flavour::Zulip && !url.query_pairs().any(|(name, _)| name == "topic");
        let thread = message.thread.as_deref().filter(|_| is_ours)?;
        // Zulip takes these off as if they were Slack's marks of a channel or person.
        let topic = plain::one_line(thread);
        let topic = plain::fit(topic.trim_start_matches(['@', '#']), TOPIC, plain::as_it_is);
        (!topic.is_empty()).then_some(topic)
    }
}
