//! The worker's half of the inbox: whose activity it is, whether to believe it, and what to do about it.

use activitypub::activity::{Activity, Kind};
use activitypub::{Document, Host, decode_with_context, parse_id, same_host};
use model::{Account, AccountId};
use serde::{Deserialize, Serialize};
use service::accounts;

use super::outcome::Outcome;
use super::{
    accept, announce, block, create, delete, flag, follow, like, reject, third_party, undo, update,
};
use crate::domains;
use crate::edge::State;
use crate::run::Run;

/// An activity that an inbox has answered with 202.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ProcessActivity {
    /// The body, as it came.
    pub body: String,
    /// The actor whose key signed the request.
    pub signer: String,
    /// The same as we know it.
    pub signer_id: AccountId,
    /// Whose inbox it came through, unless it was the shared one.
    pub inbox_owner: Option<AccountId>,
}

impl jobs::Job for ProcessActivity {
    const KIND: &'static str = "inbound";
    const MAX_ATTEMPTS: u16 = 8;

    /// One lane per sending server, so that a flood from one holds up nobody else.
    fn lane(&self) -> Option<String> {
        Host::of_id(&self.signer).map(|host| format!("from {host}"))
    }
}

/// What the files for the kinds of activities work with.
pub(super) struct Inbound<'a> {
    pub(super) run: Run<'a>,
    pub(super) activity: &'a Activity,
    /// Who did it: known, not suspended by us, on a server we deal with.
    pub(super) actor: Account,
    pub(super) inbox_owner: Option<AccountId>,
}

impl Inbound<'_> {
    /// The activity's id, or one made up from what it is about, for those who send none.
    pub(super) fn id_or(&self, kind: &str, about: &str) -> String {
        self.activity
            .id
            .clone()
            .unwrap_or_else(|| format!("{}#{kind}/{about}", self.actor.uri))
    }
}

/// Processes one activity. Safe to run twice: every effect is keyed by the id of the activity or of its object.
pub async fn process(state: &State, job: &ProcessActivity) -> service::Result<Outcome> {
    match Box::pin(judge(state, job)).await {
        // What an operation refuses in the domain's words is the activity's fault, not ours.
        Err(service::Error::NotFound) => Ok(Outcome::Ignored("unknown_target")),
        Err(service::Error::Forbidden(_) | service::Error::Conflict(_)) => {
            Ok(Outcome::Refused("not_permitted"))
        }
        Err(service::Error::Invalid(_)) => Ok(Outcome::Refused("malformed")),
        judged => judged,
    }
}

async fn judge(state: &State, job: &ProcessActivity) -> service::Result<Outcome> {
    let document = match decode_with_context(job.body.as_bytes()) {
        Ok(document) => document,
        Err(error) => return Ok(Outcome::Refused(error.code())),
    };
    let activity = match Activity::from_document(&document) {
        Ok(activity) => activity,
        Err(error) => return Ok(Outcome::Refused(error.code())),
    };
    if let Some(refused) = ids(&activity) {
        return Ok(refused);
    }
    let host = Host::of_id(&activity.actor);
    if host
        .as_ref()
        .is_none_or(|host| domains::is_ours(&state.app, host))
    {
        return Ok(Outcome::Refused("actor_mismatch"));
    }
    if let Some(host) = &host
        && domains::is_blocked(&state.app, host).await?
    {
        return Ok(Outcome::Refused("domain_blocked"));
    }
    if activity.actor != job.signer {
        return third_party::process(state, job, &document, &activity).await;
    }
    believed(state, job, &document, &activity).await
}

/// The activity's own id, if it has one, lies where its actor does.
fn ids(activity: &Activity) -> Option<Outcome> {
    if parse_id(&activity.actor).is_err() {
        return Some(Outcome::Refused("bad_url"));
    }
    let id = activity.id.as_deref()?;
    match parse_id(id) {
        Err(_) => Some(Outcome::Refused("bad_url")),
        Ok(_) if !same_host(id, &activity.actor) => Some(Outcome::Refused("origin_mismatch")),
        Ok(_) => None,
    }
}

async fn believed(
    state: &State,
    job: &ProcessActivity,
    document: &Document,
    activity: &Activity,
) -> service::Result<Outcome> {
    let actor = match accounts::get(&state.app, job.signer_id).await {
        Ok(actor) => actor,
        // Deleted since the request came.
        Err(service::Error::NotFound) => return Ok(Outcome::Ignored("unknown_actor")),
        Err(error) => return Err(error),
    };
    let may_while_suspended = matches!(
        activity.kind,
        Kind::Delete(_) | Kind::Reject(_) | Kind::Undo(_) | Kind::Update(_)
    );
    if actor.is_suspended() && !may_while_suspended {
        return Ok(Outcome::Refused("suspended"));
    }
    let inbound = Inbound {
        run: Run::new(&state.app, &state.edge),
        activity,
        actor,
        inbox_owner: job.inbox_owner,
    };
    Box::pin(dispatch(&inbound, document)).await
}

async fn dispatch(inbound: &Inbound<'_>, document: &Document) -> service::Result<Outcome> {
    match &inbound.activity.kind {
        Kind::Create(objects) => create::process(inbound, objects).await,
        Kind::Announce(object) => announce::process(inbound, object).await,
        Kind::Like { object, .. }
            if !activitypub::json::has_type(document.value(), "EmojiReact") =>
        {
            like::process(inbound, object).await
        }
        Kind::Follow(object) => follow::process(inbound, object).await,
        Kind::Accept { object, .. } => accept::process(inbound, object).await,
        Kind::Reject(object) => reject::process(inbound, object).await,
        Kind::Undo(object) => undo::process(inbound, object).await,
        Kind::Update(object) => update::process(inbound, object).await,
        Kind::Delete(object) => delete::process(inbound, object).await,
        Kind::Block { object, target } => block::process(inbound, object, target.as_deref()).await,
        Kind::Flag { objects, comment } => flag::process(inbound, objects, comment).await,
        // Pins, moves and quotes come with their own subjects.
        Kind::Add { .. }
        | Kind::Remove { .. }
        | Kind::Move { .. }
        | Kind::QuoteRequest { .. }
        | Kind::Like { .. }
        | Kind::Unsupported(_) => Ok(Outcome::Ignored("unsupported_type")),
    }
}
