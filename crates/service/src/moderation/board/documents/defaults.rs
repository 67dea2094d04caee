//! Texts that stand in for what the board has not adopted yet.

use model::moderation::document::DocumentKind;

use crate::App;

/// The operator's text, where there is one.
pub(super) fn operators_text(app: &App, kind: DocumentKind) -> Option<String> {
    let presentation = &app.settings.presentation;
    let text = match kind {
        DocumentKind::Rules => presentation.rules.iter().fold(String::new(), |list, rule| {
            list + "- " + &as_words(rule) + "\n"
        }),
        DocumentKind::About => presentation.about.clone(),
        DocumentKind::Privacy => presentation.privacy_policy.clone(),
        DocumentKind::Terms => presentation.terms_of_service.clone(),
        DocumentKind::Guidelines | DocumentKind::Landing | DocumentKind::Contact => String::new(),
    };
    (!text.trim().is_empty()).then_some(text)
}

/// The text that comes with the software, with what the server knows of itself filled in. What it cannot know stands
/// as `[fill in: …]`.
pub fn default_text(app: &App, kind: DocumentKind) -> String {
    let presentation = &app.settings.presentation;
    let contact = match presentation.contact_email.trim() {
        "" => "[fill in: an address where questions are answered]".to_owned(),
        address => as_words(address),
    };
    template(kind)
        .replace("{{title}}", &as_words(&presentation.title))
        .replace("{{domain}}", app.settings.local_domain.as_str())
        .replace("{{web}}", app.settings.web_domain.as_str())
        .replace("{{contact}}", &contact)
}

/// Plain text on one line, in Markdown: nothing in it means anything (S56).
fn as_words(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    for letter in text
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
    {
        if "\\`*_{}[]<>()#!|&~".contains(letter) {
            words.push('\\');
        }
        words.push(letter);
    }
    words
}

const fn template(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::Rules => include_str!("../defaults/rules.md"),
        DocumentKind::Guidelines => include_str!("../defaults/guidelines.md"),
        DocumentKind::Terms => include_str!("../defaults/terms.md"),
        DocumentKind::Privacy => include_str!("../defaults/privacy.md"),
        DocumentKind::Landing => include_str!("../defaults/landing.md"),
        DocumentKind::About => include_str!("../defaults/about.md"),
        DocumentKind::Contact => include_str!("../defaults/contact.md"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_default_says_something_and_leaves_no_open_brace() {
        for kind in DocumentKind::ALL {
            let text = template(kind);
            let filled = ["{{title}}", "{{domain}}", "{{web}}", "{{contact}}"]
                .iter()
                .fold(text.to_owned(), |text, blank| text.replace(blank, "x"));

            assert!(text.len() > 100, "{kind:?}");
            assert!(!filled.contains("{{"), "{kind:?}");
        }
    }

    #[test]
    fn what_the_operator_configured_is_no_markup() {
        let odd = "Be <b>kind</b> & *quiet*, [say](x) `it` \\ # 1 | 2";

        let read = text::documents::list_items(&format!("- {}", as_words(odd)));

        assert_eq!(read, [odd]);
    }

    #[test]
    fn the_default_rules_are_a_list() {
        let rules = text::documents::list_items(template(DocumentKind::Rules));

        assert!(rules.len() >= 5, "{rules:?}");
    }
}
