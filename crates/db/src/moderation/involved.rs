//! Who is concerned by a case, and so does not decide it.

use model::{AccountId, moderation::report::CaseId};
use sqlx::PgConnection;

use crate::Result;

/// Accounts that a case concerns outright: whoever reported, the reported account, and accounts that are the same person's by
/// their own word: they have moved to the reported one, or name it as an alias of theirs, or it names them and they
/// name it.
///
/// What the reported account alone says of others is not believed here: naming all moderators as aliases would else shut
/// them all out. It counts as a mention, see [`mentioned_in_case`].
pub async fn involved_in_case(
    connection: &mut PgConnection,
    case: CaseId,
) -> Result<Vec<AccountId>> {
    let found = sqlx::query_scalar!(
        r#"SELECT r.reporter_id AS "id!"
             FROM reports r
            WHERE r.case_id = $1 AND r.reporter_id IS NOT NULL
            UNION
           SELECT c.target_account_id
             FROM cases c
            WHERE c.id = $1 AND c.target_account_id IS NOT NULL
            UNION
           SELECT other.id
             FROM cases c
             JOIN accounts t ON t.id = c.target_account_id
             -- (Members alone hold offices, and they are few.)
             JOIN accounts other
               ON other.domain IS NULL
              AND other.id <> t.id
              AND (other.moved_to_id = t.id OR t.uri = ANY (other.also_known_as))
            WHERE c.id = $1"#,
        case.get(),
    )
    .fetch_all(connection)
    .await?;
    Ok(found.into_iter().map(AccountId::new).collect())
}

/// Accounts that reported posts mention, as the posts were when they were seen, and those that the reported account names as
/// where it has moved or as an alias. They are shut out only while enough others can decide.
pub async fn mentioned_in_case(
    connection: &mut PgConnection,
    case: CaseId,
) -> Result<Vec<AccountId>> {
    let found = sqlx::query_scalar!(
        r#"SELECT mentioned.id::bigint AS "id!"
             FROM reports r
             JOIN report_evidence e ON e.report_id = r.id
            CROSS JOIN LATERAL jsonb_array_elements_text(coalesce(e.seen -> 'mentions', '[]')) AS mentioned (id)
            WHERE r.case_id = $1
            UNION
           SELECT t.moved_to_id
             FROM cases c
             JOIN accounts t ON t.id = c.target_account_id
            WHERE c.id = $1 AND t.moved_to_id IS NOT NULL
            UNION
           SELECT other.id
             FROM cases c
             JOIN accounts t ON t.id = c.target_account_id
             JOIN accounts other ON other.uri = ANY (t.also_known_as)
            WHERE c.id = $1"#,
        case.get(),
    )
    .fetch_all(connection)
    .await?;
    Ok(found.into_iter().map(AccountId::new).collect())
}
