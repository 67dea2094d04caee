//! One document to one inbox.
//!
//! A success clears the host's marks. An answer that will not change ends the delivery; everything else is tried again
//! later, sooner at first than the queue's own schedule so that a restart goes unnoticed. Hosts that fail on seven
//! distinct days are given up.

use std::sync::Arc;
use std::time::Duration;

use activitypub::{Host, parse_id};
use http::StatusCode;
use jobs::Failure;
use service::consequences::Deliver;
use service::{App, peers, peers::OutboundActivity};

use super::breaker;
use crate::client::{Answer, ClientError, Delivery, WireError};
use crate::domains;
use crate::edge::State;
use crate::fetch::is_passing;

/// What came of one try.
enum Tried {
    Arrived,
    /// It will never arrive.
    Refused(anyhow::Error),
    /// The host is there, but not now for this.
    Later(Option<Duration>, anyhow::Error),
    /// The host is not there.
    Failed(anyhow::Error),
}

/// Delivers.
pub(super) async fn deliver(state: &State, job: &Deliver, attempt: u16) -> Result<(), Failure> {
    let Ok(url) = parse_id(&job.inbox) else {
        return Err(Failure::give_up(anyhow::anyhow!("no usable inbox")));
    };
    let Some(host) = Host::of(&url) else {
        return Err(Failure::give_up(anyhow::anyhow!("no usable inbox")));
    };
    let lane = host.as_str();
    if domains::is_ours(&state.app, &host)
        || (!job.parting && domains::is_blocked(&state.app, &host).await?)
    {
        return Ok(());
    }
    let Some(activity) = document(state, job.activity_id).await? else {
        return Ok(());
    };
    let signer = match state.edge.signer(&state.app, activity.sender).await {
        Ok(signer) => signer,
        Err(service::Error::NotFound) => return Ok(()),
        Err(error) => return Err(error.into()),
    };
    let delivery = Delivery {
        body: &activity.body,
        digest: &activity.digest,
    };
    match judge(state.edge.client.post(&url, delivery, &signer).await) {
        Tried::Arrived => Ok(arrived(state, &host).await?),
        Tried::Refused(error) => Err(Failure::give_up(error)),
        Tried::Later(after, error) => {
            failed(state, lane).await?;
            Err(later(after.or_else(|| soon(attempt)), error))
        }
        Tried::Failed(error) => {
            failed(state, lane).await?;
            if is_given_up(&state.app, &host).await? {
                return Err(Failure::give_up(error));
            }
            Err(later(soon(attempt), error))
        }
    }
}

/// What is delivered, loaded once for all its inboxes.
async fn document(state: &State, id: i64) -> service::Result<Option<Arc<OutboundActivity>>> {
    if let Some(known) = state.edge.outbound.get(&id).await {
        return Ok(Some(known));
    }
    let Some(loaded) = peers::outbound(&state.app, id).await?.map(Arc::new) else {
        return Ok(None);
    };
    state.edge.outbound.insert(id, Arc::clone(&loaded)).await;
    Ok(Some(loaded))
}

fn judge(result: Result<Answer, ClientError>) -> Tried {
    match result {
        Ok(answer) if answer.status.is_success() => Tried::Arrived,
        Ok(answer) => {
            let error = anyhow::anyhow!("the inbox answered {}", answer.status);
            match answer.status {
                // A server that has nothing to say but this is as good as away.
                status
                    if status.is_server_error()
                        && is_passing(status)
                        && status != StatusCode::SERVICE_UNAVAILABLE =>
                {
                    Tried::Failed(error)
                }
                status if is_passing(status) => Tried::Later(answer.retry_after(), error),
                _ => Tried::Refused(error),
            }
        }
        // An answer too long to read is an answer.
        Err(ClientError::Wire(WireError::TooLarge)) => Tried::Arrived,
        Err(error @ ClientError::Wire(WireError::Timeout | WireError::Network(_))) => {
            Tried::Failed(error.into())
        }
        Err(error) => Tried::Refused(error.into()),
    }
}

async fn arrived(state: &State, host: &Host) -> service::Result<()> {
    if state.edge.succeeded(host.as_str()) {
        peers::delivery_succeeded(&state.app, &domains::domain(host)).await?;
        // What was held back need not wait for the end of its pause.
        breaker::wake(state, host.as_str()).await?;
    }
    Ok(())
}

async fn failed(state: &State, lane: &str) -> service::Result<()> {
    if let Some(pause) = state.edge.failed(lane) {
        tracing::info!(
            lane,
            seconds = pause.as_secs(),
            "deliveries to a host fail one after the other"
        );
        breaker::pause(state, lane, pause).await?;
    }
    Ok(())
}

/// After failures on seven days nothing more is tried, and what waits is dropped.
async fn is_given_up(app: &App, host: &Host) -> service::Result<bool> {
    let domain = domains::domain(host);
    if peers::delivery_failed(app, &domain).await? {
        tracing::warn!(%host, "a host is given up after failures on seven days");
        let mut connection = app.db.acquire().await?;
        jobs::drop_lane(
            &mut connection,
            host.as_str(),
            "the host was given up",
            app.clock.now(),
        )
        .await
        .map_err(service::Error::internal)?;
        return Ok(true);
    }
    Ok(!peers::is_available(app, &domain).await?)
}

fn later(after: Option<Duration>, error: anyhow::Error) -> Failure {
    match after {
        Some(after) => Failure::retry_after(after, error),
        None => Failure::retry(error),
    }
}

/// The first tries come quickly: most hosts that are away are being restarted.
fn soon(attempt: u16) -> Option<Duration> {
    match attempt {
        0 | 1 => Some(Duration::from_secs(3)),
        2 => Some(Duration::from_secs(6)),
        3 => Some(Duration::from_secs(10)),
        4 | 5 => Some(Duration::from_secs(15)),
        _ => None,
    }
}
