//! What somebody had filled in when they were asked for a proof.

use crate::{pages::fields::Fields, session::TOKEN_FIELD};

/// Says that a form is carried, and not only an address.
const MARK: &str = "carried";
/// What the page in between asks for itself, and what it adds.
const OWN: [&str; 6] = [
    TOKEN_FIELD,
    "code",
    "password",
    "answer",
    "redirect_to",
    MARK,
];

/// The fields of a form that is on its way.
#[derive(Clone, Debug, Default)]
pub(in crate::pages) struct Carried(Vec<(String, String)>);

impl Carried {
    /// A form that comes here.
    pub(super) fn of(fields: &Fields) -> Self {
        let kept = fields.iter().filter(|(name, _)| !OWN.contains(name));
        let mut kept: Vec<(String, String)> = kept
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        kept.push((MARK.to_owned(), "1".to_owned()));
        Self(kept)
    }

    /// One that is here already, and stays for another try.
    pub(super) fn on(fields: &Fields) -> Self {
        if fields.has(MARK) {
            Self::of(fields)
        } else {
            Self::default()
        }
    }

    /// Whether there is one.
    pub(in crate::pages) fn is_something(&self) -> bool {
        !self.0.is_empty()
    }

    /// Names and values.
    pub(in crate::pages) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }
}
