//! The sync as a recurring job.

use jobs::{Failure, Job, Priority};
use serde::{Deserialize, Serialize};

use super::{Run, sync};
use crate::{App, Error};

/// Every so often: look everybody up in the directory.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SyncMembers {}

impl Job for SyncMembers {
    const KIND: &'static str = "sync_members";
    const PRIORITY: Priority = Priority::LOW;
    // The next one comes anyway; a failure is to be seen, and not to be repeated beside it.
    const MAX_ATTEMPTS: u16 = 1;
    const TIME_LIMIT: std::time::Duration = std::time::Duration::from_hours(1);
}

/// Handles [`SyncMembers`]. A run that was not through has no success, so that silence is noticed (R22).
pub(crate) async fn sync_members(app: &App) -> Result<(), Failure> {
    match sync(app, Run::Usual).await {
        Ok(report) => match (report.halted, report.problems.as_slice()) {
            (Some(halted), _) => Err(Failure::give_up(anyhow::anyhow!(
                "{} of {} members are missing; moot members sync --accept {}",
                halted.missing,
                halted.linked,
                halted.number
            ))),
            (None, []) => Ok(()),
            (None, problems) => Err(Failure::give_up(anyhow::anyhow!(problems.join("; ")))),
        },
        // Another run is as good as this one.
        Err(Error::Conflict(_)) => Ok(()),
        Err(error) => Err(Failure::give_up(error)),
    }
}
