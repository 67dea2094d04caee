//! The thread around a status.

use db::statuses::ThreadLimits;
use model::{StatusGlimpse, StatusId, Viewer};

use crate::{App, Error, Result};

/// For anybody, as in Mastodon.
const FOR_ANYBODY: ThreadLimits = ThreadLimits {
    above: 40,
    below: 60,
    depth: 20,
};
/// For members. Mastodon has no limit of depth here; a thread that a stranger has made should not cost more than it is worth.
const FOR_MEMBERS: ThreadLimits = ThreadLimits {
    above: 4096,
    below: 4096,
    depth: 1024,
};

/// What stands above and below a status.
#[derive(Clone, Debug)]
pub struct Thread {
    /// What it answers, the beginning first.
    pub ancestors: Vec<StatusGlimpse>,
    /// What answers it, branch by branch; authors' answers to themselves come first.
    pub descendants: Vec<StatusGlimpse>,
}

/// The thread around a status, without what the viewer may not or does not want to see.
pub async fn context(app: &App, viewer: Viewer, id: StatusId) -> Result<Thread> {
    let limits = match viewer {
        Viewer::Anybody => FOR_ANYBODY,
        Viewer::Account(_) => FOR_MEMBERS,
    };
    let mut connection = app.db.acquire().await?;
    let ids = db::statuses::thread(&mut connection, viewer, id, limits).await?;

    // The status itself is looked for with the others: it must be there to be seen.
    let mut all = ids.ancestors.clone();
    all.push(id);
    all.extend(&ids.descendants);
    let mut ancestors = db::statuses::glimpses(&mut connection, viewer, &all).await?;
    let own_place = ancestors
        .iter()
        .position(|glimpse| glimpse.id == id)
        .ok_or(Error::NotFound)?;
    let mut descendants = ancestors.split_off(own_place);
    descendants.remove(0);
    // Stable, so that each part keeps its order.
    descendants.sort_by_key(|glimpse| !glimpse.continues_itself);
    Ok(Thread {
        ancestors,
        descendants,
    })
}
