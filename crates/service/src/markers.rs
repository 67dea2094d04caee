//! How far a member has read.

use model::{
    AccountId,
    timeline::{MarkedTimeline, Marker},
};

use crate::{App, Result};

pub async fn get(
    app: &App,
    member: AccountId,
    timelines: &[MarkedTimeline],
) -> Result<Vec<Marker>> {
    todo!()
}
/// Moves markers; never back. `Conflict` when somebody else moved it meanwhile.
pub async fn set(
    app: &App,
    member: AccountId,
    markers: &[(MarkedTimeline, i64)],
) -> Result<Vec<Marker>> {
    todo!()
}
