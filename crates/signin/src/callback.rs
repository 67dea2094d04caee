//! Coming back from a provider's page.

use std::time::Duration;

use moka::sync::Cache;
use thiserror::Error;

use crate::Refusal;

/// How long an answer that was used is remembered: longer than any of them is good.
const REMEMBERED: Duration = Duration::from_mins(20);
/// How many are remembered at most.
const MOST: u64 = 100_000;

/// Why coming back from a provider ended without anybody being recognised. The texts are for the log.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Unrecognised {
    /// The person, or the provider, said no.
    #[error("the provider did not let them in: {0}")]
    Denied(String),
    /// The answer does not belong to what this browser began (S44).
    #[error("the answer belongs to another browser or another try")]
    Foreign,
    /// The answer has been used before, or has run out.
    #[error("the answer was used before or is too old")]
    Spent,
    /// The proof does not hold.
    #[error("the proof does not hold: {0}")]
    Untrue(String),
    /// The provider could not be asked.
    #[error("the provider could not be asked: {0}")]
    Unavailable(String),
}

impl Unrecognised {
    /// In the words that all ways share.
    pub fn into_refusal(self, way: &'static str) -> Refusal {
        match self {
            Self::Denied(reason) => Refusal::NotEntitled(reason),
            Self::Foreign | Self::Spent | Self::Untrue(_) => Refusal::Wrong,
            Self::Unavailable(reason) => Refusal::unavailable(way, reason),
        }
    }
}

/// Answers that were used; each is good once, whatever the provider thinks of it.
#[derive(Clone, Debug)]
pub(crate) struct Spent(Cache<String, ()>);

impl Spent {
    /// None yet.
    pub(crate) fn none() -> Self {
        let cache = Cache::builder()
            .max_capacity(MOST)
            .time_to_live(REMEMBERED)
            .build();
        Self(cache)
    }

    /// Uses an answer; whether this is the first time.
    pub(crate) fn is_first_use(&self, answer: &str) -> bool {
        self.0.entry_by_ref(answer).or_insert(()).is_fresh()
    }
}

/// Bytes nobody can guess, as text for addresses: 256 bits in 43 letters.
pub(crate) fn unguessable() -> String {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    let mut bytes = [0; 32];
    aws_lc_rs::rand::fill(&mut bytes).expect("the system gives randomness");
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Whether two secrets are the same, in a time that says nothing of where they differ.
pub(crate) fn is_same(one: &str, other: &str) -> bool {
    aws_lc_rs::constant_time::verify_slices_are_equal(one.as_bytes(), other.as_bytes()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_good_once() {
        let spent = Spent::none();

        assert!(spent.is_first_use("a"));
        assert!(!spent.is_first_use("a"));
        assert!(spent.is_first_use("b"));
    }
}
