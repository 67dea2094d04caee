//! Where moderators and board are told what waits.

mod variables;

use std::collections::BTreeMap;

use channels::{
    Address, Channel,
    compatible::{self, Flavour},
    matrix, slack, webhook,
};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::reader::Reader;

pub use variables::SECTION;

/// The shortest secret of a webhook, in bytes.
const SHORTEST_SECRET: usize = 16;

/// Where moderators and board are told what waits.
#[derive(Debug, Clone)]
pub struct Channels {
    /// By a name that stays as long as the settings do: the kind, and a number from the second of a kind on.
    pub places: BTreeMap<String, Channel>,
    /// Addresses told by mail.
    pub mail: Vec<String>,
}

/// Reads the section.
pub(super) fn read(reader: &mut Reader<'_>) -> Channels {
    let mut found: Vec<Channel> = Vec::new();
    found.extend(slack_bot(reader).map(Channel::SlackBot));
    found.extend(slack_hook(reader).map(Channel::SlackHook));
    found.extend(compatible(reader).into_iter().map(Channel::Compatible));
    found.extend(matrix(reader).map(Channel::Matrix));
    found.extend(endpoint(reader).map(Channel::Webhook));
    Channels {
        places: named(found),
        mail: mail(reader),
    }
}

fn named(found: Vec<Channel>) -> BTreeMap<String, Channel> {
    let mut places = BTreeMap::new();
    for channel in found {
        let kind = channel.kind();
        let mut name = kind.to_owned();
        let mut number = 1;
        while places.contains_key(&name) {
            number += 1;
            name = format!("{kind}-{number}");
        }
        places.insert(name, channel);
    }
    places
}

fn slack_bot(reader: &mut Reader<'_>) -> Option<slack::Bot> {
    let token = reader.secret("MOOT_MODERATION_SLACK_TOKEN");
    let channel = reader.text("MOOT_MODERATION_SLACK_CHANNEL");
    let api = base(reader, "MOOT_MODERATION_SLACK_API");
    if token.is_none() && channel.is_none() {
        return None;
    }
    let (Some(token), Some(channel)) = (token, channel) else {
        reader.error(
            "MOOT_MODERATION_SLACK_TOKEN and MOOT_MODERATION_SLACK_CHANNEL need one another",
        );
        return None;
    };
    if !token.expose_secret().starts_with("xoxb-") {
        reader.error("MOOT_MODERATION_SLACK_TOKEN must be a bot's token, which starts with xoxb-");
        return None;
    }
    Some(slack::Bot {
        token,
        channel,
        api: api?,
    })
}

fn slack_hook(reader: &mut Reader<'_>) -> Option<slack::Hook> {
    let address = address(reader, "MOOT_MODERATION_SLACK_WEBHOOK")?;
    Some(slack::Hook { address })
}

fn compatible(reader: &mut Reader<'_>) -> Vec<compatible::Hook> {
    const NAME: &str = "MOOT_MODERATION_CHAT_WEBHOOKS";
    let mut hooks = Vec::new();
    for (at, item) in reader.list(NAME).iter().enumerate() {
        match hook(item) {
            Ok(hook) => hooks.push(hook),
            // The item itself may be a secret.
            Err(why) => reader.error(format!("{NAME}: item {}: {why}", at + 1)),
        }
    }
    hooks
}

fn hook(item: &str) -> Result<compatible::Hook, String> {
    let Some((flavour, address)) = item.split_once('=') else {
        return Err(
            "must be the service and the hook's address, such as mattermost=https://…".to_owned(),
        );
    };
    let flavour: Flavour = flavour
        .parse()
        .map_err(|error| format!("the service {error}"))?;
    let address: Address = address.parse().map_err(|error| format!("{error}"))?;
    compatible::Hook::new(flavour, address).map_err(|error| error.to_string())
}

