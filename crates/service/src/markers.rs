//! How far a member has read.

use model::{
    AccountId,
    timeline::{MarkedTimeline, Marker},
};

use crate::{App, Result};

/// A member's markers of these timelines; those never set are left out.
pub async fn get(
    app: &App,
    member: AccountId,
    timelines: &[MarkedTimeline],
) -> Result<Vec<Marker>> {
    let mut connection = app.db.acquire().await?;
    Ok(db::markers::of(&mut connection, member, timelines).await?)
}

/// Moves markers to where the app says, all or none; answers them in an order of its own.
pub async fn set(
    app: &App,
    member: AccountId,
    markers: &[(MarkedTimeline, i64)],
) -> Result<Vec<Marker>> {
    let now = app.clock.now();
    // Always in the same order, so that two requests at once do not wait for each other for ever.
    let mut markers = markers.to_vec();
    markers.sort_by_key(|(timeline, _)| timeline.as_str());
    let mut tx = app.db.begin().await?;
    let mut moved = Vec::with_capacity(markers.len());
    for (timeline, last_read_id) in markers {
        moved.push(db::markers::set(&mut tx, member, timeline, last_read_id, now).await?);
    }
    tx.commit().await?;
    Ok(moved)
}
