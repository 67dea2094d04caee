//! The whole public log in lines, with the keys that signed it: for mirrors, and for whoever wants to check it.

use futures_util::{Stream, stream};
use ledger::export::{Footer, Header, KeyRange, Line};

use super::{
    checkpoint::{self, read},
    keys, rows,
};
use crate::{App, Error, Result};

/// Entries read at a time; between two readings no connection is held, so that slow readers hold nobody up.
const BATCH: i64 = 500;

/// The export, some lines at a time, each ended by a newline. It ends with the entries that are there when it begins.
pub async fn export(app: &App) -> Result<impl Stream<Item = Result<String>> + Send + 'static> {
    let newest = checkpoint::checkpoint(app).await?;
    let mut connection = app.db.acquire().await?;
    let end = db::moderation::log::count(&mut connection).await?;
    let (header, footer) = frame(&mut connection, app, end, &newest).await?;
    drop(connection);
    let begin = Begun {
        app: app.clone(),
        end,
        footer,
        next: Next::Header(header),
    };
    Ok(stream::try_unfold(begin, |mut begun| async move {
        let lines = begun.lines().await?;
        Ok(lines.map(|lines| (lines, begun)))
    }))
}

struct Begun {
    app: App,
    end: i64,
    footer: Footer,
    next: Next,
}

enum Next {
    Header(Header),
    After(i64),
    Nothing,
}

impl Begun {
    async fn lines(&mut self) -> Result<Option<String>> {
        match std::mem::replace(&mut self.next, Next::Nothing) {
            Next::Header(header) => {
                self.next = Next::After(0);
                Ok(Some(line(&Line::Header(header))))
            }
            Next::After(after) if after >= self.end => {
                Ok(Some(line(&Line::Footer(self.footer.clone()))))
            }
            Next::After(after) => {
                let limit = BATCH.min(self.end - after);
                let mut connection = self.app.db.acquire().await?;
                let batch = db::moderation::log::after(&mut connection, after, limit).await?;
                drop(connection);
                let reached = batch.last().map_or(self.end, |row| row.seq);
                self.next = Next::After(reached);
                let mut lines = String::new();
                for row in batch {
                    lines.push_str(&line(&Line::Entry(Box::new(rows::entry(row)?))));
                }
                Ok(Some(lines))
            }
            Next::Nothing => Ok(None),
        }
    }
}

fn line(line: &Line) -> String {
    let mut text = line.to_json();
    text.push('\n');
    text
}

/// What stands before and after the first `end` entries.
pub(super) async fn frame(
    connection: &mut sqlx::PgConnection,
    app: &App,
    end: i64,
    newest: &ledger::SignedCheckpoint,
) -> Result<(Header, Footer)> {
    let ranges = ranges(app, connection, end).await?;
    let footer = footer(connection, newest, &ranges).await?;
    Ok((Header::new(&newest.checkpoint().origin, ranges), footer))
}

/// The keys as the entries up to `end` name them.
async fn ranges(app: &App, connection: &mut sqlx::PgConnection, end: i64) -> Result<Vec<KeyRange>> {
    let end = rows::number(end)?;
    let mut ranges = keys::all(connection, app)
        .await?
        .iter()
        .map(keys::LogKey::range)
        .collect::<Result<Vec<_>>>()?;
    ranges.retain(|range| range.from <= end);
    if let Some(last) = ranges.last_mut() {
        last.to = last.to.filter(|to| *to <= end);
    }
    Ok(ranges)
}

/// The newest checkpoint, and those by which one key vouched for the next.
async fn footer(
    connection: &mut sqlx::PgConnection,
    newest: &ledger::SignedCheckpoint,
    ranges: &[KeyRange],
) -> Result<Footer> {
    let sizes = ranges
        .iter()
        .filter_map(|range| range.to)
        .filter(|size| *size != newest.checkpoint().size)
        .map(|size| i64::try_from(size).map_err(Error::internal))
        .collect::<Result<Vec<_>>>()?;
    let rows = db::moderation::log::checkpoints(connection, &sizes).await?;
    let mut checkpoints = rows
        .iter()
        .map(|row| read(&row.note))
        .collect::<Result<Vec<_>>>()?;
    checkpoints.push(newest.clone());
    Ok(Footer { checkpoints })
}
