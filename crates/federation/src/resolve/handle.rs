//! People by handle: the handle's domain names the actor, the actor confirms the handle.

use activitypub::webfinger::Acct;
use model::{AccountId, Handle};
use service::accounts;

use super::actor;
use crate::run::Run;
use crate::webfinger::{self, HandleError, means_nobody};

/// Finds and stores somebody. `None` when there is nobody, or nobody can be reached.
pub(crate) async fn resolve(run: &Run<'_>, handle: &Handle) -> service::Result<Option<AccountId>> {
    let Some(domain) = &handle.domain else {
        return Ok(None);
    };
    let Ok(acct) = Acct::parse(&format!("{}@{domain}", handle.username)) else {
        return Ok(None);
    };
    let found = match webfinger::look_up(run, &acct).await {
        Ok(found) => found,
        Err(error) => {
            note(&acct, &error);
            return Ok(None);
        }
    };
    if let Some(known) = accounts::find_by_uri(run.app, &found.actor).await?
        && known.is_local()
    {
        return Ok(Some(known.id));
    }
    match actor::fresh_by_uri(run, &found.actor).await {
        Ok(id) => Ok(Some(id)),
        Err(actor::ActorProblem::Service(error)) => Err(error),
        Err(error) => {
            tracing::info!(%acct, error = &error as &dyn std::error::Error, "a handle led to no usable actor");
            Ok(None)
        }
    }
}

/// Nobody of that name is no news; a server that cannot be reached may be.
fn note(acct: &Acct, error: &HandleError) {
    if !means_nobody(error) {
        tracing::info!(%acct, error = error as &dyn std::error::Error, "a handle could not be looked up");
    }
}
