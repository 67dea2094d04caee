//! Cases that somebody stands aside from.

use model::{
    AccountId,
    moderation::{PersonId, report::CaseId},
};
use sqlx::PgConnection;

use crate::Result;

/// Which of these cases a person does not decide: by their own word, as one who has reported, or as the reported, by whatever
/// account of theirs.
pub async fn recused_among(
    connection: &mut PgConnection,
    person: PersonId,
    account: Option<AccountId>,
    cases: &[CaseId],
) -> Result<Vec<CaseId>> {
    let cases: Vec<i64> = cases.iter().map(|id| id.get()).collect();
    let found = sqlx::query_scalar!(
        "SELECT c.id
           FROM cases c
          WHERE c.id = ANY ($1)
            AND (EXISTS (SELECT 1 FROM recusals a WHERE a.case_id = c.id AND a.person_id = $2)
                 OR c.target_account_id = $3
                 OR EXISTS (SELECT 1 FROM reports r WHERE r.case_id = c.id AND r.reporter_id = $3)
                 OR EXISTS (
                        SELECT 1
                          FROM accounts own
                          JOIN accounts t ON t.id = c.target_account_id
                         WHERE own.id = $3
                           AND (own.moved_to_id = t.id OR t.uri = ANY (own.also_known_as))))",
        &cases,
        person.get(),
        account.map(AccountId::get),
    )
    .fetch_all(connection)
    .await?;
    Ok(found.into_iter().map(CaseId::new).collect())
}
