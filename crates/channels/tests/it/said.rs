//! Messages that tests say, harmless and not.

use channels::{Message, Place, Urgency};
use serde_json::Map;
use time::macros::datetime;
use url::Url;

/// When attempts are made.
pub(crate) const NOW: time::OffsetDateTime = datetime!(2026-11-22 12:34:56 UTC);

/// An ordinary message.
pub(crate) fn message() -> Message {
    Message {
        key: "1-slack".to_owned(),
        event: "proposal.opened".to_owned(),
        at: datetime!(2026-11-22 12:30:15.123456 UTC),
        title: "Suspend an account on spam.example".to_owned(),
        lines: vec![
            "Spam, waiting for 2 h".to_owned(),
            String::new(),
            "Needs one more approval".to_owned(),
        ],
        link: Url::parse("https://social.club.example/moderation/cases/12?tab=a&b=c").unwrap(),
        link_label: "Open the case".to_owned(),
        thread: Some("Case 12".to_owned()),
        place: Place::New,
        urgency: Urgency::Normal,
        facts: Map::new(),
    }
}

/// What somebody may try who has a hand in a text.
pub(crate) const ATTACKS: &[&str] = &[
    "<!channel> <!here> <!everyone> <!subteam^S1|x> <@U1> <#C1|x>",
    "@channel @here @everyone @all @room @Channel @EVERYONE",
    "@**all** @**everyone** @_**all** @*moderators*",
    "<@1> <@&1> <#1> <t:1:R> <time:2026-11-22>",
    "[click](javascript:alert(1)) ](javascript:alert(1)) ![x](https://evil.example/x.png)",
    "<https://evil.example|social.club.example> <javascript:alert(1)|x>",
    "see https://evil.example/ http://evil.example HTTPS://evil.example www.evil.example WWW.evil.example",
    "one\r\ntwo\nPRIVMSG #x :three\u{2028}four\u{0}five\u{1b}[2J",
    "\u{202e}elpmaxe.live\u{202c} \u{200b}@channel @\u{200b}channel",
    "\"}],\"text\":\"<!channel>\",\"x\":[{\"y\":\"",
    "<script>alert(1)</script><img src=x onerror=alert(1)>\" onclick=\"x",
    "\\",
    "```code``` `x` ~~struck~~ ||hidden|| **bold**",
    "",
    " \n ",
];

/// A message with this everywhere.
pub(crate) fn attack(text: &str) -> Message {
    Message {
        title: text.to_owned(),
        lines: vec![text.to_owned(), format!("after {text}")],
        link_label: text.to_owned(),
        thread: Some(text.to_owned()),
        ..message()
    }
}

/// 100 KB, most of which grows when it is escaped.
pub(crate) fn flood() -> Message {
    attack(&"<&\u{1f600}@\"".repeat(12_000))
}

/// What no text may hold whatever the service: an end of a line where there is to be one line, or signs that hide and turn.
pub(crate) fn has_unseen_signs(line: &str) -> bool {
    line.chars().any(|sign| {
        sign.is_control()
            || matches!(sign, '\u{2028}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    })
}

/// Whether a program that looks for mentions or addresses would find one.
pub(crate) fn rings_or_links(text: &str) -> bool {
    let small = text.to_lowercase();
    let mentions = small.match_indices('@').any(|(at, _)| {
        small[at + 1..]
            .chars()
            .next()
            .is_some_and(|next| next.is_alphanumeric() || matches!(next, '*' | '_' | '&' | '!'))
    });
    mentions || small.contains("://") || small.contains("www.")
}
