//! Measures about accounts.

use model::{
    Account, AccountId,
    account::INSTANCE_ACTOR,
    moderation::{Field, Kind, Target},
};
use sqlx::PgConnection;

use super::{Planned, once_more, stale, switch_off, switch_on, unchanged};
use crate::{Result, moderation::executor::Intent};

const ONLY_MEMBERS: &str = "Only members of this server can be dealt with so.";

pub(super) async fn plan(
    connection: &mut PgConnection,
    intent: Intent<'_>,
    id: AccountId,
) -> Planned {
    if id == INSTANCE_ACTOR {
        return stale("This is the server's own account.");
    }
    let Some(account) = db::accounts::by_id(connection, id).await? else {
        return stale("The account is gone.");
    };
    if account.is_gone() {
        return stale("The account was deleted.");
    }
    let target = &Target::Account(id);
    match intent.kind {
        Kind::AccountWarn if account.is_local() => unchanged(),
        Kind::AccountSensitive => {
            switch_on(
                connection,
                target,
                Field::Sensitive,
                "Its media are marked as sensitive already.",
            )
            .await
        }
        Kind::AccountUnsensitive => {
            switch_off(
                connection,
                target,
                Field::Sensitive,
                "Moderators have not marked its media as sensitive.",
            )
            .await
        }
        Kind::AccountFreeze if account.is_local() => {
            switch_on(
                connection,
                target,
                Field::Frozen,
                "The account is frozen already.",
            )
            .await
        }
        Kind::AccountUnfreeze if account.is_local() => {
            switch_off(
                connection,
                target,
                Field::Frozen,
                "The account is not frozen.",
            )
            .await
        }
        Kind::AccountLimit => {
            switch_on(
                connection,
                target,
                Field::Limited,
                "The account is limited already.",
            )
            .await
        }
        Kind::AccountUnlimit => {
            switch_off(
                connection,
                target,
                Field::Limited,
                "Moderators have not limited the account itself.",
            )
            .await
        }
        Kind::AccountSuspend => {
            switch_on(
                connection,
                target,
                Field::Suspended,
                "The account is suspended already.",
            )
            .await
        }
        Kind::AccountUnsuspend => {
            switch_off(
                connection,
                target,
                Field::Suspended,
                "Moderators have not suspended the account itself.",
            )
            .await
        }
        Kind::AccountDeleteData => delete_data(connection, target).await,
        Kind::AccountRemoveProfileText if has_text(&account) => {
            once_more(connection, target, Field::ProfileEmptied).await
        }
        Kind::AccountRemoveProfileText => stale("The profile has no text."),
        Kind::SignUpApprove => sign_up(connection, id, Field::Admitted).await,
        Kind::SignUpReject => sign_up(connection, id, Field::Rejected).await,
        _ => stale(ONLY_MEMBERS),
    }
}

/// Only what is suspended is deleted: who may still be let in again keeps everything until then.
async fn delete_data(connection: &mut PgConnection, target: &Target) -> Planned {
    let suspended = db::moderation::state_of(connection, target, Field::Suspended).await?;
    if suspended.is_none() {
        return stale("Only the data of an account that moderators have suspended can be deleted.");
    }
    switch_on(
        connection,
        target,
        Field::Erased,
        "The data of the account are deleted already.",
    )
    .await
}

async fn sign_up(connection: &mut PgConnection, id: AccountId, field: Field) -> Planned {
    if !db::moderation::effects::has_pending_sign_up(connection, id).await? {
        return stale("Nobody waits to be let in under this name any more.");
    }
    switch_on(
        connection,
        &Target::Account(id),
        field,
        "This was decided already.",
    )
    .await
}

fn has_text(account: &Account) -> bool {
    !account.note.as_str().is_empty()
        || !account.note_source.is_empty()
        || !account.fields.is_empty()
}

/// The account a measure is about, if it is a member's: the author, for a post.
pub(in crate::moderation::executor) async fn member_behind(
    connection: &mut PgConnection,
    target: &Target,
) -> Result<Option<AccountId>> {
    let id = match target {
        Target::Account(id) => *id,
        Target::Status(id) => {
            let Some(status) = db::moderation::effects::measured(connection, *id).await? else {
                return Ok(None);
            };
            status.author
        }
        _ => return Ok(None),
    };
    let member = db::members::find(connection, id).await?;
    Ok(member.map(|member| member.account.id))
}
