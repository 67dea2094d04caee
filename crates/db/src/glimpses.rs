//! Lists of statuses at a glance, each in one round trip: which they are, what the viewer has done with them, and the
//! counters and versions by which everything else can be kept elsewhere.
//!
//! A list says how statuses are found: a query of `cursor, id, boost_of_id`, in which the viewer is `$1`. What stands around
//! it is here. Boosts and what they boost come as rows of one kind: a plan with a branch of its own for originals took
//! half as long again, most of it before the first row.

use std::collections::HashMap;

use model::{AccountGlimpse, AccountId, StatusGlimpse, StatusId, Viewer, status::Marks};
use sqlx::{
    Arguments as _, Decode, FromRow, PgConnection, Postgres, QueryBuilder, Row as _, Type,
    postgres::{PgArguments, PgRow},
};

use crate::Result;

/// Columns of a status `s`, for [`Columns::status`].
pub(crate) const STATUS: &str =
    "s.id, s.version, (SELECT coalesce(max(v.version), 0) FROM names_version v),
     s.in_reply_to_account_id IS NOT DISTINCT FROM s.account_id,
     s.replies_count, s.boosts_count, s.favourites_count, s.boost_of_id,
     a.id, a.version, a.followers_count, a.following_count, a.statuses_count, a.last_status_on, a.sensitised_at IS NOT NULL";

/// Columns of the viewer `$1`'s marks on a status `s`, for [`Columns::marks`]. A boost has those of what it boosts.
///
/// (OFFSET 0: look each up, do not read all of the viewer's; see `statuses_visible_to`.)
pub(crate) const MARKS: &str =
    "s.boost_of_id IS NULL AND EXISTS (
         SELECT 1 FROM favourites x WHERE x.account_id = $1 AND x.status_id = s.id OFFSET 0),
     s.boost_of_id IS NULL AND EXISTS (
         SELECT 1 FROM statuses x WHERE x.account_id = $1 AND x.boost_of_id = s.id AND x.deleted_at IS NULL OFFSET 0),
     s.boost_of_id IS NULL AND EXISTS (
         SELECT 1 FROM bookmarks x WHERE x.account_id = $1 AND x.status_id = s.id OFFSET 0),
     s.account_id = $1 AND EXISTS (
         SELECT 1 FROM status_pins x WHERE x.account_id = $1 AND x.status_id = s.id OFFSET 0)";

/// Whether what a list finds may be seen by its viewer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// The list has made sure, of what it finds and of what that boosts.
    Seen,
    /// That is still to be asked.
    Unseen,
}

/// A query that the caller goes on with: it finds `cursor, id, boost_of_id`, and the viewer is `$1`.
pub(crate) fn finding(viewer: Viewer) -> QueryBuilder<Postgres> {
    let mut query = for_viewer(viewer);
    query
        .push("SELECT w.cursor, ")
        .push(STATUS)
        .push(", ")
        .push(MARKS)
        .push(" FROM (");
    query
}

/// An empty query in which the viewer is `$1`.
pub(crate) fn for_viewer(viewer: Viewer) -> QueryBuilder<Postgres> {
    let mut arguments = PgArguments::default();
    arguments
        .add(viewer.account_id().map(AccountId::get))
        .expect("a number is an argument");
    QueryBuilder::with_arguments("", arguments)
}

/// What was found, newest cursor first, without boosts of what may not be seen.
pub(crate) async fn fetch(
    mut query: QueryBuilder<Postgres>,
    connection: &mut PgConnection,
    viewer: Viewer,
    found: Found,
) -> Result<Vec<(i64, StatusGlimpse)>> {
    query.push(
        ") f (cursor, id, boost_of_id)
         CROSS JOIN LATERAL (VALUES (f.cursor, f.id), (NULL::bigint, f.boost_of_id)) w (cursor, id)
         JOIN ",
    );
    query.push(match found {
        Found::Seen => "statuses",
        Found::Unseen => "statuses_visible_to($1)",
    });
    query.push(" s ON s.id = w.id JOIN accounts a ON a.id = s.account_id");
    let rows: Vec<Row> = query.build_query_as().fetch_all(connection).await?;
    Ok(assembled(rows, viewer))
}

/// These, as far as they may be seen, in the order asked.
pub async fn of(
    connection: &mut PgConnection,
    viewer: Viewer,
    ids: &[StatusId],
) -> Result<Vec<StatusGlimpse>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<i64> = ids.iter().map(|id| id.get()).collect();
    let mut query = finding(viewer);
    query
        .push(
            "SELECT -given.place, given.id, (SELECT b.boost_of_id FROM statuses b WHERE b.id = given.id)
               FROM unnest(",
        )
        .push_bind(ids)
        .push("::bigint[]) WITH ORDINALITY AS given (id, place)");
    let found = fetch(query, connection, viewer, Found::Unseen).await?;
    Ok(found.into_iter().map(|(_, glimpse)| glimpse).collect())
}

