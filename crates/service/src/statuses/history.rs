//! The versions of a post.

use model::{Account, StatusId, Viewer, status::StatusEdit};

use super::get::seen;
use crate::{App, Result};

/// All versions, oldest first, the present one last; with the author.
pub async fn history(
    app: &App,
    viewer: Viewer,
    id: StatusId,
) -> Result<(Account, Vec<StatusEdit>)> {
    let mut connection = app.db.acquire().await?;
    let view = seen(&mut connection, viewer, id).await?;
    let versions = db::statuses::history(&mut connection, id).await?;
    Ok((view.author, versions))
}
