//! Reported posts as they were seen.

use model::moderation::report::{CaseId, Evidence};

use super::{Private, desk, looked_at};
use crate::{App, Result, moderation::Acting};

/// What is shown of the posts of a case.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// Oldest post first.
    pub posts: Vec<Evidence>,
    /// So many more are not for everybody; they are shown to whoever says why they have to look.
    pub withheld: usize,
}

/// The posts of a case as they were seen. Those that are not for everybody come with a reason only, and the look is written
/// down.
pub async fn evidence(
    app: &App,
    acting: &Acting,
    case: CaseId,
    reason: Option<&str>,
) -> Result<Seen> {
    let mut connection = app.db.acquire().await?;
    desk::read(&mut connection, acting, case).await?;
    let all = db::moderation::evidence_in_case(&mut connection, case).await?;
    drop(connection);
    let (open, hidden): (Vec<_>, Vec<_>) = all
        .into_iter()
        .partition(|post| post.visibility.is_for_everybody());
    if hidden.is_empty() {
        return Ok(Seen {
            posts: open,
            withheld: 0,
        });
    }
    let Some(reason) = reason else {
        return Ok(Seen {
            posts: open,
            withheld: hidden.len(),
        });
    };
    looked_at(app, acting, Private::Posts(case), reason).await?;
    let mut posts: Vec<Evidence> = open.into_iter().chain(hidden).collect();
    posts.sort_by_key(|post| post.status_id);
    Ok(Seen { posts, withheld: 0 })
}
