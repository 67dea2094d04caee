//! What an app may do, in words a member understands.

use model::{Scope, Scopes};

/// One sentence for each scope, in the order of the table of scopes; narrow ones that a broad one
/// contains are left out.
pub(crate) fn in_words(scopes: &Scopes) -> Vec<String> {
    let is_asked = |scope: &Scope| scopes.iter().any(|asked| asked == *scope);
    let stands_alone = |scope: &Scope| {
        let others: Scopes = scopes.iter().filter(|other| other != scope).collect();
        !others.allow(*scope)
    };
    let told = Scope::all().filter(is_asked).filter(stands_alone);
    told.map(words).collect()
}

/// One scope, in words.
pub(crate) fn words(scope: Scope) -> String {
    let name = scope.as_str();
    match name {
        "profile" => "See who you are: your name, handle and picture".into(),
        "read" => "Read everything that you can read here, private posts included".into(),
        "write" => "Post, react and change things in your name".into(),
        "follow" => "See and change whom you follow, mute and block".into(),
        "push" => "Send you notifications".into(),
        "admin:read" => "Read everything that moderators can read".into(),
        "admin:write" => {
            "Do everything that moderators can do, so propose measures and vote in your name".into()
        }
        "admin:read:proposals" => "See what moderators and the board propose and decide".into(),
        "admin:write:proposals" => {
            "Propose measures and vote in your name, as a moderator or on the board".into()
        }
        _ => match name.rsplit_once(':') {
            Some(("read", thing)) => format!("See {}", seen(thing)),
            Some(("write", thing)) => changed(thing),
            Some(("admin:read", thing)) => {
                format!("As a moderator, see {}", administered(thing))
            }
            Some(("admin:write", thing)) => {
                format!("As a moderator, propose to change {}", administered(thing))
            }
            _ => name.to_owned(),
        },
    }
}

fn seen(thing: &str) -> &str {
    match thing {
        "accounts" => "your account and other people's",
        "blocks" => "whom you block",
        "bookmarks" => "your bookmarks",
        "collections" => "your collections",
        "favourites" => "your favourites",
        "filters" => "your filters",
        "follows" => "whom you follow",
        "lists" => "your lists",
        "mutes" => "whom you mute",
        "notifications" => "your notifications",
        "search" => "search results in your name",
        "statuses" => "all posts that you can see, private ones included",
        other => other,
    }
}

fn changed(thing: &str) -> String {
    match thing {
        "accounts" => "Change your profile".into(),
        "blocks" => "Block and unblock people and servers".into(),
        "bookmarks" => "Add and remove bookmarks".into(),
        "collections" => "Change your collections".into(),
        "conversations" => "Mute and remove conversations".into(),
        "favourites" => "Add and remove favourites".into(),
        "filters" => "Change your filters".into(),
        "follows" => "Follow and unfollow people".into(),
        "lists" => "Change your lists".into(),
        "media" => "Upload files".into(),
        "mutes" => "Mute and unmute people and conversations".into(),
        "notifications" => "Clear your notifications".into(),
        "reports" => "Report people and posts".into(),
        "statuses" => "Write, change and delete posts, and boost".into(),
        other => format!("Change {other}"),
    }
}

fn administered(thing: &str) -> &str {
    match thing {
        "accounts" => "all accounts",
        "reports" => "reports",
        "domain_allows" => "allowed servers",
        "domain_blocks" => "blocked servers",
        "ip_blocks" => "blocked addresses",
        "email_domain_blocks" => "blocked mail providers",
        "canonical_email_blocks" => "blocked mail addresses",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scope_has_words() {
        for scope in Scope::all() {
            let words = words(scope);

            assert!(
                words.contains(' ') && !words.contains('_') && !words.contains(':')
                    || words.starts_with("See who"),
                "{scope}: {words}"
            );
        }
    }

    #[test]
    fn what_a_broad_scope_contains_is_not_said_twice() {
        let scopes: Scopes = "read read:statuses write:media".parse().unwrap();

        let words = in_words(&scopes);

        assert_eq!(words.len(), 2);
        assert!(words[0].starts_with("Read everything"), "{words:?}");
    }
}
