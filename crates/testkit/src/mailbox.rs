//! A relay that keeps every letter for the test to read.

use std::sync::{Arc, Mutex};

use futures_util::future::BoxFuture;
use service::mail::{Letter, Mailer, Undelivered};

/// Takes letters and shows them. Clones are the same box.
#[derive(Clone, Default)]
pub struct Mailbox {
    letters: Arc<Mutex<Vec<Letter>>>,
}

impl Mailbox {
    /// Every letter that was taken, in order.
    pub fn letters(&self) -> Vec<Letter> {
        self.held().clone()
    }

    /// The newest letter to an address.
    pub fn newest_to(&self, address: &str) -> Option<Letter> {
        self.held()
            .iter()
            .rfind(|letter| letter.to == address)
            .cloned()
    }

    fn held(&self) -> std::sync::MutexGuard<'_, Vec<Letter>> {
        self.letters
            .lock()
            .expect("nobody panics while holding the letters")
    }
}

impl Mailer for Mailbox {
    fn reaches_people(&self) -> bool {
        true
    }

    fn send<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Result<(), Undelivered>> {
        self.held().push(letter.clone());
        Box::pin(async { Ok(()) })
    }
}
