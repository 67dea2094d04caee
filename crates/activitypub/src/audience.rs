//! Whom a post or boost is addressed to.

use crate::json;
use serde_json::Value;

/// The collection that means everybody.
pub const PUBLIC: &str = "https://www.w3.org/ns/activitystreams#Public";

/// Whether an address means everybody; Ghost and other Fedify applications shorten it.
pub fn is_public(address: &str) -> bool {
    matches!(address, PUBLIC | "as:Public" | "Public")
}

/// Who may see a post, as far as its addressing says.
///
/// A direct post that addresses people it does not mention is what Mastodon calls limited; that takes knowledge of who
/// is known and is decided elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Audience {
    /// Everybody, and shown in public timelines.
    Public,
    /// Everybody who finds it.
    Unlisted,
    /// The author's followers and those mentioned.
    Private,
    /// Only those addressed.
    Direct,
}

/// The audience of a document. Followers count in `cc` too: Mastodon's documentation says so and its code does not;
/// the wider reading loses nobody.
pub fn visibility(to: &[String], cc: &[String], author_followers: Option<&str>) -> Audience {
    let is_followers = |address: &String| author_followers == Some(address.as_str());
    if to.iter().any(|address| is_public(address)) {
        Audience::Public
    } else if cc.iter().any(|address| is_public(address)) {
        Audience::Unlisted
    } else if to.iter().chain(cc).any(is_followers) {
        Audience::Private
    } else {
        Audience::Direct
    }
}

/// The ids under `to`, `cc` and the like, the public collection in its full spelling.
pub(crate) fn addresses(object: &Value, key: &str) -> Vec<String> {
    json::ids_at(object, key)
        .into_iter()
        .map(|id| {
            if is_public(id) {
                PUBLIC.to_owned()
            } else {
                id.to_owned()
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FOLLOWERS: &str = "https://a.example/followers";

    #[test]
    fn addressing_decides_the_audience() {
        let owned = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
        for (to, cc, audience) in [
            (vec![PUBLIC], vec![FOLLOWERS], Audience::Public),
            (vec!["as:Public"], vec![], Audience::Public),
            (vec![FOLLOWERS], vec!["Public"], Audience::Unlisted),
            (vec![FOLLOWERS], vec![], Audience::Private),
            (
                vec!["https://b.example/u"],
                vec![FOLLOWERS],
                Audience::Private,
            ),
            (
                vec!["https://other.example/followers"],
                vec![],
                Audience::Direct,
            ),
            (vec![], vec![], Audience::Direct),
        ] {
            assert_eq!(
                visibility(&owned(&to), &owned(&cc), Some(FOLLOWERS)),
                audience,
                "{to:?} {cc:?}"
            );
        }
        assert_eq!(visibility(&owned(&["x"]), &[], None), Audience::Direct);
    }
}
