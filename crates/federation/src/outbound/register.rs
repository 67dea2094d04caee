//! Which of the queue's jobs are done here.

use std::sync::Arc;

use jobs::{Failure, Worker};
use service::consequences::{
    AnswerFollow, Deliver, FetchParent, Parting, Publish, PublishDeletion, PublishEdit,
    PublishProfile, Retract, SendFollow, SendLike, SendUndoFollow, SendUndoLike,
};
use service::moderation::reports::ForwardReport;

use super::{deletion, deliver, fetch_parent, flag, follow, like, profile, publish, retract};
use crate::edge::State;
use crate::inbound::{Outcome, ProcessActivity, process};

/// Teaches a worker all jobs of the edge.
#[must_use]
pub fn register<C: Send + Sync + 'static>(worker: Worker<C>, state: &State) -> Worker<C> {
    /// One handler: a function over the state and the job.
    macro_rules! with {
        ($handler:path) => {{
            let state = Arc::new(state.clone());
            move |_: Arc<C>, job| {
                let state = Arc::clone(&state);
                async move { Box::pin($handler(&state, job)).await.map_err(failure) }
            }
        }};
    }
    let inbound = Arc::new(state.clone());
    let deliveries = Arc::new(state.clone());
    worker
        .register::<Publish, _, _>(with!(publish::publish))
        .register::<PublishEdit, _, _>(with!(publish::publish_edit))
        .register::<Retract, _, _>(with!(retract::retract))
        .register::<PublishProfile, _, _>(with!(profile::publish))
        .register::<PublishDeletion, _, _>(with!(deletion::publish))
        .register::<SendFollow, _, _>(with!(follow::send))
        .register::<SendUndoFollow, _, _>(with!(follow::send_undo))
        .register::<AnswerFollow, _, _>(with!(follow::answer))
        .register::<Parting, _, _>(with!(follow::part))
        .register::<SendLike, _, _>(with!(like::send))
        .register::<SendUndoLike, _, _>(with!(like::send_undo))
        .register::<FetchParent, _, _>(with!(fetch_parent::fetch))
        .register::<ForwardReport, _, _>(with!(flag::forward))
        .register::<ProcessActivity, _, _>(move |_: Arc<C>, job| {
            let state = Arc::clone(&inbound);
            async move { Box::pin(processed(&state, &job)).await }
        })
        .register_running::<Deliver, _, _>(move |_: Arc<C>, job, running| {
            let state = Arc::clone(&deliveries);
            async move { Box::pin(deliver::deliver(&state, &job, running.attempt)).await }
        })
}

async fn processed(state: &State, job: &ProcessActivity) -> Result<(), Failure> {
    let outcome = process(state, job).await.map_err(failure)?;
    tracing::debug!(signer = %job.signer, ?outcome, "an activity was processed");
    match outcome {
        Outcome::Done | Outcome::Ignored(_) | Outcome::Refused(_) => Ok(()),
        Outcome::RetryAfter(None) => Err(Failure::retry(anyhow::anyhow!(
            "something it needs is away"
        ))),
        Outcome::RetryAfter(Some(after)) => Err(Failure::retry_after(
            after,
            anyhow::anyhow!("something it needs is away"),
        )),
    }
}

/// What is gone needs no telling; the rest is tried again.
fn failure(error: service::Error) -> Failure {
    match error {
        service::Error::NotFound => Failure::give_up(error),
        error => Failure::retry(error),
    }
}
