//! What the organisation publishes about its server.

use std::{borrow::Cow, collections::BTreeMap};

use schemars::JsonSchema;
use serde::Serialize;

use crate::{Date, Id, Timestamp};

/// One rule. <https://docs.joinmastodon.org/entities/Rule/>
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Rule<'a> {
    /// The rule's id.
    pub id: Id,
    /// The rule.
    pub text: Cow<'a, str>,
    /// The rule explained.
    pub hint: Cow<'a, str>,
    /// The rule in other languages, by code.
    pub translations: BTreeMap<Cow<'a, str>, RuleTranslation<'a>>,
}

/// A rule in another language.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct RuleTranslation<'a> {
    /// The rule.
    pub text: Cow<'a, str>,
    /// The rule explained.
    pub hint: Cow<'a, str>,
}

/// The about page. <https://docs.joinmastodon.org/entities/ExtendedDescription/>
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ExtendedDescription<'a> {
    /// When it was last changed.
    pub updated_at: Option<Timestamp>,
    /// Safe HTML; may be empty.
    pub content: Cow<'a, str>,
}

/// The privacy policy. <https://docs.joinmastodon.org/entities/PrivacyPolicy/>
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PrivacyPolicy<'a> {
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// Safe HTML.
    pub content: Cow<'a, str>,
}

/// The terms of service. <https://docs.joinmastodon.org/entities/TermsOfService/>
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct TermsOfService<'a> {
    /// From which day they hold.
    pub effective_date: Date,
    /// Whether they hold now.
    pub effective: bool,
    /// Safe HTML.
    pub content: Cow<'a, str>,
    /// From which day newer ones hold.
    pub succeeded_by: Option<Date>,
}
