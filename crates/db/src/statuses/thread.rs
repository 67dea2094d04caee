//! Threads: what answers what.

use model::{AccountId, StatusId, Viewer};
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::Result;

/// The ids around a status.
#[derive(Clone, Debug, Default)]
pub struct ThreadIds {
    /// What it answers, the beginning first.
    pub ancestors: Vec<StatusId>,
    /// What answers it, branch by branch.
    pub descendants: Vec<StatusId>,
}

/// How much of a thread is wanted.
#[derive(Clone, Copy, Debug)]
pub struct ThreadLimits {
    /// Most ancestors.
    pub above: i32,
    /// Most descendants.
    pub below: i64,
    /// Deepest descendants.
    pub depth: i32,
}

/// The ids around a status, without people whom the viewer does not want to see. Whether the viewer may see
/// each status is left to the views.
pub async fn thread(
    connection: &mut PgConnection,
    viewer: Viewer,
    id: StatusId,
    limits: ThreadLimits,
) -> Result<ThreadIds> {
    let rows = sqlx::query_file!(
        "queries/statuses/thread.sql",
        id.get(),
        viewer.account_id().map(AccountId::get),
        limits.above,
        limits.below,
        limits.depth,
    )
    .fetch_all(connection)
    .await?;
    let mut thread = ThreadIds::default();
    for row in rows {
        let found = StatusId::new(row.id);
        match row.level {
            0 => {}
            1.. => thread.descendants.push(found),
            _ if thread.ancestors.contains(&found) => {}
            _ => thread.ancestors.push(found),
        }
    }
    Ok(thread)
}

/// Ties replies that waited for a status to it, counts those that everybody may see, and answers those published
/// since `since`.
pub async fn attach_replies(
    connection: &mut PgConnection,
    parent: StatusId,
    since: OffsetDateTime,
) -> Result<Vec<StatusId>> {
    let attached = sqlx::query!(
        r#"WITH attached AS (
               UPDATE statuses s
                  SET in_reply_to_id = p.id,
                      in_reply_to_account_id = p.account_id
                 FROM statuses p
                WHERE p.id = $1
                  AND p.deleted_at IS NULL
                  AND s.in_reply_to_uri = p.uri
                  AND s.in_reply_to_id IS NULL
                  AND s.id <> p.id
            RETURNING s.id, s.visibility, s.created_at
           ), counted AS (
               UPDATE statuses p
                  SET replies_count = p.replies_count + new.number
                 FROM (SELECT count(*) AS number FROM attached WHERE visibility IN ('public', 'unlisted')) new
                WHERE p.id = $1
                  AND new.number > 0
           )
           SELECT id AS "id!" FROM attached WHERE created_at > $2"#,
        parent.get(),
        since,
    )
    .fetch_all(connection)
    .await?;
    Ok(attached
        .into_iter()
        .map(|row| StatusId::new(row.id))
        .collect())
}
