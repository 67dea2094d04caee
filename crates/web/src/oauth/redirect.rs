//! Sending a person back to the app.

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use url::form_urlencoded;

/// What a Location header cannot hold as it is. Everything else stays as the app registered it: some
/// apps compare the address letter for letter.
const UNSENDABLE: &AsciiSet = &CONTROLS.add(b' ');

/// To the app's own address, with an answer in its query.
///
/// `redirect_uri` must be one that the app registered.
pub(super) fn to_app(redirect_uri: &str, answer: &[(&str, &str)]) -> Response {
    let joint = match redirect_uri.split_once('?') {
        None => "?",
        Some((_, query)) if query.is_empty() || query.ends_with('&') => "",
        Some(_) => "&",
    };
    let answer = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(answer)
        .finish();
    let uri = utf8_percent_encode(redirect_uri, UNSENDABLE);
    let location = HeaderValue::try_from(format!("{uri}{joint}{answer}"))
        .expect("what a header cannot hold has been encoded");
    let headers = [
        (header::LOCATION, location),
        (
            header::CACHE_CONTROL,
            HeaderValue::from_static("private, no-store"),
        ),
        (
            header::REFERRER_POLICY,
            HeaderValue::from_static("no-referrer"),
        ),
    ];
    (StatusCode::FOUND, headers).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn location(redirect_uri: &str) -> String {
        let response = to_app(redirect_uri, &[("code", "a b"), ("state", "&=\r\n#ü")]);
        response.headers()["location"].to_str().unwrap().to_owned()
    }

    #[test]
    fn the_answer_is_added_to_what_the_app_registered_and_changes_nothing_of_it() {
        let answer = "code=a+b&state=%26%3D%0D%0A%23%C3%BC";
        for (registered, expected) in [
            ("ivory://", format!("ivory://?{answer}")),
            ("com.App:/OAuth", format!("com.App:/OAuth?{answer}")),
            (
                "https://app.example",
                format!("https://app.example?{answer}"),
            ),
            (
                "https://app.example/cb?x=1",
                format!("https://app.example/cb?x=1&{answer}"),
            ),
            (
                "https://app.example/cb?",
                format!("https://app.example/cb?{answer}"),
            ),
            (
                "https://app.example/ü\r\nX: y",
                format!("https://app.example/%C3%BC%0D%0AX:%20y?{answer}"),
            ),
        ] {
            assert_eq!(location(registered), expected);
        }
    }
}
