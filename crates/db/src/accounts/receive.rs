//! What a peer says of an account of its own.

use model::{AccountId, Domain, Handle, account::RemoteAccount};
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::{
    Result,
    accounts::rows::{emojis_to_json, fields_to_json},
};

/// Makes the account or brings it up to date, found by its id, and answers its number.
///
/// However many arrive at once, one row comes of it (S17). A suspension by its own server is set and
/// lifted with the document; one of ours is left alone. An account that carries the handle under
/// another id has to be moved aside first ([`rename_aside`]).
pub async fn receive(
    connection: &mut PgConnection,
    account: &RemoteAccount,
    now: OffsetDateTime,
) -> Result<AccountId> {
    let id = sqlx::query_file_scalar!(
        "queries/accounts/receive.sql",
        account.uri,
        account.url,
        account.handle.username.as_str(),
        account.handle.domain.as_ref().map(Domain::as_str),
        account.actor_type.as_str(),
        account.inbox_url,
        account.shared_inbox_url,
        account.outbox_url,
        account.followers_url,
        account.following_url,
        account.featured_url,
        account.display_name,
        account.note.as_str(),
        fields_to_json(&account.fields),
        emojis_to_json(&account.emojis),
        account.locked,
        account.discoverable,
        account.indexable,
        account.memorial,
        account.suspended,
        account.avatar_url,
        account.avatar_description,
        account.header_url,
        account.header_description,
        &account.also_known_as,
        account.published,
        account.followers_count,
        account.following_count,
        account.statuses_count,
        account.hides_collections,
        now,
    )
    .fetch_one(&mut *connection)
    .await?;
    let id = AccountId::new(id);
    // Whoever comes from a server about which there is a rule is dealt with by it from the first moment (S65).
    crate::moderation::effects::settle_accounts(connection, &[id]).await?;
    Ok(id)
}

/// Makes others who bring an account of this handle wait until this transaction is over: two ids that claim
/// one handle at once would otherwise both find it free.
pub async fn lock_handle(connection: &mut PgConnection, handle: &Handle) -> Result<()> {
    sqlx::query!(
        r#"SELECT pg_advisory_xact_lock(hashtextextended(lower($1), 0)) AS "locked!: ()""#,
        handle.to_string(),
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Takes a handle from the remote account that carries it under another id than `uri`.
///
/// The new actor has proved the handle by WebFinger, so the old row's claim is void; it keeps its posts
/// under a name that no handle can have until it is fetched again.
pub async fn rename_aside(connection: &mut PgConnection, handle: &Handle, uri: &str) -> Result<()> {
    sqlx::query!(
        "UPDATE accounts
            SET username = username || '~' || id
          WHERE lower(username) = lower($1)
            AND domain = $2
            AND uri <> $3",
        handle.username.as_str(),
        handle.domain.as_ref().map(Domain::as_str),
        uri,
    )
    .execute(connection)
    .await?;
    Ok(())
}
