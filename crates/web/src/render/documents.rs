//! What the organisation publishes about its server.

use std::collections::BTreeMap;

use mastodon::{Date, ExtendedDescription, Id, PrivacyPolicy, Rule, TermsOfService, Timestamp};
use text::documents::markdown;

use super::Renderer;

impl Renderer {
    /// The rules, numbered as they are ordered.
    pub(crate) fn rules(&self) -> Vec<Rule<'_>> {
        let rules = self.settings.presentation.rules.iter().zip(1..);
        rules
            .map(|(text, number)| Rule {
                id: Id(number),
                text: text.as_str().into(),
                hint: "".into(),
                translations: BTreeMap::new(),
            })
            .collect()
    }

    /// The about page; empty when there is none.
    pub(crate) fn extended_description(&self) -> ExtendedDescription<'_> {
        let about = &self.settings.presentation.about;
        ExtendedDescription {
            updated_at: (!about.is_empty()).then_some(Timestamp(self.documents_read_at)),
            content: markdown(about).into_string().into(),
        }
    }

    /// The privacy policy.
    pub(crate) fn privacy_policy(&self) -> PrivacyPolicy<'_> {
        PrivacyPolicy {
            updated_at: Timestamp(self.documents_read_at),
            content: markdown(&self.settings.presentation.privacy_policy)
                .into_string()
                .into(),
        }
    }

    /// The terms of service, if there are any.
    pub(crate) fn terms_of_service(&self) -> Option<TermsOfService<'_>> {
        let terms = &self.settings.presentation.terms_of_service;
        if terms.is_empty() {
            return None;
        }
        Some(TermsOfService {
            effective_date: Date(self.documents_read_at.date()),
            effective: true,
            content: markdown(terms).into_string().into(),
            succeeded_by: None,
        })
    }
}
