//! From the organisation's user name to a handle.

use thiserror::Error;
use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

use crate::handle::{MAX_MEMBER_USERNAME, Username};

/// Names that would pass for somebody with an office, or for the server.
const OFFICES: &[&str] = &[
    "abuse",
    "account",
    "accounts",
    "admin",
    "administration",
    "administrator",
    "admins",
    "board",
    "help",
    "helpdesk",
    "instance",
    "mod",
    "moderation",
    "moderator",
    "moderators",
    "mods",
    "moot",
    "owner",
    "postmaster",
    "root",
    "security",
    "server",
    "staff",
    "support",
    "webmaster",
];

/// Whether a name would pass for an office, in any case.
pub fn is_office(name: &str) -> bool {
    OFFICES.contains(&name.to_ascii_lowercase().as_str())
}

/// Why a user name of the organisation gives no handle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NoHandle {
    /// None of its characters can stand in a handle.
    #[error("nothing of the name can stand in a handle")]
    Empty,
    /// It would pass for an office.
    #[error("the name stands for an office of the server")]
    Office,
}

/// The handle that a user name of the organisation becomes: small letters, accents taken off, what divides words
/// made `_`, everything else that a handle cannot have dropped, cut at 30. Of a name that is an address, the part
/// before the `@` counts, as in Mastodon.
pub fn handle_from(name: &str) -> Result<Username, NoHandle> {
    let name = name.trim();
    let local = name.split_once('@').map_or(name, |(local, _)| local);
    let text: String = local
        .nfkd()
        .filter(|letter| !is_combining_mark(*letter))
        .flat_map(char::to_lowercase)
        .filter_map(|letter| match letter {
            'a'..='z' | '0'..='9' | '_' => Some(letter),
            '.' | '-' | ' ' | '+' | '\'' | '/' | '\\' | '‐' | '’' => Some('_'),
            _ => None,
        })
        .take(MAX_MEMBER_USERNAME)
        .collect();
    if !text.contains(|letter: char| letter.is_ascii_alphanumeric()) {
        return Err(NoHandle::Empty);
    }
    if is_office(&text) {
        return Err(NoHandle::Office);
    }
    Username::for_member(&text).map_err(|_| NoHandle::Empty)
}

/// A name with a number behind it, for when the name itself is taken: `_1`, `_2`, …, as Mastodon does for providers.
/// The whole stays within 30 characters.
pub fn numbered(name: &Username, number: u32) -> Username {
    let suffix = format!("_{number}");
    let room = MAX_MEMBER_USERNAME.saturating_sub(suffix.len());
    let kept: String = name.as_str().chars().take(room).collect();
    Username::from_storage(kept + &suffix)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_name_becomes_the_handle_nearest_to_it() {
        for (name, expected) in [
            ("alice", "alice"),
            ("Alice", "alice"),
            ("first.last", "first_last"),
            ("first-last", "first_last"),
            ("Mary Ann", "mary_ann"),
            ("o'hara", "o_hara"),
            ("alice@club.example", "alice"),
            ("jürgen", "jurgen"),
            ("ＡＬＩＣＥ", "alice"),
            ("JİM", "jim"),
            ("a*)(uid=*", "auid"),
            ("s1234567", "s1234567"),
            ("_x_", "_x_"),
            ("naïve\0\u{202e}", "naive"),
        ] {
            assert_eq!(handle_from(name).unwrap().as_str(), expected, "{name}");
        }
        assert_eq!(
            handle_from(&"ab.".repeat(20)).unwrap().as_str(),
            "ab_".repeat(10)
        );
    }

    #[test]
    fn a_name_of_which_nothing_is_left_gives_no_handle() {
        for name in ["", "  ", "王芳", "...", "@club.example", "\0"] {
            assert_eq!(handle_from(name).unwrap_err(), NoHandle::Empty, "{name}");
        }
    }

    #[test]
    fn nobody_gets_the_name_of_an_office_by_any_spelling() {
        for name in ["admin", "ADMIN", "Ädmin", "root@club.example", "ｂｏａｒｄ"] {
            assert_eq!(handle_from(name).unwrap_err(), NoHandle::Office, "{name}");
        }
    }

    #[test]
    fn a_numbered_name_still_fits() {
        let long = handle_from(&"x".repeat(30)).unwrap();

        assert_eq!(
            numbered(&long, 12).as_str(),
            format!("{}_12", "x".repeat(27))
        );
        assert_eq!(numbered(&handle_from("al").unwrap(), 1).as_str(), "al_1");
    }
}
