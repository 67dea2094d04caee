//! Media attached to a post.

use serde_json::Value;

use crate::json::{self, Href};
use crate::link;

/// Most media kept of one post; Mastodon shows four, Pixelfed sends twenty.
pub const MAX_ATTACHMENTS: usize = 16;
/// Largest side believed, in pixels.
const MAX_SIDE: u64 = 100_000;
/// Most components of a blurhash in either direction, as at Mastodon.
const MAX_BLURHASH_COMPONENTS: usize = 5;

/// What kind of media it seems to be; decided for good when the file has been looked into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MediaKind {
    /// A picture.
    Image,
    /// A film, with or without sound.
    Video,
    /// A recording.
    Audio,
    /// Not said.
    Unknown,
}

/// A file elsewhere that belongs to a post. All of it is claims.
#[derive(Debug, Clone, PartialEq)]
pub struct Attachment {
    /// An `http` or `https` address; whether it may be fetched is for the guarded client.
    pub url: String,
    /// What it seems to be.
    pub kind: MediaKind,
    /// Media type, if named.
    pub media_type: Option<String>,
    /// Description, plain text, at most 10,000 characters.
    pub alt: Option<String>,
    /// Blurhash, checked for form.
    pub blurhash: Option<String>,
    /// Point of interest: x and y from −1 to 1.
    pub focus: Option<(f64, f64)>,
    /// Pixels.
    pub width: Option<u32>,
    /// Pixels.
    pub height: Option<u32>,
    /// Seconds.
    pub duration: Option<f64>,
    /// A still picture of it.
    pub thumbnail: Option<String>,
}

/// The media of a post, in order.
pub(super) fn of(post: &Value) -> Vec<Attachment> {
    json::list_at(post, "attachment")
        .filter_map(attachment)
        .take(MAX_ATTACHMENTS)
        .collect()
}

/// The first attached link that is no file: Lemmy's subject, Mastodon's card (FEP-8967).
pub(super) fn card_hint(post: &Value) -> Option<String> {
    json::list_at(post, "attachment")
        .filter(|entry| json::get(entry, "url").is_none())
        .find_map(|entry| json::str_at(entry, "href").and_then(json::web_address))
}

fn attachment(entry: &Value) -> Option<Attachment> {
    let type_name = json::known_type(entry, &["Document", "Image", "Video", "Audio"])?;
    let source = supported(json::hrefs_of(json::get(entry, "url")?))?;
    let media_type = json::str_at(entry, "mediaType")
        .map(str::to_owned)
        .or(source.media_type);
    Some(Attachment {
        url: source.href,
        kind: kind(type_name, media_type.as_deref()),
        media_type,
        alt: link::alt(entry),
        blurhash: json::str_at(entry, "blurhash")
            .filter(|hash| is_blurhash(hash))
            .map(str::to_owned),
        focus: json::get(entry, "focalPoint").and_then(focus),
        width: side(entry, "width"),
        height: side(entry, "height"),
        duration: json::str_at(entry, "duration").and_then(seconds),
        thumbnail: json::get(entry, "icon")
            .and_then(|icon| link::picture(icon, 1_000))
            .map(|picture| picture.url),
    })
}

/// Of several addresses the first whose type is media, else the first that names none.
fn supported(mut sources: Vec<Href>) -> Option<Href> {
    let is_media = |source: &Href| {
        source
            .media_type
            .as_deref()
            .is_some_and(|name| by_media_type(name).is_some())
    };
    let chosen = sources.iter().position(is_media).or_else(|| {
        sources
            .iter()
            .position(|source| source.media_type.is_none())
    })?;
    Some(sources.swap_remove(chosen))
}

fn kind(type_name: &str, media_type: Option<&str>) -> MediaKind {
    media_type
        .and_then(by_media_type)
        .unwrap_or(match type_name {
            "Image" => MediaKind::Image,
            "Video" => MediaKind::Video,
            "Audio" => MediaKind::Audio,
            _ => MediaKind::Unknown,
        })
}

fn by_media_type(media_type: &str) -> Option<MediaKind> {
    match media_type
        .split('/')
        .next()?
        .trim()
        .to_ascii_lowercase()
        .as_str()
    {
        "image" => Some(MediaKind::Image),
        "video" => Some(MediaKind::Video),
        "audio" => Some(MediaKind::Audio),
        _ => None,
    }
}

