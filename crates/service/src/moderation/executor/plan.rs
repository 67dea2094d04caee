//! What a measure would change, given what is so now.

use model::moderation::{Kind, Params, Target};
use sqlx::PgConnection;

use super::{Plan, Stale};
use crate::{App, Result};

/// What the measure would change. The inner error says why it does not fit any more.
pub(crate) async fn plan(
    _connection: &mut PgConnection,
    _app: &App,
    _kind: Kind,
    _params: &Params,
    _target: &Target,
) -> Result<Result<Plan, Stale>> {
    todo!("effects helper")
}
