//! A directory that holds whom the test says.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use futures_util::future::BoxFuture;
use signin::{Directory, Identity, Refusal, ldap::Presence};

/// A directory. Clones hold the same people.
#[derive(Clone, Debug, Default)]
pub struct FakeDirectory(Arc<Mutex<Inside>>);

#[derive(Debug, Default)]
struct Inside {
    people: BTreeMap<String, Identity>,
    is_away: bool,
}

impl FakeDirectory {
    /// As the one way of a test's server.
    pub fn to_ways(&self) -> signin::Ways {
        signin::Ways {
            directory: Some(Arc::new(self.clone())),
            ..signin::Ways::default()
        }
    }

    /// Puts somebody in, or in place of who has that id.
    pub fn put(&self, identity: Identity) {
        let mut inside = self.inside();
        inside.people.insert(identity.subject.clone(), identity);
    }

    /// Takes somebody out.
    pub fn remove(&self, subject: &str) -> Option<Identity> {
        self.inside().people.remove(subject)
    }

    /// Takes everybody out.
    pub fn clear(&self) {
        self.inside().people.clear();
    }

    /// Does not answer any more.
    pub fn goes_away(&self) {
        self.inside().is_away = true;
    }

    /// Answers again.
    pub fn comes_back(&self) {
        self.inside().is_away = false;
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Directory for FakeDirectory {
    fn look_up<'a>(
        &'a self,
        subjects: &'a [String],
    ) -> BoxFuture<'a, Result<Vec<Presence>, Refusal>> {
        let inside = self.inside();
        let answer = if inside.is_away {
            Err(Refusal::unavailable("ldap", "no server answered"))
        } else {
            let about = |subject| match inside.people.get(subject) {
                Some(identity) => Presence::Here(identity.clone()),
                None => Presence::Gone("no such entry".into()),
            };
            Ok(subjects.iter().map(about).collect())
        };
        Box::pin(async { answer })
    }
}
