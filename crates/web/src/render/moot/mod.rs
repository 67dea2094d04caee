//! Moot's own entities.

mod appeals;
mod board;
mod cases;
mod governance;
mod proposals;

use mastodon::{Id, moot};
use model::moderation::Person;

/// Somebody in office.
fn person(person: &Person) -> moot::Person {
    moot::Person {
        id: Id(person.id.get()),
        account_id: person.account_id.map(|id| Id(id.get())),
        name: person.name.clone(),
        handle: person.handle.clone(),
    }
}
