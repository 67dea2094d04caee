//! The variables, as the table tells of them.

use channels::slack;

use crate::config::table::{Kind, Section, accept};

/// The chapter of the table.
pub const SECTION: Section = Section {
    title: "Where moderators are told",
    introduction: "Any number of these may be set, and all of them are told. Each is shown with an example in [channels.md](channels.md); `moot channels test` says a word in each. Nothing but category, age, link and what is needed is ever told: no names of reporters, no words of posts.",
    variables: &[
        accept(
            "MOOT_MODERATION_SLACK_TOKEN",
            Kind::Text,
            "",
            "Token of a Slack app's bot (`xoxb-…`) with the scope `chat:write`: one thread for each case, edited when it is decided.",
        )
        .secret(),
        accept(
            "MOOT_MODERATION_SLACK_CHANNEL",
            Kind::Text,
            "",
            "Id of the Slack channel (`C…`) that the bot writes to and has been invited to.",
        ),
        accept(
            "MOOT_MODERATION_SLACK_API",
            Kind::Text,
            slack::API,
            "Where Slack's methods are; another for Slack's workspaces of governments.",
        ),
        accept(
            "MOOT_MODERATION_SLACK_WEBHOOK",
            Kind::Text,
            "",
            "Address of a Slack incoming webhook: one message after another.",
        )
        .secret(),
        accept(
            "MOOT_MODERATION_CHAT_WEBHOOKS",
            Kind::List(','),
            "",
            "Hooks of services that speak Slack's language: `mattermost=https://…`, `discord=https://…`, `zulip=https://…`. A comma inside an address is written `%2C`.",
        )
        .secret(),
        accept(
            "MOOT_MODERATION_MATRIX_HOMESERVER",
            Kind::Text,
            "",
            "Where a Matrix server listens for clients, such as `https://matrix.club.example`.",
        ),
        accept(
            "MOOT_MODERATION_MATRIX_ROOM",
            Kind::Text,
            "",
            "Id of a room that is not encrypted (`!…`).",
        ),
        accept(
            "MOOT_MODERATION_MATRIX_TOKEN",
            Kind::Text,
            "",
            "Access token of an account in the room.",
        )
        .secret(),
        accept(
            "MOOT_MODERATION_WEBHOOK_URL",
            Kind::Text,
            "",
            "Address of a program that takes Mastodon's webhooks.",
        )
        .secret(),
        accept(
            "MOOT_MODERATION_WEBHOOK_SECRET",
            Kind::Text,
            "",
            "What it checks the signatures with, at least 16 characters.",
        )
        .secret(),
        accept(
            "MOOT_MODERATION_MAIL",
            Kind::List(','),
            "",
            "Addresses that are told by mail.",
        ),
    ],
};
