//! What a post answers is fetched from its server, one step up the thread per job.

use service::consequences::FetchParent;
use service::statuses;

use crate::edge::State;
use crate::resolve::status::{self, StatusProblem};
use crate::run::Run;

/// How far up a thread we follow somebody else's word (S07).
const MAX_ANCESTORS: u16 = 100;

/// Fetches it, and ties the replies that waited for it.
pub(super) async fn fetch(state: &State, job: FetchParent) -> service::Result<()> {
    let app = &state.app;
    let Some(view) = statuses::load(app, job.status_id).await? else {
        return Ok(());
    };
    let Some(parent) = view
        .status
        .in_reply_to_uri
        .filter(|_| view.status.in_reply_to_id.is_none())
    else {
        return Ok(());
    };
    let depth = state.edge.ancestors.get(&view.status.uri).unwrap_or(0);
    if depth >= MAX_ANCESTORS {
        return Ok(());
    }
    state.edge.ancestors.insert(parent.clone(), depth + 1);
    match status::by_uri(&Run::new(app, &state.edge), &parent).await {
        Ok(id) => statuses::attach_replies(app, id).await,
        Err(StatusProblem::Service(error)) => Err(error),
        Err(error) if error.is_passing() => Err(service::Error::Unavailable {
            what: "the server of the post",
            source: error.into(),
        }),
        Err(error) => {
            tracing::debug!(
                parent,
                code = error.code(),
                "what a post answers cannot be had"
            );
            Ok(())
        }
    }
}
