//! Which of the queue's jobs are done here; the edge towards other servers does the rest.

use jobs::{Failure, Worker};
use tracing::debug;

use crate::{
    App, Error,
    accounts::{self, EraseAccount, EraseRemoteAccount, PurgeDomain},
    consequences::FanOut,
    mail::{self, SendMail},
    members::{self, AskForLetter, EndLeavers, SendExitLink, SendPrivateLetter, SyncMembers},
    moderation::board::documents::{TellMembers, tell_members},
    moderation::log::checkpoint::{SignLog, sign_log},
    moderation::tell::{self, TellByMail, TellChannel, TellModerators},
    moderation::timers::{self, LookAtTimes},
    retention::{self, Sweep},
    surface,
};

/// Teaches a worker the jobs of the operations.
#[must_use]
pub fn register<C: Send + Sync + 'static>(worker: Worker<C>, app: &App) -> Worker<C> {
    let for_homes = app.clone();
    let for_letters = app.clone();
    let for_wishes = app.clone();
    let for_sweeping = app.clone();
    let for_sync = app.clone();
    let for_leavers = app.clone();
    let for_links = app.clone();
    let for_private_letters = app.clone();
    let for_deleted = app.clone();
    let for_times = app.clone();
    let for_log = app.clone();
    let for_documents = app.clone();
    let for_others = app.clone();
    let for_moderators = app.clone();
    let for_channels = app.clone();
    let for_officers = app.clone();
    let for_domains = app.clone();
    worker
        .register::<FanOut, _, _>(move |_, job| {
            let app = for_homes.clone();
            async move { fan_out(&app, &job).await }
        })
        .register::<SendMail, _, _>(move |_, job| {
            let app = for_letters.clone();
            async move { mail::deliver(&app, job).await }
        })
        .register::<AskForLetter, _, _>(move |_, job| {
            let app = for_wishes.clone();
            async move { members::answer_wish(&app, job).await }
        })
        .register::<Sweep, _, _>(move |_, _| {
            let app = for_sweeping.clone();
            async move { retention::sweep(&app).await }
        })
        .register::<SyncMembers, _, _>(move |_, _| {
            let app = for_sync.clone();
            async move { Box::pin(members::sync_members(&app)).await }
        })
        .register::<EndLeavers, _, _>(move |_, _| {
            let app = for_leavers.clone();
            async move { members::end_leavers(&app).await }
        })
        .register::<SendExitLink, _, _>(move |_, job| {
            let app = for_links.clone();
            async move { members::send_exit_link(&app, &job).await }
        })
        .register::<SendPrivateLetter, _, _>(move |_, job| {
            let app = for_private_letters.clone();
            async move { members::send_private_letter(&app, &job).await }
        })
        .register::<TellMembers, _, _>(move |_, job| {
            let app = for_documents.clone();
            async move { tell_members(&app, &job).await }
        })
        .register::<TellModerators, _, _>(move |_, job| {
            let app = for_moderators.clone();
            async move { tell::fan_out(&app, &job).await }
        })
        .register::<TellChannel, _, _>(move |_, job| {
            let app = for_channels.clone();
            async move { Box::pin(tell::deliver(&app, &job)).await }
        })
        .register::<TellByMail, _, _>(move |_, job| {
            let app = for_officers.clone();
            async move { tell::write(&app, &job).await }
        })
        .register::<EraseRemoteAccount, _, _>(move |_, job| {
            let app = for_others.clone();
            async move { accounts::erase_remote(&app, &job).await }
        })
        .register::<PurgeDomain, _, _>(move |_, job| {
            let app = for_domains.clone();
            async move { accounts::purge_domain(&app, &job).await }
        })
        .register::<LookAtTimes, _, _>(move |_, _| {
            let app = for_times.clone();
            async move { Box::pin(timers::look(&app)).await }
        })
        .register::<SignLog, _, _>(move |_, _| {
            let app = for_log.clone();
            async move { sign_log(&app).await }
        })
        .register::<EraseAccount, _, _>(move |_, job| {
            let app = for_deleted.clone();
            async move { accounts::erase(&app, &job).await }
        })
}

async fn fan_out(app: &App, job: &FanOut) -> Result<(), Failure> {
    match surface::fan_out(app, job).await {
        Ok(()) => Ok(()),
        Err(Error::NotFound) => {
            debug!(status.id = %job.status_id, "A status was gone before it reached homes");
            Ok(())
        }
        Err(error) => Err(Failure::retry(error)),
    }
}
