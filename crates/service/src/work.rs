//! Which of the queue's jobs are done here; the edge towards other servers does the rest.

use jobs::{Failure, Worker};
use tracing::debug;

use crate::{
    App, Error,
    consequences::FanOut,
    mail::{self, SendMail},
    members::{self, AskForLetter},
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
