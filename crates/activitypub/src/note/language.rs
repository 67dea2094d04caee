//! The language of a post.

use serde_json::Value;

use crate::json;

/// The key of the text that equals `content` (`GoToSocial` lists several), else the first key of a language map, else
/// what Lemmy and `PeerTube` say in `language`.
pub(super) fn of(post: &Value) -> Option<String> {
    let contents = json::language_map(post, "content");
    let equal = json::str_at(post, "content")
        .and_then(|content| contents.iter().find(|(_, text)| *text == content))
        .map(|(language, _)| *language);
    let first = |key: &str| {
        json::language_map(post, key)
            .first()
            .map(|(language, _)| *language)
    };
    equal
        .or_else(|| contents.first().map(|(language, _)| *language))
        .or_else(|| first("name"))
        .or_else(|| first("summary"))
        .or_else(|| json::get(post, "language").and_then(named))
        .filter(|language| is_language_tag(language))
        .map(str::to_owned)
}

fn named(language: &Value) -> Option<&str> {
    language
        .as_str()
        .or_else(|| json::str_at(language, "identifier"))
}

/// The form of BCP 47; `und` says that nobody knows.
fn is_language_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let primary = parts.next().is_some_and(|part| {
        (2..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphabetic())
    });
    primary
        && tag.len() <= 35
        && !tag.eq_ignore_ascii_case("und")
        && parts.all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_found_wherever_it_is() {
        for (text, expected) in [
            (
                r#"{"content":"b","contentMap":{"en":"a","de":"b"}}"#,
                Some("de"),
            ),
            (
                r#"{"content":"x","contentMap":{"fr":"a","de":"b"}}"#,
                Some("fr"),
            ),
            (r#"{"nameMap":{"pt-BR":"a"}}"#, Some("pt-BR")),
            (
                r#"{"language":{"identifier":"en","name":"English"}}"#,
                Some("en"),
            ),
            (r#"{"contentMap":{"und":"a"}}"#, None),
            (r#"{"contentMap":{"not a tag":"a"}}"#, None),
            (r"{}", None),
        ] {
            let document = crate::decode(text.as_bytes()).unwrap();
            assert_eq!(of(document.value()).as_deref(), expected, "{text}");
        }
    }
}
