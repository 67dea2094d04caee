//! Lists that a leaver takes along, in the form in which Mastodon exports and imports them.

use model::{AccountId, Handle, StatusId, Viewer, status::StatusView};

use crate::{App, Result};

/// Rows in one piece.
const PIECE: i64 = 500;

/// Which list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Export {
    /// Whom they follow, with how.
    Follows,
    /// Who follows them.
    Followers,
    /// Whom they block.
    Blocks,
    /// Whom they mute.
    Mutes,
    /// What they have kept.
    Bookmarks,
}

impl Export {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Follows,
        Self::Followers,
        Self::Blocks,
        Self::Mutes,
        Self::Bookmarks,
    ];

    /// The name of the file.
    pub const fn file_name(self) -> &'static str {
        match self {
            Self::Follows => "follows.csv",
            Self::Followers => "followers.csv",
            Self::Blocks => "blocks.csv",
            Self::Mutes => "mutes.csv",
            Self::Bookmarks => "bookmarks.csv",
        }
    }

    /// The first line, where there is one.
    const fn heading(self) -> &'static str {
        match self {
            Self::Follows => "Account address,Show boosts,Notify on new posts,Languages\n",
            Self::Followers => "Account address\n",
            Self::Mutes => "Account address,Hide notifications\n",
            Self::Blocks | Self::Bookmarks => "",
        }
    }
}

/// A piece of a list as CSV (RFC 4180), from its beginning or from where the one before said; and from where the
/// next goes on, if there is one.
pub async fn export_page(
    app: &App,
    of: AccountId,
    export: Export,
    from: Option<i64>,
) -> Result<(String, Option<i64>)> {
    let mut text = match from {
        None => export.heading().to_owned(),
        Some(_) => String::new(),
    };
    let rows = rows(app, of, export, from).await?;
    for (_, cells) in &rows {
        let cells: Vec<String> = cells.iter().map(|cell| written(cell)).collect();
        text.push_str(&cells.join(","));
        text.push('\n');
    }
    let is_last = i64::try_from(rows.len()).is_ok_and(|count| count < PIECE);
    let next = rows.last().map(|(number, _)| *number).filter(|_| !is_last);
    Ok((text, next))
}

async fn rows(
    app: &App,
    of: AccountId,
    export: Export,
    from: Option<i64>,
) -> Result<Vec<(i64, Vec<String>)>> {
    let address = |handle: &Handle| {
        let ours = &app.settings.local_domain;
        let domain = handle.domain.as_ref().unwrap_or(ours);
        format!("{}@{domain}", handle.username)
    };
    let after = from.unwrap_or(0);
    let mut connection = app.db.acquire().await?;
    let connection = &mut *connection;
    Ok(match export {
        Export::Follows => db::relationships::all_followed(connection, of, after, PIECE)
            .await?
            .into_iter()
            .map(|(number, follow)| {
                let cells = vec![
                    address(&follow.handle),
                    follow.shows_boosts.to_string(),
                    follow.notifies.to_string(),
                    follow.languages.join(", "),
                ];
                (number, cells)
            })
            .collect(),
        Export::Followers => db::relationships::all_followers(connection, of, after, PIECE)
            .await?
            .into_iter()
            .map(|(number, handle)| (number, vec![address(&handle)]))
            .collect(),
        Export::Blocks => db::relationships::all_blocked(connection, of, after, PIECE)
            .await?
            .into_iter()
            .map(|(number, handle)| (number, vec![address(&handle)]))
            .collect(),
        Export::Mutes => db::relationships::all_muted(connection, of, after, PIECE)
            .await?
            .into_iter()
            .map(|(number, handle, hides)| (number, vec![address(&handle), hides.to_string()]))
            .collect(),
        Export::Bookmarks => db::relationships::all_bookmarked(connection, of, after, PIECE)
            .await?
            .into_iter()
            .map(|(number, uri)| (number, vec![uri]))
            .collect(),
    })
}

/// Everything a member has posted or boosted, whomever it is for: so many older than one, newest first; and from
/// where it goes on, if it does.
pub async fn own_posts(
    app: &App,
    author: AccountId,
    older_than: Option<StatusId>,
    limit: i64,
) -> Result<(Vec<StatusView>, Option<StatusId>)> {
    let mut connection = app.db.acquire().await?;
    let ids = db::relationships::all_posted(&mut connection, author, older_than, limit).await?;
    let sight = db::statuses::Sight::Of(Viewer::Account(author));
    let views = db::statuses::views(&mut connection, sight, &ids).await?;
    let is_last = i64::try_from(ids.len()).is_ok_and(|count| count < limit);
    Ok((views, ids.last().copied().filter(|_| !is_last)))
}

/// A cell as it is written. What a spreadsheet would take for a formula gets a quotation mark before it (S75).
fn written(cell: &str) -> String {
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let mark = if is_formula { "'" } else { "" };
    if cell.contains(['"', ',', '\n', '\r']) {
        format!("\"{mark}{}\"", cell.replace('"', "\"\""))
    } else {
        format!("{mark}{cell}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // S75: formulas in exports were run by whoever opened them.
    #[test]
    fn no_cell_is_a_formula() {
        for start in ["=", "+", "-", "@", "\t", "\r"] {
            let cell = format!("{start}cmd|' /C calc'!A0");
            assert!(
                written(&cell).trim_start_matches('"').starts_with('\''),
                "{cell:?}"
            );
        }
        assert_eq!(written("alice@club.example"), "alice@club.example");
    }

    #[test]
    fn a_cell_cannot_become_two() {
        assert_eq!(written("a,b"), "\"a,b\"");
        assert_eq!(written("a\"b"), "\"a\"\"b\"");
        assert_eq!(written("=a\nb"), "\"'=a\nb\"");
    }
}