/// The statuses of a list that is paged by their own ids.
pub(crate) fn without_cursors(found: Vec<(i64, StatusGlimpse)>) -> Vec<StatusGlimpse> {
    found.into_iter().map(|(_, glimpse)| glimpse).collect()
}

/// A status that a list finds, or, without a cursor, what one of them boosts.
struct Row {
    cursor: Option<i64>,
    glimpse: StatusGlimpse,
    boost_of: Option<StatusId>,
}

impl FromRow<'_, PgRow> for Row {
    fn from_row(row: &PgRow) -> sqlx::Result<Self> {
        let mut columns = Columns::of(row);
        let cursor = columns.next()?;
        let id = columns.next()?;
        let (mut glimpse, boost_of) = columns.status(id)?;
        glimpse.marks = Some(columns.marks()?);
        Ok(Self {
            cursor,
            glimpse,
            boost_of,
        })
    }
}

fn assembled(rows: Vec<Row>, viewer: Viewer) -> Vec<(i64, StatusGlimpse)> {
    let is_signed_in = viewer.account_id().is_some();
    let mut originals = HashMap::new();
    let mut found = Vec::with_capacity(rows.len());
    for mut row in rows {
        row.glimpse.marks = row.glimpse.marks.filter(|_| is_signed_in);
        match row.cursor {
            Some(cursor) => found.push((cursor, row.glimpse, row.boost_of)),
            None => {
                originals.insert(row.glimpse.id, row.glimpse);
            }
        }
    }
    let mut found: Vec<(i64, StatusGlimpse)> = found
        .into_iter()
        .filter_map(|(cursor, mut glimpse, boost_of)| {
            if let Some(boost_of) = boost_of {
                let original = originals.get(&boost_of)?;
                glimpse.marks = original.marks;
                glimpse.boost_of = Some(Box::new(original.clone()));
            }
            Some((cursor, glimpse))
        })
        .collect();
    found.sort_by_key(|(cursor, _)| std::cmp::Reverse(*cursor));
    found
}

/// The columns of a row, read from the first to the last.
pub(crate) struct Columns<'r> {
    row: &'r PgRow,
    at: usize,
}

impl<'r> Columns<'r> {
    pub(crate) fn of(row: &'r PgRow) -> Self {
        Self { row, at: 0 }
    }

    pub(crate) fn next<T: Decode<'r, Postgres> + Type<Postgres>>(&mut self) -> sqlx::Result<T> {
        let value = self.row.try_get(self.at)?;
        self.at += 1;
        Ok(value)
    }

    pub(crate) fn next_after<T>(&mut self, skipped: usize) -> sqlx::Result<T>
    where
        T: Decode<'r, Postgres> + Type<Postgres>,
    {
        self.skip(skipped);
        self.next()
    }

    pub(crate) fn skip(&mut self, columns: usize) {
        self.at += columns;
    }

    /// The columns of [`STATUS`] after the id, and what the status boosts.
    pub(crate) fn status(&mut self, id: i64) -> sqlx::Result<(StatusGlimpse, Option<StatusId>)> {
        let (version, names_version) = (self.next()?, self.next()?);
        let continues_itself = self.next()?;
        let (replies_count, boosts_count, favourites_count) =
            (self.next()?, self.next()?, self.next()?);
        let boost_of: Option<i64> = self.next()?;
        let glimpse = StatusGlimpse {
            id: StatusId::new(id),
            version,
            names_version,
            author: self.account()?,
            continues_itself,
            replies_count,
            boosts_count,
            favourites_count,
            marks: None,
            boost_of: None,
        };
        Ok((glimpse, boost_of.map(StatusId::new)))
    }

    /// Seven columns of an account: those at the end of [`STATUS`].
    pub(crate) fn account(&mut self) -> sqlx::Result<AccountGlimpse> {
        Ok(AccountGlimpse {
            id: AccountId::new(self.next()?),
            version: self.next()?,
            followers_count: self.next()?,
            following_count: self.next()?,
            statuses_count: self.next()?,
            last_status_on: self.next()?,
            is_sensitised: self.next()?,
        })
    }

    /// The columns of [`MARKS`]; NULL where nobody looks.
    pub(crate) fn marks(&mut self) -> sqlx::Result<Marks> {
        let mut is_set = || Ok::<_, sqlx::Error>(self.next::<Option<bool>>()?.unwrap_or(false));
        Ok(Marks {
            favourited: is_set()?,
            boosted: is_set()?,
            bookmarked: is_set()?,
            muted: false,
            pinned: is_set()?,
        })
    }
}
