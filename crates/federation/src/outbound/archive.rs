//! What a member takes along: the actor and all posts, in the form of Mastodon's archives.

use activitypub::emit::{self, Collection, Context, to_document, to_json};
use futures_util::future::BoxFuture;
use model::Account;
use model::status::StatusView;
use service::archive::{Archivist, From, Piece};
use service::members;

use super::documents;
use crate::edge::State;

/// Posts in one piece.
const PIECE: i64 = 50;

impl Archivist for State {
    fn actor<'a>(&'a self, account: &'a Account) -> BoxFuture<'a, service::Result<Vec<u8>>> {
        Box::pin(async {
            let actor = documents::actor(self, account).await?;
            Ok(to_document(Context::Actor, &actor))
        })
    }

    fn outbox<'a>(
        &'a self,
        account: &'a Account,
        from: From,
    ) -> BoxFuture<'a, service::Result<Piece>> {
        Box::pin(outbox(self, account, from))
    }
}

async fn outbox(state: &State, account: &Account, from: From) -> service::Result<Piece> {
    let older_than = match from {
        From::Beginning => None,
        From::OlderThan(id) => Some(id),
    };
    let (views, next) = members::own_posts(&state.app, account.id, older_than, PIECE).await?;
    let mut bytes = match from {
        From::Beginning => opening(),
        // The end of a piece is not the end of the list, so something stood before.
        From::OlderThan(_) => Vec::new(),
    };
    for (index, view) in views.iter().enumerate() {
        if index > 0 || from != From::Beginning {
            bytes.push(b',');
        }
        bytes.extend(activity(state, view).await?);
    }
    if next.is_none() {
        bytes.extend_from_slice(b"]}");
    }
    Ok(Piece { bytes, next })
}

/// A collection up to where its items begin.
fn opening() -> Vec<u8> {
    let empty = Collection::<String> {
        total_items: None,
        ..Collection::whole("outbox.json".to_owned(), Vec::new())
    };
    let mut bytes = to_document(Context::Note, &empty);
    let end = bytes
        .windows(3)
        .rposition(|window| window == b"[]}")
        .expect("an ordered collection ends with its items");
    bytes.truncate(end + 1);
    bytes
}

async fn activity(state: &State, view: &StatusView) -> service::Result<Vec<u8>> {
    Ok(match documents::announce(view) {
        Some(announce) => to_json(&announce),
        None => to_json(&emit::create(documents::note(&state.app, view).await?)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_opening_and_the_end_are_a_collection() {
        let mut bytes = opening();
        bytes.extend_from_slice(b"{}]}");

        let document: serde_json::Value = serde_json::from_slice(&bytes).unwrap();

        assert_eq!(document["type"], "OrderedCollection");
        assert_eq!(document["orderedItems"], serde_json::json!([{}]));
    }
}
