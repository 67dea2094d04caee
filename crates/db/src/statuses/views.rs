//! Loading statuses with all that is needed to show them: two queries, however many they are.

use std::collections::HashMap;

use model::{
    Account, AccountId, Emoji, StatusId, Viewer,
    status::{Attachment, StatusView, TagView},
};
use sqlx::{PgConnection, types::Json};

use crate::{
    Result, accounts,
    statuses::rows::{MentionRow, StatusRow, inconsistent},
};

/// Whose eyes are used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// Somebody's: what they may not see is left out.
    Of(Viewer),
    /// Nobody's: everything, deleted statuses too. For documents that peers are told, never for people.
    Everything,
}

impl Sight {
    fn viewer(self) -> Option<i64> {
        match self {
            Self::Of(viewer) => viewer.account_id().map(AccountId::get),
            Self::Everything => None,
        }
    }
}

/// One status, if it is there to be seen.
pub async fn view(
    connection: &mut PgConnection,
    sight: Sight,
    id: StatusId,
) -> Result<Option<StatusView>> {
    Ok(views(connection, sight, &[id]).await?.pop())
}

/// Several, in the order asked. Left out is what may not be seen, and boosts of what may not be seen.
pub async fn views(
    connection: &mut PgConnection,
    sight: Sight,
    ids: &[StatusId],
) -> Result<Vec<StatusView>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = rows(connection, sight, ids).await?;

    let mut people: Vec<AccountId> = rows
        .values()
        .map(|row| AccountId::new(row.account_id))
        .collect();
    people.sort_unstable();
    people.dedup();
    let people: HashMap<AccountId, Account> = accounts::by_ids(connection, &people)
        .await?
        .into_iter()
        .map(|account| (account.id, account))
        .collect();

    let shelf = Shelf {
        rows: &rows,
        people: &people,
        signed_in: sight.viewer().is_some(),
    };
    ids.iter()
        .filter_map(|id| shelf.view(id.get()).transpose())
        .collect()
}

async fn rows(
    connection: &mut PgConnection,
    sight: Sight,
    ids: &[StatusId],
) -> Result<HashMap<i64, StatusRow>> {
    let ids: Vec<i64> = ids.iter().map(|id| id.get()).collect();
    let rows = sqlx::query_file_as!(
        StatusRow,
        "queries/statuses/views.sql",
        sight.viewer(),
        &ids,
        sight == Sight::Everything,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// What has been loaded, to be put together.
struct Shelf<'a> {
    rows: &'a HashMap<i64, StatusRow>,
    people: &'a HashMap<AccountId, Account>,
    signed_in: bool,
}

impl Shelf<'_> {
    fn view(&self, id: i64) -> Result<Option<StatusView>> {
        let Some(row) = self.rows.get(&id) else {
            return Ok(None);
        };
        let Some(boost_of) = row.boost_of_id else {
            return self.plain(row).map(Some);
        };
        // A boost shows what it boosts; without that there is nothing to show.
        let Some(original) = self.rows.get(&boost_of) else {
            return Ok(None);
        };
        let original = self.plain(original)?;
        let mut boost = self.plain(row)?;
        boost.marks = original.marks;
        boost.boost_of = Some(Box::new(original));
        Ok(Some(boost))
    }

    fn plain(&self, row: &StatusRow) -> Result<StatusView> {
        let author = self
            .people
            .get(&AccountId::new(row.account_id))
            .cloned()
            .ok_or_else(|| inconsistent("account_id", row.id))?;
        row.clone().into_view(author, self.signed_in)
    }
}
