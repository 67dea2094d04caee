//! People by the id of their actor: known, or fetched, checked and stored.

use activitypub::actor::{ActorError, ProfileField};
use activitypub::{Actor, Host};
use model::{AccountId, ActorType, Domain, Emoji, Handle, Username};
use service::accounts::{self, RemoteAccount};
use text::SafeHtml;
use time::Duration;

use crate::client::{ClientError, UrlRefused, judge};
use crate::domains;
use crate::fetch::{self, FetchError};
use crate::run::Run;
use crate::webfinger::{self, HandleError};

/// How old what is known of somebody may be when it is needed (M).
const FRESH: Duration = Duration::days(1);

/// Why somebody cannot be had.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ActorProblem {
    #[error("the actor's document cannot be fetched")]
    Fetch(#[from] FetchError),
    #[error("the document is not a usable actor")]
    Actor(#[from] ActorError),
    #[error("the actor's handle is not confirmed")]
    Handle(#[from] HandleError),
    #[error("the key and its owner do not name each other")]
    KeyOwner,
    #[error(transparent)]
    Service(#[from] service::Error),
}

impl ActorProblem {
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Fetch(error) => error.code(),
            Self::Actor(error) => error.code(),
            Self::Handle(error) => error.code(),
            Self::KeyOwner => "key_owner_mismatch",
            Self::Service(_) => "internal",
        }
    }

    pub(crate) fn is_passing(&self) -> bool {
        match self {
            Self::Fetch(error) => error.is_passing(),
            Self::Handle(error) => error.is_passing(),
            Self::Service(error) => matches!(
                error,
                service::Error::Unavailable { .. } | service::Error::Internal(_)
            ),
            Self::Actor(_) | Self::KeyOwner => false,
        }
    }
}

/// Somebody by id; asked for only when not known.
pub(crate) async fn by_uri(run: &Run<'_>, uri: &str) -> Result<AccountId, ActorProblem> {
    match accounts::find_by_uri(run.app, uri).await? {
        Some(account) => Ok(account.id),
        None => store(run, &fetch(run, uri).await?).await,
    }
}

/// Somebody by id, asked for again when what is known is older than a day; what is known stands when that fails.
pub(crate) async fn fresh_by_uri(run: &Run<'_>, uri: &str) -> Result<AccountId, ActorProblem> {
    let Some(known) = accounts::find_by_uri(run.app, uri).await? else {
        return by_uri(run, uri).await;
    };
    let is_fresh = known
        .fetched_at
        .is_some_and(|at| run.app.clock.now() - at < FRESH);
    if known.is_local() || is_fresh {
        return Ok(known.id);
    }
    let again = match fetch(run, uri).await {
        Ok(actor) => store(run, &actor).await,
        Err(error) => Err(error),
    };
    Ok(again.unwrap_or(known.id))
}

/// Fetches an actor's document.
pub(crate) async fn fetch(run: &Run<'_>, uri: &str) -> Result<Actor, ActorProblem> {
    let fetched = fetch::document(run, uri).await?;
    let actor = Actor::from_document(&fetched.document)?;
    debug_assert_eq!(actor.id, fetched.id, "the fetch has compared the ids");
    Ok(actor)
}

/// Checks an actor whose document came from its own address (or was signed by it), and stores it.
pub(crate) async fn store(run: &Run<'_>, actor: &Actor) -> Result<AccountId, ActorProblem> {
    // On the heap: it asks the handle's domain, and would make everything that may meet a stranger large.
    Box::pin(checked_and_stored(run, actor)).await
}

async fn checked_and_stored(run: &Run<'_>, actor: &Actor) -> Result<AccountId, ActorProblem> {
    check(run, actor).await?;
    let handle = handle(run, actor).await?;
    let mut account = remote_account(actor, handle);
    if !takes_media(run, &account).await? {
        account.avatar_url = None;
        account.header_url = None;
        account.emojis.clear();
    }
    let id = accounts::receive(run.app, account).await?;
    for key in &actor.keys {
        run.edge.known_keys.invalidate(&key.id).await;
    }
    Ok(id)
}

/// Whether pictures and the like are taken in from somebody's server.
async fn takes_media(run: &Run<'_>, account: &RemoteAccount) -> service::Result<bool> {
    match &account.handle.domain {
        Some(domain) => Ok(!service::peers::policy(run.app, domain).await?.rejects_media),
        None => Ok(true),
    }
}

/// What must hold of anybody elsewhere.
async fn check(run: &Run<'_>, actor: &Actor) -> Result<(), ActorProblem> {
    let url = fetch::judge(run, &actor.id).await?;
    judge(&url, run.edge.client.rules()).map_err(refused)?;
    let inbox = activitypub::parse_id(&actor.inbox).map_err(|_| ActorError::NoInbox)?;
    judge(&inbox, run.edge.client.rules()).map_err(refused)?;
    if Host::of(&inbox).is_none_or(|host| domains::is_ours(run.app, &host)) {
        return Err(FetchError::Ours.into());
    }
    Ok(())
}

fn refused(error: UrlRefused) -> FetchError {
    ClientError::Url(error).into()
}

/// The handle, confirmed in both directions unless it is the one already stored for this id (S16).
async fn handle(run: &Run<'_>, actor: &Actor) -> Result<Handle, ActorProblem> {
    if let (Some(claimed), Some(known)) = (
        webfinger::handle_of(actor),
        accounts::find_by_uri(run.app, &actor.id).await?,
    ) {
        let known_domain = known.domain.as_ref().map_or("", Domain::as_str);
        if known
            .username
            .as_str()
            .eq_ignore_ascii_case(&claimed.username)
            && known_domain == claimed.host.as_str()
        {
            return Ok(known.handle());
        }
    }
    let acct = webfinger::confirm(run, actor).await?;
    let username = Username::of_peer(&acct.username).map_err(|_| HandleError::Mismatch)?;
    Ok(Handle {
        username,
        domain: Some(domains::domain(&acct.host)),
    })
}

fn remote_account(actor: &Actor, handle: Handle) -> RemoteAccount {
    let shown = !actor.suspended;
    let picture = |picture: &Option<activitypub::link::Picture>| {
        let picture = picture.as_ref().filter(|_| shown);
        let alt = picture
            .and_then(|picture| picture.alt.clone())
            .unwrap_or_default();
        (picture.map(|picture| picture.url.clone()), alt)
    };
    let (avatar_url, avatar_description) = picture(&actor.icon);
    let (header_url, header_description) = picture(&actor.image);
    let display_name = actor
        .name
        .as_deref()
        .filter(|_| shown)
        .map(text::plain::display_name)
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| handle.username.to_string());
    RemoteAccount {
        uri: actor.id.clone(),
        url: actor.url.clone(),
        handle,
        actor_type: actor_type(actor.actor_type),
        inbox_url: actor.inbox.clone(),
        shared_inbox_url: actor.shared_inbox.clone(),
        outbox_url: actor.outbox.clone(),
        followers_url: actor.followers.clone(),
        following_url: actor.following.clone(),
        featured_url: actor.featured.clone(),
        display_name,
        note: actor
            .summary
            .as_deref()
            .filter(|_| shown)
            .map(SafeHtml::clean)
            .unwrap_or_default(),
        fields: actor.fields.iter().filter(|_| shown).map(field).collect(),
        emojis: emojis(&actor.emojis),
        locked: actor.locked,
        discoverable: Some(actor.discoverable),
        indexable: actor.indexable,
        memorial: actor.memorial,
        suspended: actor.suspended,
        avatar_url,
        avatar_description,
        header_url,
        header_description,
        also_known_as: actor.also_known_as.clone(),
        published: actor.published,
        keys: actor
            .keys
            .iter()
            .filter(|key| key.owner == actor.id && activitypub::same_host(&key.id, &actor.id))
            .map(|key| (key.id.clone(), key.pem.clone()))
            .collect(),
        followers_count: None,
        following_count: None,
        statuses_count: None,
        hides_collections: false,
    }
}

fn field(field: &ProfileField) -> model::ProfileField {
    model::ProfileField {
        name: text::plain::display_name(&field.name),
        value: SafeHtml::clean(&field.value),
        source: String::new(),
        verified_at: None,
    }
}

/// Custom emoji as they are kept beside a text.
pub(crate) fn emojis(emojis: &[activitypub::tag::Emoji]) -> Vec<Emoji> {
    emojis
        .iter()
        .map(|emoji| Emoji {
            shortcode: emoji.shortcode.clone(),
            url: emoji.url.clone(),
        })
        .collect()
}

fn actor_type(kind: activitypub::actor::ActorType) -> ActorType {
    use activitypub::actor::ActorType as Theirs;
    match kind {
        Theirs::Application => ActorType::Application,
        Theirs::Group => ActorType::Group,
        Theirs::Organization => ActorType::Organization,
        Theirs::Person => ActorType::Person,
        Theirs::Service => ActorType::Service,
    }
}
