//! What the edge needs besides the operations: the client, its memory, and the operator's decisions.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use activitypub::Host;
use moka::future::Cache;
use moka::sync::Cache as SyncCache;
use service::{App, peers::OutboundActivity};
use time::OffsetDateTime;
use tokio::sync::Semaphore;

use crate::client::{Client, ClientError, Rules, Signer};
use crate::keys::KnownSigner;
use crate::outbound::actors::Actors;

/// What the operator has decided about dealing with other servers.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Rules for outgoing requests.
    pub rules: Rules,
    /// Documents are handed only to who signs the request (`AUTHORIZED_FETCH`).
    pub requires_signed_fetch: bool,
}

/// The edge's own things. The operations reach it as `service::remote::RemoteLookup`.
pub struct Edge {
    pub(crate) client: Client,
    pub(crate) settings: Settings,
    /// Our own keys, parsed once.
    pub(crate) signers: Cache<i64, Arc<Signer>>,
    /// Documents on their way out: one goes to many inboxes in a short time.
    pub(crate) outbound: Cache<i64, Arc<OutboundActivity>>,
    /// Keys that signatures name, and those that could not be had (S23).
    pub(crate) known_keys: Cache<String, KnownSigner>,
    /// Keys that were fetched again of late, because a signature did not fit.
    pub(crate) refreshed_keys: SyncCache<String, ()>,
    /// Hosts that could not be reached of late, when a stranger's request made us ask.
    pub(crate) unreachable: SyncCache<Host, ()>,
    /// How many fetches requests of strangers may cause at one time (S20).
    pub(crate) key_fetches: Semaphore,
    /// Fetches for strangers that came to nothing in the present minute: when it began, and how many.
    pub(crate) vain_fetches: Mutex<(OffsetDateTime, u32)>,
    /// How far up a thread a fetched ancestor stands.
    pub(crate) ancestors: SyncCache<String, u16>,
    /// Documents of members.
    pub(crate) actors: Actors,
    /// Deliveries that failed in a row, by lane, and how often the lane was held back for it.
    pub(crate) failures: SyncCache<String, (u32, u32)>,
}

/// Fetches for keys that may be under way at one time.
const KEY_FETCHES: usize = 16;
/// Fetches for keys that may come to nothing in a minute; then strangers are asked to come back later.
const VAIN_FETCHES: u32 = 100;
/// Documents on their way out that are kept in memory, in bytes.
const OUTBOUND_BYTES: u64 = 4 * 1024 * 1024;
/// How long one of them is kept; what is tried again later is loaded again.
const OUTBOUND_LIFE: Duration = Duration::from_mins(1);
/// How long a key is believed, or believed missing, without looking again.
const KEY_LIFE: Duration = Duration::from_mins(5);

impl Edge {
    /// Over a client made with the same rules.
    pub fn new(client: Client, settings: Settings) -> Self {
        Self {
            client,
            settings,
            signers: Cache::builder()
                .max_capacity(5_000)
                .time_to_idle(Duration::from_hours(1))
                .build(),
            outbound: Cache::builder()
                .weigher(|_, activity: &Arc<OutboundActivity>| {
                    u32::try_from(activity.body.len()).unwrap_or(u32::MAX)
                })
                .max_capacity(OUTBOUND_BYTES)
                .time_to_live(OUTBOUND_LIFE)
                .build(),
            known_keys: Cache::builder()
                .max_capacity(20_000)
                .time_to_live(KEY_LIFE)
                .build(),
            refreshed_keys: SyncCache::builder()
                .max_capacity(20_000)
                .time_to_live(KEY_LIFE)
                .build(),
            unreachable: SyncCache::builder()
                .max_capacity(20_000)
                .time_to_live(KEY_LIFE)
                .build(),
            key_fetches: Semaphore::new(KEY_FETCHES),
            vain_fetches: Mutex::new((OffsetDateTime::UNIX_EPOCH, 0)),
            ancestors: SyncCache::builder()
                .max_capacity(50_000)
                .time_to_live(Duration::from_hours(1))
                .build(),
            actors: Actors::default(),
            failures: SyncCache::builder()
                .max_capacity(50_000)
                .time_to_live(Duration::from_hours(24))
                .build(),
        }
    }

    /// Whether strangers have made us ask in vain so often that the next of them must wait (S20).
    pub(crate) fn is_exhausted(&self, now: OffsetDateTime) -> bool {
        let vain = *self
            .vain_fetches
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        vain.1 >= VAIN_FETCHES && now - vain.0 < time::Duration::MINUTE
    }

    /// Counts a fetch that came to nothing.
    pub(crate) fn asked_in_vain(&self, now: OffsetDateTime) {
        let mut vain = self
            .vain_fetches
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if now - vain.0 >= time::Duration::MINUTE {
            *vain = (now, 0);
        }
        vain.1 += 1;
    }

    /// Remembers that a host did not answer.
    pub(crate) fn note_unreachable(&self, url: &str, error: &ClientError) {
        if let (true, Some(host)) = (error.is_passing(), Host::of_id(url)) {
            self.unreachable.insert(host, ());
        }
    }
}

/// What handlers and jobs of the edge work with; cheap to clone.
#[derive(Clone)]
pub struct State {
    /// The operations.
    pub app: App,
    /// The edge's own things; the same that `app.remote` holds.
    pub edge: Arc<Edge>,
}

impl State {
    /// Puts the two together.
    pub fn new(app: App, edge: Arc<Edge>) -> Self {
        Self { app, edge }
    }
}
