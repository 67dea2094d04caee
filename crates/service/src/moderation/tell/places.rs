//! Where moderators are told, as the operator has configured it.

use std::{collections::BTreeMap, fmt};

use channels::{Channel, Client, ClientError};

/// Where moderators are told.
#[derive(Clone, Default)]
pub struct Places {
    client: Option<Client>,
    channels: BTreeMap<String, Channel>,
    mail: Vec<String>,
}

impl Places {
    /// Channels by a name that stays as long as the settings do, and addresses that are told by mail.
    pub fn new(
        channels: BTreeMap<String, Channel>,
        mail: Vec<String>,
    ) -> Result<Self, ClientError> {
        let client = if channels.is_empty() {
            None
        } else {
            Some(Client::new()?)
        };
        Ok(Self {
            client,
            channels,
            mail,
        })
    }

    /// Every channel by its name.
    pub(super) fn channels(&self) -> impl Iterator<Item = (&str, &Channel)> {
        self.channels
            .iter()
            .map(|(name, channel)| (name.as_str(), channel))
    }

    /// A channel, with the way there. None when it is not configured any more.
    pub(super) fn find(&self, name: &str) -> Option<(&Client, &Channel)> {
        Some((self.client.as_ref()?, self.channels.get(name)?))
    }

    /// Addresses that are told by mail.
    pub(super) fn mail(&self) -> &[String] {
        &self.mail
    }

    /// Whether moderators have no channel, so that each is written to.
    pub(super) fn is_mail_only(&self) -> bool {
        !self.channels.values().any(is_for_people)
    }

    /// Whether a program listens.
    pub(super) fn has_programs(&self) -> bool {
        self.channels
            .values()
            .any(|channel| !is_for_people(channel))
    }
}

/// Whether people read there; else a program does.
pub(super) const fn is_for_people(channel: &Channel) -> bool {
    !matches!(channel, Channel::Webhook(_))
}

impl fmt::Debug for Places {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.channels.keys()).finish()
    }
}
