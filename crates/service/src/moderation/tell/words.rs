//! What is said of each event, in whole sentences, made afresh whenever it is said.
//!
//! Only numbers, dates and words of closed lists are put in: category, kind of measure, state. Nothing that a person has typed
//! and nobody's name comes in here, so that none can come out.

mod appeal;
mod board;
mod case;
mod phrases;
mod proposal;
mod server;

use channels::{Facts, Urgency};
use sqlx::PgConnection;

use super::{About, Event, place::Topic};
use crate::{App, Result};

/// What is said.
#[derive(Clone, Debug)]
pub(super) struct Words {
    pub(super) title: String,
    pub(super) lines: Vec<String>,
    /// Where more is said.
    pub(super) path: String,
    /// The same for the board, where it looks elsewhere.
    pub(super) board_path: Option<String>,
    /// On the link.
    pub(super) label: &'static str,
    /// What a reader would call the thread.
    pub(super) thread: Option<String>,
    pub(super) topic: Option<Topic>,
    pub(super) urgency: Urgency,
    pub(super) facts: Facts,
    /// People need not be asked any more: it is decided, or has become something else.
    pub(super) is_over: bool,
    /// Channels where people read.
    pub(super) to_channels: bool,
    pub(super) to_programs: bool,
    /// Each moderator by mail, where channels do not reach them or it cannot wait.
    pub(super) to_moderators: bool,
    /// Each of the board by mail.
    pub(super) to_board: bool,
    /// The addresses that the operator has named.
    pub(super) to_list: bool,
}

impl Words {
    /// For moderators, who are told everywhere.
    fn new(title: impl Into<String>, path: String) -> Self {
        Self {
            title: title.into(),
            lines: Vec::new(),
            path,
            board_path: None,
            label: "Look at it",
            thread: None,
            topic: None,
            urgency: Urgency::Normal,
            facts: Facts::new(),
            is_over: false,
            to_channels: true,
            to_programs: true,
            to_moderators: true,
            to_board: false,
            to_list: true,
        }
    }

    /// For programs alone.
    fn for_programs(self) -> Self {
        Self {
            to_channels: false,
            to_moderators: false,
            to_list: false,
            ..self
        }
    }

    fn line(mut self, line: impl Into<String>) -> Self {
        self.lines.push(line.into());
        self
    }
}

/// What is said of an event. Nothing, when what it is about is gone or there is no more to say.
pub(super) async fn of(
    connection: &mut PgConnection,
    app: &App,
    event: Event,
    about: About,
) -> Result<Option<Words>> {
    match about {
        About::Case(id) => case::words(connection, app, event, id).await,
        About::Proposal(id) => proposal::words(connection, app, event, id).await,
        About::Appeal(id) => appeal::words(connection, event, id).await,
        About::Decision(id) => board::decision(connection, id).await,
        About::Entry(seq) => board::entry(connection, event, seq).await,
        About::Account(id) => server::account(connection, event, id).await,
        About::Server => server::failing(connection, app).await,
    }
}
