//! Puts the data set into the tables, in bulk: a month in the life of a server of a thousand.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use sqlx::{AssertSqlSafe, Executor as _, PgConnection};

use crate::{arguments::Arguments, peer::Key, server::Server, sink::Sink};

const SCRIPTS: [&str; 4] = [
    include_str!("seed/people.sql"),
    include_str!("seed/follows.sql"),
    include_str!("seed/statuses.sql"),
    include_str!("seed/told.sql"),
];

/// How many remote people say anything, at most.
const ACTIVE: usize = 4000;
/// How many of the remote people belong to the sink; people.sql counts on it.
const AT_THE_SINK: usize = 200;

/// What the data set is made with.
pub(crate) struct Seed<'a> {
    /// How large it becomes.
    pub(crate) arguments: &'a Arguments,
    /// Whose addresses local things get.
    pub(crate) server: &'a Server,
    /// Where deliveries go.
    pub(crate) sink: &'a Sink,
    /// What remote people sign with.
    pub(crate) key: &'a Key,
}

impl Seed<'_> {
    /// Fills the database; how long it took.
    pub(crate) async fn sow(&self, database: &mut PgConnection) -> Result<Duration> {
        let began = Instant::now();
        let words = self.words()?;
        // One by one: VACUUM stands alone.
        let statements = SCRIPTS.iter().flat_map(|script| script.split(";\n"));
        for statement in statements.filter(|statement| !statement.trim().is_empty()) {
            let text = words
                .iter()
                .fold(statement.to_owned(), |text, (word, value)| {
                    text.replace(word, value)
                });
            database
                .execute(AssertSqlSafe(text))
                .await
                .with_context(|| {
                    let start: String = statement.trim().chars().take(300).collect();
                    format!("in the seed: {start}")
                })?;
        }
        Ok(began.elapsed())
    }

    /// What stands for the words in capitals.
    fn words(&self) -> Result<Vec<(&'static str, String)>> {
        let size = self.arguments;
        let active = ACTIVE.min(size.remote.saturating_sub(AT_THE_SINK));
        let followed_members = size.follows * 3 / 10;
        let followed_remote = size.follows - followed_members;
        ensure!(
            size.local >= followed_members && active >= followed_remote && followed_members > 0,
            "there are too few people for so many follows"
        );
        Ok(vec![
            ("$LOCAL", size.local.to_string()),
            ("$REMOTE", size.remote.to_string()),
            ("$ACTIVE", active.to_string()),
            ("$STATUSES", size.statuses.to_string()),
            ("$FOLLOWED_MEMBERS", followed_members.to_string()),
            ("$FOLLOWED_REMOTE", followed_remote.to_string()),
            ("$SINK_PORT", self.sink.port.to_string()),
            ("$WEB", self.server.base()),
            ("$PEM", self.key.public_pem()?),
        ])
    }
}
