//! Other servers that come to a page's address for the thing itself are told where that is.

use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};

/// The media type in which servers exchange things.
const ACTIVITY: &str = "application/activity+json";

/// Whether the document is asked for and not the page.
pub(super) fn wants_document(headers: &HeaderMap) -> bool {
    let mut accepted = headers
        .get_all(header::ACCEPT)
        .iter()
        .filter_map(|line| line.to_str().ok());
    let mut wants = false;
    let says_html = accepted.any(|line| {
        wants |= line.contains(ACTIVITY) || line.contains("application/ld+json");
        line.contains("text/html")
    });
    wants && !says_html
}

/// To the document with this id, which is one of ours.
pub(super) fn to_document(uri: &str) -> Response {
    let location = HeaderValue::try_from(uri).expect("our own ids are ASCII");
    let headers = [
        (header::LOCATION, location),
        (header::VARY, HeaderValue::from_static("Accept")),
    ];
    (StatusCode::FOUND, headers).into_response()
}

/// The Link header of a page about the thing with this id.
pub(super) fn link(uri: &str) -> HeaderValue {
    HeaderValue::try_from(format!("<{uri}>; rel=\"alternate\"; type=\"{ACTIVITY}\""))
        .expect("our own ids are ASCII")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_get_the_page_and_servers_the_document() {
        for (accept, expected) in [
            ("application/activity+json", true),
            (
                "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"",
                true,
            ),
            ("application/activity+json, text/html;q=0.1", false),
            ("text/html,application/xhtml+xml,*/*;q=0.8", false),
            ("*/*", false),
            ("application/json", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT, accept.parse().unwrap());

            assert_eq!(wants_document(&headers), expected, "{accept}");
        }
    }
}
