//! Where a message goes in a channel that knows threads and edits: one thread for each case or proposal, and what was said
//! about a proposal is edited when it is decided.

use channels::{Place, Receipt};
use db::moderation::Thread;
use model::moderation::{ProposalId, appeal::AppealId, report::CaseId};
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{Event, TellChannel, deliver::Part};
use crate::{Error, Result};

/// What a message belongs to.
#[derive(Clone, Debug)]
pub(super) struct Topic {
    /// Whose first message begins the thread.
    pub(super) thread: String,
    /// Whose message is edited.
    pub(super) own: String,
}

impl Topic {
    pub(super) fn case(case: CaseId) -> Self {
        Self::alone(format!("case:{case}"))
    }

    pub(super) fn proposal(id: ProposalId, case: Option<CaseId>) -> Self {
        let own = format!("proposal:{id}");
        Self {
            thread: case.map_or_else(|| own.clone(), |case| Self::case(case).thread),
            own,
        }
    }

    pub(super) fn appeal(id: AppealId) -> Self {
        Self::alone(format!("appeal:{id}"))
    }

    fn alone(name: String) -> Self {
        Self {
            thread: name.clone(),
            own: name,
        }
    }
}

/// Where one message goes.
#[derive(Debug)]
pub(super) struct Spot {
    pub(super) place: Place,
    /// What is kept of it under these names.
    pub(super) keeps: Vec<String>,
    /// The name by which the place was found.
    pub(super) found_by: Option<String>,
    /// We have left word that we begin this thread.
    pub(super) begins: Option<String>,
}

/// What was found.
pub(super) enum Found {
    Spot(Spot),
    /// There is nothing to edit, and nothing to be said else.
    Nowhere,
    /// Somebody else begins the thread at this moment.
    Later,
}

/// Finds the place, in a transaction that is committed before anything is sent.
pub(super) async fn find(
    connection: &mut PgConnection,
    job: &TellChannel,
    topic: &Topic,
    now: OffsetDateTime,
) -> Result<Found> {
    let own = db::moderation::receipt(connection, &job.channel, &topic.own).await?;
    if job.part == Part::Edit {
        if let Some(own) = own {
            return Ok(Found::Spot(Spot {
                place: Place::InsteadOf(read(own)?),
                keeps: Vec::new(),
                found_by: Some(topic.own.clone()),
                begins: None,
            }));
        }
        if job.event == Event::ReportUpdated {
            return Ok(Found::Nowhere);
        }
    }
    let found = db::moderation::thread(connection, &job.channel, &topic.thread, now).await?;
    Ok(match found {
        Thread::BeingStarted => Found::Later,
        Thread::Yours => Found::Spot(Spot {
            place: Place::New,
            keeps: vec![topic.thread.clone(), topic.own.clone()],
            found_by: None,
            begins: Some(topic.thread.clone()),
        }),
        Thread::Stands(first) => Found::Spot(Spot {
            place: Place::Below(read(first)?),
            keeps: if own.is_none() {
                vec![topic.own.clone()]
            } else {
                Vec::new()
            },
            found_by: Some(topic.thread.clone()),
            begins: None,
        }),
    })
}

fn read(receipt: serde_json::Value) -> Result<Receipt> {
    serde_json::from_value(receipt).map_err(Error::internal)
}
