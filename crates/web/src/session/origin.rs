//! Whether a form was sent from a page of our own, as the browser itself tells.
//!
//! The second of two protections; the first is the hidden value. Sources: the Fetch Metadata
//! specification, <https://www.w3.org/TR/fetch-metadata/>, and the Origin header of RFC 6454.

use http::{HeaderMap, header};

/// Whether nothing speaks against it. Old browsers tell nothing, and then the hidden value decides.
///
/// `host` is the name under which the browser reached us: the demo answers to several.
pub(super) fn is_ours(headers: &HeaderMap, base: &str, host: Option<&str>) -> bool {
    if let Some(site) = headers.get("sec-fetch-site") {
        return site == "same-origin";
    }
    let Some(origin) = headers.get(header::ORIGIN) else {
        return true;
    };
    let Ok(origin) = origin.to_str() else {
        return false;
    };
    let authority = origin.split_once("://").map(|(_, authority)| authority);
    origin == base || (authority.is_some() && authority == host)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_ours(told: &[(&'static str, &str)]) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in told {
            headers.insert(*name, value.parse().unwrap());
        }
        super::is_ours(
            &headers,
            "https://social.club.example",
            Some("localhost:3000"),
        )
    }

    #[test]
    fn a_form_from_elsewhere_is_told_by_the_browser() {
        for told in [
            [("sec-fetch-site", "cross-site")],
            [("sec-fetch-site", "same-site")],
            [("sec-fetch-site", "none")],
            [("origin", "https://evil.example")],
            [("origin", "https://social.club.example.evil.example")],
            [("origin", "null")],
        ] {
            assert!(!is_ours(&told), "{told:?}");
        }
        let contradiction = [
            ("sec-fetch-site", "cross-site"),
            ("origin", "https://social.club.example"),
        ];
        assert!(!is_ours(&contradiction));
    }

    #[test]
    fn our_own_forms_pass() {
        assert!(is_ours(&[("sec-fetch-site", "same-origin")]));
        assert!(is_ours(&[("origin", "https://social.club.example")]));
        assert!(is_ours(&[("origin", "http://localhost:3000")]));
        assert!(is_ours(&[]));
    }
}
