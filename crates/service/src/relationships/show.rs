//! What people are to each other.

use model::{AccountId, relationship::Relationship};

use crate::{App, Error, Result};

/// What `viewer` and each of `others` are to each other; unknown ids are left out.
pub async fn of(app: &App, viewer: AccountId, others: &[AccountId]) -> Result<Vec<Relationship>> {
    let mut connection = app.db.acquire().await?;
    Ok(db::relationships::of(&mut connection, viewer, others, app.clock.now()).await?)
}

/// What `viewer` and somebody who exists are to each other.
pub(super) async fn with(app: &App, viewer: AccountId, other: AccountId) -> Result<Relationship> {
    of(app, viewer, &[other])
        .await?
        .pop()
        .ok_or(Error::NotFound)
}
