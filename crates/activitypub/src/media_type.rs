//! Which media types are `ActivityPub`, and what a visitor wants to see.

use mime::Mime;

use crate::ACTIVITYSTREAMS;

/// What to send to servers when fetching.
pub const ACCEPT: &str = r#"application/activity+json, application/ld+json; profile="https://www.w3.org/ns/activitystreams""#;

/// Whether a `Content-Type` says `ActivityPub`: `application/activity+json`, or `application/ld+json` with the
/// profile. Nothing else is, whatever the bytes look like: servers that host uploads would let anybody forge actors
/// (CVE-2024-23832).
pub fn is_activitypub(content_type: &str) -> bool {
    content_type
        .trim()
        .parse()
        .is_ok_and(|media_type: Mime| names_activitypub(&media_type))
}

fn names_activitypub(media_type: &Mime) -> bool {
    match media_type.essence_str() {
        "application/activity+json" => true,
        "application/ld+json" => media_type.get_param("profile").is_some_and(|profiles| {
            profiles
                .as_str()
                .split_whitespace()
                .any(|profile| profile == ACTIVITYSTREAMS)
        }),
        _ => false,
    }
}

/// What a visitor is shown under an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Representation {
    /// The document.
    ActivityPub,
    /// The page.
    Html,
}

/// Chooses by the `Accept` header: the document for whoever names one of its types (also plain JSON-LD, or JSON if
/// it outranks HTML), else the page.
pub fn negotiate(accept: Option<&str>) -> Representation {
    let mut best: Option<(u16, Representation)> = None;
    for entry in accept.unwrap_or_default().split(',').take(32) {
        let Ok(media_type) = entry.trim().parse::<Mime>() else {
            continue;
        };
        let Some(representation) = stands_for(media_type.essence_str()) else {
            continue;
        };
        let weight = weight(&media_type);
        if weight > 0 && best.is_none_or(|(heaviest, _)| weight > heaviest) {
            best = Some((weight, representation));
        }
    }
    best.map_or(Representation::Html, |(_, representation)| representation)
}

fn stands_for(essence: &str) -> Option<Representation> {
    match essence {
        "application/activity+json" | "application/ld+json" | "application/json" => {
            Some(Representation::ActivityPub)
        }
        "text/html" | "application/xhtml+xml" => Some(Representation::Html),
        _ => None,
    }
}

/// Quality in thousandths.
fn weight(media_type: &Mime) -> u16 {
    let Some(quality) = media_type.get_param("q") else {
        return 1_000;
    };
    let text = quality.as_str();
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if whole.starts_with('1') {
        return 1_000;
    }
    let padded: String = fraction.chars().chain("000".chars()).take(3).collect();
    padded.parse().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_two_types_are_activitypub() {
        for good in [
            "application/activity+json",
            "application/activity+json; charset=utf-8",
            "Application/Activity+JSON",
            r#"application/ld+json; profile="https://www.w3.org/ns/activitystreams""#,
            r#"application/ld+json;profile="https://w3id.org/security https://www.w3.org/ns/activitystreams""#,
        ] {
            assert!(is_activitypub(good), "{good}");
        }
        for bad in [
            "",
            "application/json",
            "application/ld+json",
            r#"application/ld+json; profile="https://www.w3.org/ns/activitystreams#evil""#,
            "text/html",
            "image/png",
            "application/activity+jsonx",
            "text/plain; x=application/activity+json",
        ] {
            assert!(!is_activitypub(bad), "{bad}");
        }
    }

    #[test]
    fn servers_get_documents_and_browsers_pages() {
        for accept in [
            "application/activity+json",
            "application/ld+json",
            ACCEPT,
            "application/json",
            "application/activity+json, text/html;q=0.5",
            "text/html;q=0.1, application/json",
        ] {
            assert_eq!(
                negotiate(Some(accept)),
                Representation::ActivityPub,
                "{accept}"
            );
        }
        for accept in [
            "",
            "*/*",
            "text/html,application/xhtml+xml,*/*;q=0.8",
            "text/html, application/json;q=0.9",
        ] {
            assert_eq!(negotiate(Some(accept)), Representation::Html, "{accept}");
        }
        assert_eq!(negotiate(None), Representation::Html);
    }
}