fn matrix(reader: &mut Reader<'_>) -> Option<matrix::Room> {
    let is_set = reader.text("MOOT_MODERATION_MATRIX_HOMESERVER").is_some();
    let homeserver = base(reader, "MOOT_MODERATION_MATRIX_HOMESERVER");
    let room = reader.text("MOOT_MODERATION_MATRIX_ROOM");
    let token = reader.secret("MOOT_MODERATION_MATRIX_TOKEN");
    if !is_set && room.is_none() && token.is_none() {
        return None;
    }
    let (true, Some(room), Some(token)) = (is_set, room, token) else {
        reader.error("MOOT_MODERATION_MATRIX_HOMESERVER, MOOT_MODERATION_MATRIX_ROOM and MOOT_MODERATION_MATRIX_TOKEN need one another");
        return None;
    };
    if !room.starts_with('!') {
        reader.error("MOOT_MODERATION_MATRIX_ROOM must be a room's id, which starts with ! (in the room's settings under Advanced); an alias (#…) may come to mean another room");
        return None;
    }
    Some(matrix::Room {
        homeserver: homeserver?,
        room,
        token,
    })
}

fn endpoint(reader: &mut Reader<'_>) -> Option<webhook::Endpoint> {
    let is_set = reader.secret("MOOT_MODERATION_WEBHOOK_URL").is_some();
    let address = address(reader, "MOOT_MODERATION_WEBHOOK_URL");
    let secret = reader.secret("MOOT_MODERATION_WEBHOOK_SECRET");
    if !is_set && secret.is_none() {
        return None;
    }
    let long_enough = |secret: &SecretString| secret.expose_secret().len() >= SHORTEST_SECRET;
    let (true, Some(secret)) = (is_set, secret) else {
        reader.error(
            "MOOT_MODERATION_WEBHOOK_URL and MOOT_MODERATION_WEBHOOK_SECRET need one another",
        );
        return None;
    };
    if !long_enough(&secret) {
        reader.error(format!(
            "MOOT_MODERATION_WEBHOOK_SECRET must have at least {SHORTEST_SECRET} characters"
        ));
        return None;
    }
    Some(webhook::Endpoint {
        address: address?,
        secret,
    })
}

fn mail(reader: &mut Reader<'_>) -> Vec<String> {
    let addresses = reader.list("MOOT_MODERATION_MAIL");
    for address in &addresses {
        if !model::is_mail_address(address) {
            reader.error(format!(
                "MOOT_MODERATION_MAIL: {address} is no mail address"
            ));
        }
    }
    addresses
}

/// An address that is a secret.
fn address(reader: &mut Reader<'_>, name: &'static str) -> Option<Address> {
    let text = reader.secret(name)?;
    match text.expose_secret().parse() {
        Ok(address) => Some(address),
        Err(error) => {
            reader.error(format!("{name}: {error}"));
            None
        }
    }
}

