//! What the program is asked to do.

use std::collections::HashMap;

use anyhow::{Context as _, Result, bail};

/// What to do.
pub(crate) enum Command {
    /// Measure a server.
    Measure(Arguments),
    /// Be the static answer that the server is held against.
    Static {
        /// Port on loopback.
        port: u16,
        /// Size of the answer's body.
        bytes: usize,
    },
}

/// How to measure.
pub(crate) struct Arguments {
    /// The binary.
    pub(crate) moot: String,
    /// An empty database that may be filled.
    pub(crate) database_url: String,
    /// Where the JSON goes.
    pub(crate) report: String,
    /// What `tests/real/delays.py` has written, if it ran.
    pub(crate) delays: Option<String>,
    /// The document whose table is to be written anew.
    pub(crate) document: Option<String>,
    /// Seconds for each kind of request that only reads.
    pub(crate) seconds: u64,
    /// How many of each kind of request that writes.
    pub(crate) writes: usize,
    /// Connections that ask at once.
    pub(crate) connections: usize,
    /// Members that ask in turn.
    pub(crate) members: usize,
    /// Local accounts in all.
    pub(crate) local: usize,
    /// Remote accounts.
    pub(crate) remote: usize,
    /// Posts, boosts included.
    pub(crate) statuses: usize,
    /// Follows per member.
    pub(crate) follows: usize,
}

/// Reads `--name value` pairs.
pub(crate) fn read(arguments: impl Iterator<Item = String>) -> Result<Command> {
    let arguments: Vec<String> = arguments.collect();
    if let [word, port, bytes] = &arguments[..]
        && word == "static"
    {
        return Ok(Command::Static {
            port: port.parse()?,
            bytes: bytes.parse()?,
        });
    }
    let mut given = HashMap::new();
    for pair in arguments.chunks(2) {
        let [name, value] = pair else {
            bail!("{} has no value", pair[0])
        };
        given.insert(name.trim_start_matches("--").to_owned(), value.clone());
    }
    let mut number = |name: &str, otherwise: usize| -> Result<usize> {
        given.remove(name).map_or(Ok(otherwise), |text| {
            text.parse().with_context(|| format!("--{name}"))
        })
    };
    let (seconds, writes, connections) = (
        number("seconds", 5)?,
        number("writes", 1000)?,
        number("connections", 8)?,
    );
    let (members, local, remote) = (
        number("members", 900)?,
        number("local", 1000)?,
        number("remote", 20_000)?,
    );
    let (statuses, follows) = (number("statuses", 200_000)?, number("follows", 200)?);
    let (delays, document) = (given.remove("delays"), given.remove("document"));
    let mut text = |name: &str| {
        given
            .remove(name)
            .with_context(|| format!("--{name} is missing"))
    };
    let command = Command::Measure(Arguments {
        moot: text("moot")?,
        database_url: text("database-url")?,
        report: text("report")?,
        delays,
        document,
        seconds: seconds as u64,
        writes,
        connections,
        members,
        local,
        remote,
        statuses,
        follows,
    });
    if let Some(name) = given.keys().next() {
        bail!("--{name} is unknown");
    }
    Ok(command)
}
