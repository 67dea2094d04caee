//! Measures about posts.

use model::{
    StatusId,
    moderation::{Field, Kind, Target},
};
use serde_json::json;
use sqlx::PgConnection;

use super::{Planned, change, stale, switch_off, switch_on};
use crate::moderation::executor::{DELETED, Intent};

pub(super) async fn plan(
    connection: &mut PgConnection,
    intent: Intent<'_>,
    id: StatusId,
) -> Planned {
    let Some(status) = db::moderation::effects::measured(connection, id).await? else {
        return stale("The post is gone.");
    };
    if status.is_buried || (status.is_deleted && !status.is_removed) {
        return stale("The post was deleted by its author.");
    }
    let target = &Target::Status(id);
    match intent.kind {
        Kind::StatusHide => {
            switch_on(
                connection,
                target,
                Field::Removed,
                "The post was taken away already.",
            )
            .await
        }
        // What is hidden can still be deleted elsewhere too.
        Kind::StatusDelete => {
            let held = db::moderation::state_of(connection, target, Field::Removed).await?;
            if held.as_ref().and_then(|value| value.as_str()) == Some(DELETED) {
                return stale("The post was deleted already.");
            }
            change(target, Field::Removed, held, Some(json!(DELETED)))
        }
        Kind::StatusRestore => {
            switch_off(
                connection,
                target,
                Field::Removed,
                "Moderators have not taken the post away.",
            )
            .await
        }
        Kind::StatusSensitive => {
            switch_on(
                connection,
                target,
                Field::Sensitive,
                "Its media are marked as sensitive already.",
            )
            .await
        }
        Kind::StatusUnsensitive => {
            switch_off(
                connection,
                target,
                Field::Sensitive,
                "Moderators have not marked its media as sensitive.",
            )
            .await
        }
        _ => stale("This cannot be done to a post."),
    }
}
