//! Where somebody is sent on after signing in: one of our own pages and nowhere else (S58).

use std::fmt;

use percent_encoding::percent_decode_str;

/// The longest that is carried through a form; requests of apps are long.
const LONGEST: usize = 8000;

/// The path of a page of ours, with its query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LocalPath(String);

impl LocalPath {
    /// The front page.
    pub(crate) fn front() -> Self {
        Self("/".to_owned())
    }

    /// Reads what a form or an address says. What is not plainly a page of ours is `None`: other
    /// hosts in every disguise, line breaks, and paths that are no pages.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let is_plain =
            text.len() <= LONGEST && text.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
        let rest = text.strip_prefix('/').filter(|_| is_plain)?;
        let path = rest.split(['?', '#']).next()?;
        let path = percent_decode_str(path).decode_utf8().ok()?;
        let is_tricky = path.contains("//")
            || path.starts_with('/')
            || path.split('/').any(|part| part == ".." || part == ".")
            || path.contains('\\')
            || path.chars().any(char::is_control);
        (!is_tricky && is_page(&path)).then(|| Self(text.to_owned()))
    }

    /// The path, for a Location header.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_page(path: &str) -> bool {
    let first = path.split('/').next().unwrap_or_default();
    match first {
        "" => path.is_empty(),
        "oauth" => path == "oauth/authorize",
        "settings" => {
            matches!(
                path,
                "settings/security"
                    | "settings/email"
                    | "settings/private_email"
                    | "settings/decisions"
            ) || path.starts_with("settings/security/")
        }
        "authorize_interaction"
        | "about"
        | "rules"
        | "tags"
        | "console"
        | "board"
        | "moderation" => true,
        other => other.starts_with('@'),
    }
}

impl fmt::Display for LocalPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // S58: `//evil` in a parameter led anywhere.
    #[test]
    fn no_disguise_of_another_host_is_a_page_of_ours() {
        for text in [
            "",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "///evil.example",
            "/%2f%2fevil.example",
            "/%2Fevil.example",
            "/%5cevil.example",
            "https://evil.example",
            "javascript:alert(1)",
            "/\t/evil.example",
            "/ /evil.example",
            "/a\r\nLocation: x",
            "/@alice%0d%0aLocation:%20x",
            "/@alice/..//evil.example",
            "/tags/../auth/sign_out",
            "@evil.example",
            "evil.example",
            "/auth/sign_out",
            "/api/v1/apps",
            "/settings/securityx",
            "/settings/../auth/sign_out",
            "/oauth/token",
            "/@al\u{ff0f}\u{ff0f}ice",
        ] {
            assert_eq!(LocalPath::parse(text), None, "{text}");
        }
    }

    #[test]
    fn our_own_pages_pass_unchanged() {
        for text in [
            "/",
            "/@alice",
            "/@alice/123?max_id=4",
            "/tags/moot",
            "/about",
            "/settings/security",
            "/settings/private_email",
            "/settings/security/app?redirect_to=%2F",
            "/oauth/authorize?client_id=a&redirect_uri=https%3A%2F%2Fapp.example%2F%2Fx&scope=read",
            "/authorize_interaction?uri=https%3A%2F%2Fa.example%2F%40b",
            "/console",
            "/console/proposals/12/vote",
            "/board/decisions?state=recorded",
            "/moderation/7",
        ] {
            assert_eq!(LocalPath::parse(text).unwrap().as_str(), text);
        }
    }
}
