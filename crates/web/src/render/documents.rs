//! What the organisation publishes about its server.

use std::collections::BTreeMap;

use mastodon::{Date, ExtendedDescription, Id, PrivacyPolicy, Rule, TermsOfService, Timestamp};
use model::moderation::document::Document;
use service::moderation::board::documents::{Shown, Source};
use text::documents::markdown;

use super::Renderer;

/// The rules, numbered as they are ordered.
pub(crate) fn rules(rules: &[String]) -> Vec<Rule<'_>> {
    rules
        .iter()
        .zip(1..)
        .map(|(text, number)| Rule {
            id: Id(number),
            text: text.as_str().into(),
            hint: "".into(),
            translations: BTreeMap::new(),
        })
        .collect()
}

impl Renderer {
    /// The about page; empty when nobody has written one.
    pub(crate) fn extended_description(&self, about: &Shown) -> ExtendedDescription<'static> {
        if about.source == Source::Default {
            return ExtendedDescription {
                updated_at: None,
                content: "".into(),
            };
        }
        ExtendedDescription {
            updated_at: Some(self.since(&about.document)),
            content: content(&about.document).into(),
        }
    }

    /// The privacy policy; as in Mastodon there is always one.
    pub(crate) fn privacy_policy(&self, policy: &Shown) -> PrivacyPolicy<'static> {
        PrivacyPolicy {
            updated_at: self.since(&policy.document),
            content: content(&policy.document).into(),
        }
    }

    /// Terms of service that hold, or are to hold or held once, and from when newer ones do.
    pub(crate) fn terms_of_service(
        &self,
        terms: &Document,
        is_in_force: bool,
        succeeded_by: Option<&Document>,
    ) -> TermsOfService<'static> {
        TermsOfService {
            effective_date: self.day(terms),
            effective: is_in_force,
            content: content(terms).into(),
            succeeded_by: succeeded_by.map(|newer| self.day(newer)),
        }
    }

    /// Since when a document holds. Of what nobody has adopted only the day is known on which this process read it.
    fn since(&self, document: &Document) -> Timestamp {
        Timestamp(document.effective_at.unwrap_or(self.documents_read_at))
    }

    fn day(&self, document: &Document) -> Date {
        Date(self.since(document).0.date())
    }
}

fn content(document: &Document) -> String {
    markdown(&document.text).into_string()
}
