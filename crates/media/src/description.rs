//! What a picture shows, in words, for those who do not see it.

/// No description is longer, in characters; Mastodon's limit for other servers' posts.
pub const MAX_DESCRIPTION: usize = 10_000;

/// A description as another server sent it, trimmed and cut to [`MAX_DESCRIPTION`]; `None` if nothing is left.
pub fn description(text: &str) -> Option<String> {
    let trimmed = text.trim();
    (!trimmed.is_empty()).then(|| {
        trimmed
            .chars()
            .filter(|c| *c != '\0')
            .take(MAX_DESCRIPTION)
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_is_trimmed_and_cut() {
        assert_eq!(description(" a cat "), Some("a cat".to_owned()));
        assert_eq!(description(" \n "), None);
        let cut = description(&"é".repeat(20_000)).expect("there is text");
        assert_eq!(cut.chars().count(), MAX_DESCRIPTION);
    }
}
