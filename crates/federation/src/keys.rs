//! Keys: ours, to sign with, and those of others, to verify with.
//!
//! S13: a key speaks for an actor only if the actor, fetched from its own address, lists it; what a request or a key
//! document says about its owner is only a hint where to look. S23: whatever came of looking for a key is remembered
//! for five minutes, so that five hundred requests with one dead key make one fetch.

use std::sync::Arc;

use activitypub::signature::{PrivateKey, PublicKey};
use activitypub::{Host, json, same_host};
use model::{AccountId, account::INSTANCE_ACTOR};
use service::{App, accounts};

use crate::client::Signer;
use crate::edge::{Edge, State};
use crate::fetch::{self, FetchError};
use crate::resolve::actor;
use crate::run::Run;

/// Somebody whose signature can be verified.
#[derive(Clone, Debug)]
pub(crate) struct Peer {
    pub(crate) key: PublicKey,
    pub(crate) account_id: AccountId,
    pub(crate) uri: Arc<str>,
}

/// Why a key cannot be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeyProblem {
    /// Its server cannot be reached for the moment.
    Unreachable,
    /// It does not exist, or not for this owner; or it is no key we can use.
    Unusable(&'static str),
    /// It is one of our own.
    Ours,
}

/// What is known of a key id.
pub(crate) type KnownSigner = Result<Peer, KeyProblem>;

impl Edge {
    /// One of our own actors as a signer.
    pub(crate) async fn signer(&self, app: &App, id: AccountId) -> service::Result<Arc<Signer>> {
        let load = async {
            let der = accounts::private_key(app, id).await?;
            let uri = if id == INSTANCE_ACTOR {
                app.urls.instance_actor()
            } else {
                accounts::get(app, id).await?.uri
            };
            let key = PrivateKey::from_pkcs8(&der).map_err(service::Error::internal)?;
            Ok::<_, service::Error>(Arc::new(Signer {
                key_id: key_id_of(&uri).into(),
                key,
            }))
        };
        self.signers
            .try_get_with(id.get(), load)
            .await
            .map_err(shared)
    }

    /// The server's own actor as a signer.
    pub(crate) async fn instance_signer(&self, app: &App) -> service::Result<Arc<Signer>> {
        self.signer(app, INSTANCE_ACTOR).await
    }
}

/// The id of the one key each of our actors has.
pub(crate) fn key_id_of(actor: &str) -> String {
    format!("{actor}#main-key")
}

fn shared(error: Arc<service::Error>) -> service::Error {
    Arc::try_unwrap(error)
        .unwrap_or_else(|error| service::Error::Internal(anyhow::anyhow!("{error}")))
}

/// The owner of a key, from memory, the database, or the owner's server.
pub(crate) async fn find(state: &State, key_id: &str) -> service::Result<KnownSigner> {
    if let Some(known) = state.edge.known_keys.get(key_id).await {
        return Ok(known);
    }
    if let Some(known) = stored(&state.app, key_id).await? {
        state
            .edge
            .known_keys
            .insert(key_id.to_owned(), known.clone())
            .await;
        return Ok(known);
    }
    // One look-up for all who wait for it.
    Ok(state
        .edge
        .known_keys
        .get_with_by_ref(key_id, Box::pin(fetch_for_stranger(state, key_id)))
        .await)
}

/// The key once more from its owner's server, because a signature did not fit; `None` when that was done of late.
pub(crate) async fn refresh(state: &State, key_id: &str) -> service::Result<Option<KnownSigner>> {
    let entry = state.edge.refreshed_keys.entry_by_ref(key_id).or_insert(());
    if !entry.is_fresh() {
        return Ok(None);
    }
    let refreshed = Box::pin(fetch_for_stranger(state, key_id)).await;
    if refreshed.is_ok() {
        state
            .edge
            .known_keys
            .insert(key_id.to_owned(), refreshed.clone())
            .await;
    }
    Ok(Some(refreshed))
}

async fn stored(app: &App, key_id: &str) -> service::Result<Option<KnownSigner>> {
    let Some(known) = accounts::find_key(app, key_id).await? else {
        return Ok(None);
    };
    if known.owner_is_local {
        return Ok(Some(Err(KeyProblem::Ours)));
    }
    Ok(Some(
        PublicKey::from_pem(&known.pem)
            .map(|key| Peer {
                key,
                account_id: known.owner,
                uri: known.owner_uri.into(),
            })
            .map_err(|_| KeyProblem::Unusable("unusable_key")),
    ))
}

/// A fetch that nobody we know has asked for: few at a time, and none to hosts that were silent of late (S20).
async fn fetch_for_stranger(state: &State, key_id: &str) -> KnownSigner {
    let is_silent =
        Host::of_id(key_id).is_some_and(|host| state.edge.unreachable.contains_key(&host));
    let Ok(_permit) = state.edge.key_fetches.try_acquire() else {
        return Err(KeyProblem::Unreachable);
    };
    if is_silent || state.edge.is_exhausted(state.app.clock.now()) {
        return Err(KeyProblem::Unreachable);
    }
    let run = Run::new(&state.app, &state.edge);
    match fetch_owner(&run, key_id).await {
        Ok(_) => match stored(&state.app, key_id).await {
            Ok(Some(known)) => known,
            Ok(None) => Err(KeyProblem::Unusable("key_owner_mismatch")),
            Err(_) => Err(KeyProblem::Unreachable),
        },
        Err(error) => {
            state.edge.asked_in_vain(state.app.clock.now());
            if let actor::ActorProblem::Fetch(FetchError::Client(error)) = &error {
                state.edge.note_unreachable(key_id, error);
            }
            tracing::debug!(
                key_id,
                error = &error as &dyn std::error::Error,
                "a key could not be had"
            );
            Err(if error.is_passing() {
                KeyProblem::Unreachable
            } else {
                KeyProblem::Unusable(error.code())
            })
        }
    }
}

/// Fetches whoever owns a key, and stores them with it.
pub(crate) async fn fetch_owner(
    run: &Run<'_>,
    key_id: &str,
) -> Result<AccountId, actor::ActorProblem> {
    let document = fetch::pointer(run, key_id).await?;
    let value = document.value();
    // An actor, an actor's stub, or a bare key that names its owner.
    let owner = json::list_at(value, "publicKey")
        .find_map(|key| json::id_at(key, "owner"))
        .or_else(|| json::id_at(value, "owner"))
        .or_else(|| json::id_at(value, "controller"))
        .or_else(|| document.id())
        .ok_or(FetchError::MissingId)?;
    if !same_host(owner, key_id) {
        return Err(actor::ActorProblem::KeyOwner);
    }
    let actor = actor::fetch(run, owner).await?;
    let lists_it = actor
        .keys
        .iter()
        .any(|key| key.id == key_id && key.owner == actor.id);
    if !lists_it || !same_host(&actor.id, key_id) {
        return Err(actor::ActorProblem::KeyOwner);
    }
    actor::store(run, &actor).await
}
