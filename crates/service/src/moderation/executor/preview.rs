//! What a measure would do, in sentences for those who vote on it.

use model::moderation::{Kind, Params, Target};

use crate::{App, Result};

/// The exact effects, one sentence each: followers severed, posts removed, servers told. First of all why it cannot be done,
/// if it cannot.
pub async fn preview(_app: &App, _kind: Kind, _params: &Params, _target: &Target) -> Result<Vec<String>> {
    todo!("effects helper")
}
