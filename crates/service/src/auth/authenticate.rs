//! Who a bearer token belongs to.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use model::{AccountId, ApplicationId, Scopes, TokenId};
use moka::sync::Cache;
use time::OffsetDateTime;
use tokio::sync::broadcast::error::RecvError;

use super::secret;
use crate::{
    App, Error, Result,
    bus::{Bus, Event},
    members,
};

/// How long a token is believed without looking it up again. A revocation on this node counts at once;
/// one on another node is told on the bus, and this is what holds if the bus fails.
const BELIEVED: Duration = Duration::from_secs(10);

/// Whoever holds a valid token.
#[derive(Clone, Debug)]
pub struct Principal {
    /// The token.
    pub token_id: TokenId,
    /// The app it was given to; none for tokens from the command line.
    pub application_id: Option<ApplicationId>,
    /// The member it acts for; none for an app on its own behalf.
    pub account_id: Option<AccountId>,
    /// What it may do.
    pub scopes: Scopes,
    /// When it was given.
    pub created_at: OffsetDateTime,
}

impl From<model::oauth::Token> for Principal {
    fn from(token: model::oauth::Token) -> Self {
        Self {
            token_id: token.id,
            application_id: token.application_id,
            account_id: token.account_id,
            scopes: token.scopes,
            created_at: token.created_at,
        }
    }
}

/// Tokens looked up in the last seconds.
#[derive(Clone)]
pub struct TokenCache {
    believed: Cache<[u8; 32], Principal>,
    /// Counts what was revoked, so that a look-up notices when its answer has aged meanwhile.
    revocations: Arc<AtomicU64>,
}

impl TokenCache {
    /// An empty cache that listens to the bus. Must be made inside a tokio runtime.
    pub fn new(bus: &Bus) -> Self {
        let cache = Cache::builder()
            .max_capacity(10_000)
            .time_to_live(BELIEVED)
            .support_invalidation_closures()
            .build();
        let tokens = Self {
            believed: cache,
            revocations: Arc::default(),
        };
        let listener = tokens.clone();
        let mut events = bus.listen();
        tokio::spawn(async move {
            loop {
                match events.recv().await {
                    Ok(Event::TokenRevoked(id)) => listener.forget(id),
                    Ok(Event::EverythingRevoked(id)) => listener.forget_account(id),
                    Ok(Event::StatusChanged(_) | Event::DoorChanged) => {}
                    // Messages were missed: any of them may have been a revocation.
                    Ok(Event::Resynchronise) | Err(RecvError::Lagged(_)) => {
                        listener.forget_all();
                    }
                    Err(RecvError::Closed) => return,
                }
            }
        });
        tokens
    }

    pub(super) fn forget(&self, id: TokenId) {
        self.forget_where(move |principal| principal.token_id == id);
    }

    pub(super) fn forget_account(&self, id: AccountId) {
        self.forget_where(move |principal| principal.account_id == Some(id));
    }

    fn forget_where(&self, is_meant: impl Fn(&Principal) -> bool + Send + Sync + 'static) {
        self.revocations.fetch_add(1, Ordering::SeqCst);
        let done = self
            .believed
            .invalidate_entries_if(move |_, principal| is_meant(principal));
        if done.is_err() {
            self.believed.invalidate_all();
        }
    }

    fn forget_all(&self) {
        self.revocations.fetch_add(1, Ordering::SeqCst);
        self.believed.invalidate_all();
    }

    fn revocations(&self) -> u64 {
        self.revocations.load(Ordering::SeqCst)
    }

    /// Believes an answer that was looked up when so much had been revoked. What was revoked since may have
    /// been this very token, so then it is believed no longer than this request.
    fn believe(&self, hash: [u8; 32], principal: Principal, revocations: u64) {
        self.believed.insert(hash, principal);
        if self.revocations() != revocations {
            self.believed.invalidate(&hash);
        }
    }
}

impl fmt::Debug for TokenCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenCache(…)")
    }
}

/// Who a bearer token belongs to. `None` when it is unknown or revoked.
///
/// `Forbidden`, with Mastodon's sentence, when its member may not use the server at present: the token is
/// good, its holder is not yet or no longer.
pub async fn authenticate(app: &App, bearer: &str) -> Result<Option<Principal>> {
    let hash = secret::hash(bearer);
    if let Some(principal) = app.tokens.believed.get(&hash) {
        return Ok(Some(principal));
    }
    let revocations = app.tokens.revocations();
    let mut connection = app.db.acquire().await?;
    let Some(row) = db::auth::find_token(&mut connection, &hash).await? else {
        return Ok(None);
    };
    let principal = Principal::from(row.token);
    if principal.account_id.is_some() {
        let refused = if row.disabled_at.is_some() || row.suspended_at.is_some() {
            Some("Your login is currently disabled")
        } else if row.left_at.is_some() {
            Some("You have left the organisation, so this login is closed")
        } else if row.confirmed_at.is_none() {
            Some("Your login is missing a confirmed e-mail address")
        } else if row.approved_at.is_none() {
            Some("Your login is currently pending approval")
        } else {
            None
        };
        if let Some(sentence) = refused {
            return Err(Error::Forbidden(sentence.into()));
        }
    }
    // Noted at most once an hour; most look-ups write nothing, and need not ask.
    let now = app.clock.now();
    let is_old =
        |noted: Option<OffsetDateTime>| noted.is_none_or(|at| at < now - Duration::from_hours(1));
    if is_old(row.used_at) {
        db::auth::token_used(&mut connection, principal.token_id, now).await?;
    }
    drop(connection);
    if let Some(member) = principal.account_id
        && is_old(row.seen_at)
    {
        members::seen(app, member).await?;
    }
    app.tokens.believe(hash, principal.clone(), revocations);
    Ok(Some(principal))
}

/// Who a bearer token belongs to, be it somebody who has not been let in yet: for the little that newcomers may do.
pub async fn authenticate_newcomer(app: &App, bearer: &str) -> Result<Option<Principal>> {
    let mut connection = app.db.acquire().await?;
    let found = db::auth::find_token(&mut connection, &secret::hash(bearer)).await?;
    let is_shut_out = found.as_ref().is_some_and(|row| {
        row.disabled_at.is_some() || row.suspended_at.is_some() || row.left_at.is_some()
    });
    if is_shut_out {
        return Err(Error::Forbidden("Your login is currently disabled".into()));
    }
    Ok(found.map(|row| Principal::from(row.token)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_answer_that_a_revocation_overtook_is_not_believed() {
        let tokens = TokenCache::new(&Bus::in_process());
        let principal = Principal {
            token_id: TokenId::new(1),
            application_id: None,
            account_id: None,
            scopes: Scopes::default(),
            created_at: OffsetDateTime::UNIX_EPOCH,
        };
        let looked_up_at = tokens.revocations();

        // S40: revoked between the look-up and its answer.
        tokens.forget(TokenId::new(1));
        tokens.believe([0; 32], principal.clone(), looked_up_at);

        assert!(tokens.believed.get(&[0; 32]).is_none());
        tokens.believe([0; 32], principal, tokens.revocations());
        assert!(tokens.believed.get(&[0; 32]).is_some());
    }
}
