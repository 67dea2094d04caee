//! The job that writes a letter and hands it on.

use jobs::Failure;
use model::member::Member;
use tracing::{debug, info, warn};

use super::{Occasion, SendMail, Undelivered, compose};
use crate::{App, Result};

/// Handles [`SendMail`].
pub(crate) async fn deliver(app: &App, job: SendMail) -> Result<(), Failure> {
    let Some((member, address)) = reader(app, &job).await? else {
        debug!(account.id = %job.account_id, "A letter has no reader any more");
        return Ok(());
    };
    let letter = compose::letter(app, &member, &job, address).await?;
    match app.mailer.send(&letter).await {
        Ok(()) => {
            info!(account.id = %job.account_id, letter.id = job.id, "Handed on a letter");
            Ok(())
        }
        Err(Undelivered::ForNow(cause)) => Err(Failure::retry(cause)),
        Err(Undelivered::ForGood(cause)) => {
            warn!(account.id = %job.account_id, letter.id = job.id, error = format!("{cause:#}"), "The relay refuses a letter");
            Err(Failure::give_up(cause))
        }
    }
}

/// Who reads it, and where. Nobody, when the member is gone or has no address, or has thought better of the one
/// to be confirmed.
async fn reader(app: &App, job: &SendMail) -> Result<Option<(Member, String)>> {
    let mut connection = app.db.acquire().await?;
    let Some(member) = db::members::find(&mut connection, job.account_id).await? else {
        return Ok(None);
    };
    let address = match &job.occasion {
        Occasion::ConfirmAddress { to } | Occasion::AddressChanged { to } => Some(to.clone()),
        _ => member.email.clone(),
    };
    Ok(address.map(|address| (member, address)))
}