/// An address that paths are put behind.
fn base(reader: &mut Reader<'_>, name: &'static str) -> Option<Url> {
    let text = reader.text(name)?;
    let url = Url::parse(&format!("{}/", text.trim().trim_end_matches('/'))).ok();
    let url = url.filter(|url| channels::is_safe(url) && url.query().is_none());
    if url.is_none() {
        reader.error(format!("{name} must be an address with https"));
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::layers::Layers;

    fn read_with(pairs: &[(&str, &str)]) -> (Channels, String) {
        let layers = Layers::of(pairs);
        let mut reader = Reader::new(&layers);
        let channels = read(&mut reader);
        (channels, reader.finish().to_string())
    }

    #[test]
    fn without_settings_nobody_is_told() {
        let (channels, report) = read_with(&[]);

        assert!(channels.places.is_empty() && channels.mail.is_empty());
        assert_eq!(report, "");
    }

    #[test]
    fn every_kind_has_a_name_of_its_own() {
        let (channels, report) = read_with(&[
            ("MOOT_MODERATION_SLACK_TOKEN", "xoxb-planted"),
            ("MOOT_MODERATION_SLACK_CHANNEL", "C0CLUB"),
            (
                "MOOT_MODERATION_SLACK_WEBHOOK",
                "https://hooks.slack.com/services/T/B/planted",
            ),
            (
                "MOOT_MODERATION_CHAT_WEBHOOKS",
                "mattermost=https://chat.club.example/hooks/planted, Discord = https://discord.com/api/webhooks/1/planted,mattermost=https://chat.club.example/hooks/planted2,\
                 zulip=https://zulip.club.example/api/v1/external/slack_incoming?api_key=planted&stream=moderation",
            ),
            (
                "MOOT_MODERATION_MATRIX_HOMESERVER",
                "https://matrix.club.example",
            ),
            ("MOOT_MODERATION_MATRIX_ROOM", "!room:club.example"),
            ("MOOT_MODERATION_MATRIX_TOKEN", "syt_planted"),
            (
                "MOOT_MODERATION_WEBHOOK_URL",
                "https://bridge.club.example/planted",
            ),
            ("MOOT_MODERATION_WEBHOOK_SECRET", "planted planted planted"),
            ("MOOT_MODERATION_MAIL", "one@club.example, two@club.example"),
        ]);

        assert_eq!(report, "");
        let names: Vec<_> = channels.places.keys().map(String::as_str).collect();
        assert_eq!(
            names,
            [
                "discord",
                "matrix",
                "mattermost",
                "mattermost-2",
                "slack",
                "slack-webhook",
                "webhook",
                "zulip"
            ]
        );
        assert_eq!(channels.mail.len(), 2);
        // S43: whatever prints the settings prints no secret.
        let shown = format!("{channels:?}");
        assert!(!shown.contains("planted"), "{shown}");
    }

    #[test]
    fn a_mistake_is_told_with_its_remedy_and_without_the_secret() {
        for (pairs, expected) in [
            (
                &[("MOOT_MODERATION_SLACK_TOKEN", "xoxb-planted")][..],
                "MOOT_MODERATION_SLACK_CHANNEL",
            ),
            (
                &[
                    ("MOOT_MODERATION_SLACK_TOKEN", "xoxp-planted"),
                    ("MOOT_MODERATION_SLACK_CHANNEL", "C0CLUB"),
                ],
                "starts with xoxb-",
            ),
            (
                &[(
                    "MOOT_MODERATION_SLACK_WEBHOOK",
                    "http://hooks.slack.com/services/planted",
                )],
                "not https",
            ),
            (
                &[(
                    "MOOT_MODERATION_CHAT_WEBHOOKS",
                    "https://chat.club.example/hooks/planted",
                )],
                "item 1: must be the service",
            ),
            (
                &[(
                    "MOOT_MODERATION_CHAT_WEBHOOKS",
                    "teams=https://chat.club.example/hooks/planted",
                )],
                "mattermost, discord or zulip",
            ),
            (
                &[(
                    "MOOT_MODERATION_CHAT_WEBHOOKS",
                    "zulip=https://zulip.club.example/planted",
                )],
                "slack_incoming?api_key",
            ),
            (
                &[
                    (
                        "MOOT_MODERATION_MATRIX_HOMESERVER",
                        "https://matrix.club.example",
                    ),
                    ("MOOT_MODERATION_MATRIX_ROOM", "#moderation:club.example"),
                    ("MOOT_MODERATION_MATRIX_TOKEN", "planted"),
                ],
                "starts with !",
            ),
            (
                &[("MOOT_MODERATION_MATRIX_TOKEN", "planted")],
                "MOOT_MODERATION_MATRIX_ROOM",
            ),
            (
                &[(
                    "MOOT_MODERATION_WEBHOOK_URL",
                    "https://bridge.club.example/planted",
                )],
                "MOOT_MODERATION_WEBHOOK_SECRET",
            ),
            (
                &[
                    (
                        "MOOT_MODERATION_WEBHOOK_URL",
                        "https://bridge.club.example/planted",
                    ),
                    ("MOOT_MODERATION_WEBHOOK_SECRET", "planted"),
                ],
                "at least 16",
            ),
            (&[("MOOT_MODERATION_MAIL", "nobody")], "nobody is no mail"),
        ] {
            let (_, report) = read_with(pairs);

            assert!(report.contains(expected), "{report}");
            assert!(!report.contains("planted"), "{report}");
            assert_eq!(report.lines().count(), 1, "{report}");
        }
    }
}