fn side(entry: &Value, key: &str) -> Option<u32> {
    json::count_at(entry, key)
        .filter(|side| (1..=MAX_SIDE).contains(side))
        .and_then(|side| side.try_into().ok())
}

fn focus(value: &Value) -> Option<(f64, f64)> {
    let [x, y] = value.as_array()?.as_slice() else {
        return None;
    };
    let (x, y) = (x.as_f64()?, y.as_f64()?);
    let inside = |coordinate: f64| (-1.0..=1.0).contains(&coordinate);
    (inside(x) && inside(y)).then_some((x, y))
}

/// The form of a blurhash: its first character says how long it is.
fn is_blurhash(hash: &str) -> bool {
    const DIGITS: &[u8] =
        b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~";
    let digit = |byte: &u8| DIGITS.iter().position(|known| known == byte);
    let Some(size) = hash.as_bytes().first().and_then(digit) else {
        return false;
    };
    let (across, down) = (size % 9 + 1, size / 9 + 1);
    across <= MAX_BLURHASH_COMPONENTS
        && down <= MAX_BLURHASH_COMPONENTS
        && hash.len() == 4 + 2 * across * down
        && hash.as_bytes().iter().all(|byte| digit(byte).is_some())
}

/// Seconds of an ISO 8601 duration of hours, minutes and seconds, such as `PT12.5S`.
fn seconds(duration: &str) -> Option<f64> {
    let mut rest = duration
        .strip_prefix("PT")
        .or_else(|| duration.strip_prefix("P0DT"))?;
    let mut total = 0.0;
    for (unit, worth) in [('H', 3_600.0), ('M', 60.0), ('S', 1.0)] {
        if let Some((number, after)) = rest.split_once(unit) {
            let plain = !number.is_empty()
                && number
                    .bytes()
                    .all(|byte| byte.is_ascii_digit() || byte == b'.');
            total += number.parse::<f64>().ok().filter(|_| plain)? * worth;
            rest = after;
        }
    }
    (rest.is_empty() && duration.len() > 2 && total.is_finite()).then_some(total)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_files_at_web_addresses_are_kept() {
        let post = json!({"attachment": [
            {"type": "Image", "url": "file:///etc/passwd"},
            {"type": "Image", "url": "ftp://e.example/a.png"},
            {"type": "Image"}, "https://e.example/str.png", null,
            {"type": "Link", "href": "https://news.example/story"},
            {"type": "Image", "url": "https://e.example/ok.png", "summary": "first", "name": "second"},
        ]});

        let kept = of(&post); // S25

        assert_eq!(kept.len(), 1);
        assert_eq!(
            (kept[0].url.as_str(), kept[0].alt.as_deref()),
            ("https://e.example/ok.png", Some("first"))
        );
        assert_eq!(
            card_hint(&post).as_deref(),
            Some("https://news.example/story")
        );
    }

    #[test]
    fn of_several_files_the_playable_one_is_taken() {
        let post = json!({"attachment": {"type": "Video", "url": [
            {"type": "Link", "mediaType": "application/x-bittorrent", "href": "https://p.example/t"},
            {"type": "Link", "mediaType": "video/mp4", "href": "https://p.example/v"},
        ]}});

        assert_eq!(of(&post)[0].url, "https://p.example/v");
        assert_eq!(of(&post)[0].kind, MediaKind::Video);
    }

    #[test]
    fn claims_of_the_wrong_form_are_dropped() {
        assert!(is_blurhash("LEHV6nWB2yk8pyo0adR*.7kCMdnj"));
        for bad in [
            "",
            "L",
            "LEHV6nWB2yk8pyo0adR*.7kCMdn",
            "LEHV6nWB2yk8pyo0adR*.7kCMdn ",
            "~~~~",
        ] {
            assert!(!is_blurhash(bad), "{bad}");
        }
        assert_eq!(focus(&json!([-0.25, 0.4])), Some((-0.25, 0.4)));
        assert_eq!(focus(&json!([2, 0])), None);
        assert_eq!(focus(&json!([0])), None);
        assert_eq!(seconds("PT1M2.5S"), Some(62.5));
        assert_eq!(seconds("PT321S"), Some(321.0));
        for bad in ["", "PT", "P1Y", "PTxS", "PT1S2"] {
            assert_eq!(seconds(bad), None, "{bad}");
        }
    }
}
