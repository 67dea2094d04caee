//! A copy of a report goes to other servers: Flag, in the name of this server, so that no reporter is named.

use activitypub::emit::{self, Context, to_document};
use model::account::INSTANCE_ACTOR;
use service::moderation::reports::{self, ForwardReport};

use super::publish::send as deliver;
use crate::edge::State;

/// Flag, to the reported account's own inbox and to servers whose people its posts answer.
pub(super) async fn forward(state: &State, job: ForwardReport) -> service::Result<()> {
    let app = &state.app;
    let actor = app.urls.instance_actor();
    for copy in reports::copies(app, &job).await? {
        let flag = emit::flag(&copy.uri, &actor, copy.about, &copy.comment);
        let document = to_document(Context::Plain, &flag);
        deliver(app, INSTANCE_ACTOR, document, &copy.inboxes).await?;
    }
    Ok(())
}
