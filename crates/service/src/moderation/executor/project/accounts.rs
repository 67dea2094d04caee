//! What follows for an account.

use model::{
    AccountId,
    moderation::{Effect, Field, Warrant},
};
use sqlx::PgConnection;

use super::follows;
use crate::{
    App, Result,
    accounts::{EraseAccount, EraseRemoteAccount},
    auth,
    consequences::{PublishDeletion, PublishProfile, enqueue},
    mail::{self, Occasion},
    moderation::executor::times,
};

pub(super) async fn project(
    connection: &mut PgConnection,
    app: &App,
    warrant: &Warrant,
    effect: &Effect,
    id: AccountId,
) -> Result<()> {
    use db::moderation::effects;
    let is_set = effect.to.is_some();
    match effect.field {
        Field::Suspended => {
            effects::settle_accounts(connection, &[id]).await?;
            if is_set {
                auth::revoke_everything_in(connection, app, id).await?;
            } else {
                follows::restore(connection, warrant, &[id]).await?;
                let target = follows::Severed::by_account(connection, id).await?;
                if let Some(target) = target {
                    effects::remove_severances(connection, target.kind, &target.name).await?;
                }
            }
        }
        Field::Limited | Field::Sensitive => effects::settle_accounts(connection, &[id]).await?,
        Field::Frozen => {
            let at = is_set.then(|| app.clock.now());
            effects::set_frozen(connection, warrant, id, at).await?;
            if is_set {
                auth::revoke_everything_in(connection, app, id).await?;
            }
        }
        Field::Admitted => {
            let at = is_set.then(|| app.clock.now());
            effects::admit(connection, warrant, id, at).await?;
            if is_set {
                mail::tell(connection, id, Occasion::Admitted).await?;
            }
        }
        Field::Rejected if is_set => effects::reject(connection, warrant, id).await?,
        Field::Erased if is_set => erase(connection, app, warrant, id).await?,
        Field::ProfileEmptied => empty_profile(connection, app, warrant, effect, id).await?,
        _ => {}
    }
    Ok(())
}

/// A member's account ends as if its owner had deleted it; of somebody else's only the suspended row stays.
async fn erase(
    connection: &mut PgConnection,
    app: &App,
    warrant: &Warrant,
    id: AccountId,
) -> Result<()> {
    let now = app.clock.now();
    let account = db::accounts::by_id(connection, id).await?;
    if account.is_some_and(|account| account.is_local()) {
        // The order in which everybody locks: member, account, sessions and tokens.
        db::members::remove(connection, id).await?;
        db::moderation::effects::empty_account(connection, id, now).await?;
        db::moderation::effects::end_account(connection, warrant, id, now).await?;
        auth::revoke_everything_in(connection, app, id).await?;
        enqueue(connection, &PublishDeletion { account_id: id }).await?;
        return enqueue(connection, &EraseAccount { account_id: id }).await;
    }
    enqueue(connection, &EraseRemoteAccount { account_id: id }).await
}

async fn empty_profile(
    connection: &mut PgConnection,
    app: &App,
    warrant: &Warrant,
    effect: &Effect,
    id: AccountId,
) -> Result<()> {
    let (before, after) = (times(effect.from.as_ref()), times(effect.to.as_ref()));
    if after > before {
        let now = app.clock.now();
        db::moderation::effects::empty_profile(connection, warrant, id, after, now).await?;
    } else {
        db::moderation::effects::refill_profile(connection, warrant, id, before).await?;
    }
    let account = db::accounts::by_id(connection, id).await?;
    if account.is_some_and(|account| account.is_local()) {
        enqueue(connection, &PublishProfile { account_id: id }).await?;
    }
    Ok(())
}
