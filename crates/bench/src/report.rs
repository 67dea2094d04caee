//! The table, and the same as JSON.

use std::{fmt::Write as _, fs, path::Path, time::Duration};

use anyhow::Result;
use serde::Serialize;

use crate::{arguments::Arguments, crypto::Crypto, load::Outcome, process::Memory};

/// CPU time in milliseconds: so far, or of some requests together.
#[derive(Clone, Copy)]
pub(crate) struct Cost {
    /// Of the server.
    pub(crate) server_ms: f64,
    /// Of all of PostgreSQL's processes.
    pub(crate) database_ms: f64,
}

impl Cost {
    /// What was spent between.
    pub(crate) fn since(self, before: Self) -> Self {
        Self {
            server_ms: self.server_ms - before.server_ms,
            database_ms: self.database_ms - before.database_ms,
        }
    }
}

/// CPU milliseconds per request that the project aims at.
const TARGETS: &[(&str, &str, f64)] = &[
    ("home", "home, 20 posts", 0.2),
    ("public", "public timeline, 20", 0.25),
    ("tag", "tag timeline, 20", 0.25),
    ("account", "account timeline, 20", 0.25),
    ("post", "one post", 0.05),
    ("thread", "thread of 35", 0.2),
    ("notifications", "notifications, 40", 0.4),
    ("instance", "instance", 0.05),
    ("webfinger", "WebFinger", 0.05),
    ("actor", "actor", 0.05),
    ("posting", "posting, with fan-out", 2.0),
    ("delivery", "one outbound delivery", 1.0),
    ("inbound", "signed inbound Create, with fan-out", 2.0),
];

/// One kind of request.
#[derive(Serialize)]
struct Row {
    name: &'static str,
    what: &'static str,
    requests: usize,
    per_second: f64,
    p50_ms: f64,
    p99_ms: f64,
    server_cpu_ms: f64,
    database_cpu_ms: f64,
    cpu_ms: f64,
    target_cpu_ms: Option<f64>,
}

/// All that was measured.
#[derive(Serialize)]
pub(crate) struct Report {
    cores: usize,
    data: Data,
    seed_seconds: f64,
    start_seconds: f64,
    memory_idle: Memory,
    memory_loaded: Option<Memory>,
    rows: Vec<Row>,
    static_answer_bytes: usize,
    static_answer: Option<Row>,
    rsa_2048: Option<Crypto>,
}

#[derive(Serialize)]
struct Data {
    local_members: usize,
    remote_accounts: usize,
    statuses: usize,
    follows_per_member: usize,
    connections: usize,
}

impl Report {
    /// An empty one.
    pub(crate) fn new(
        arguments: &Arguments,
        seeded: Duration,
        started: Duration,
        idle: Memory,
    ) -> Self {
        Self {
            cores: std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
            data: Data {
                local_members: arguments.local,
                remote_accounts: arguments.remote,
                statuses: arguments.statuses,
                follows_per_member: arguments.follows,
                connections: arguments.connections,
            },
            seed_seconds: seeded.as_secs_f64(),
            start_seconds: started.as_secs_f64(),
            memory_idle: idle,
            memory_loaded: None,
            rows: Vec::new(),
            static_answer_bytes: 0,
            static_answer: None,
            rsa_2048: None,
        }
    }

    /// Adds a kind; `things` is what the cost is divided by.
    pub(crate) fn add(&mut self, name: &'static str, outcome: &Outcome, things: usize, cost: Cost) {
        let row = row(name, outcome, things, cost);
        println!("{}", line(&row));
        self.rows.push(row);
    }

    /// Adds the static answer.
    pub(crate) fn limit(&mut self, bytes: usize, outcome: &Outcome, cost: Cost) {
        self.static_answer_bytes = bytes;
        self.static_answer = Some(row("static", outcome, outcome.count, cost));
    }

    /// Adds the memory at the end.
    pub(crate) fn memory_under_load(&mut self, memory: Memory) {
        self.memory_loaded = Some(memory);
    }

    /// Adds what signatures cost.
    pub(crate) fn crypto(&mut self, crypto: Crypto) {
        self.rsa_2048 = Some(crypto);
    }

    /// For people, in Markdown.
    pub(crate) fn table(&self) -> String {
        let mut text = format!(
            "\n{} cores; {} members, {} remote people, {} posts, {} follows per member; {} connections\n\n\
             | CPU ms per request | target | measured | server | PostgreSQL | requests/s | p50 ms | p99 ms |\n\
             | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n",
            self.cores,
            self.data.local_members,
            self.data.remote_accounts,
            self.data.statuses,
            self.data.follows_per_member,
            self.data.connections
        );
        for row in self.rows.iter().chain(&self.static_answer) {
            let _ = writeln!(text, "{}", line(row));
        }
        if let Some(crypto) = &self.rsa_2048 {
            let _ = writeln!(
                text,
                "\nLimits: RSA-2048 sign {:.2} ms, verify {:.3} ms; the static answer has {} bytes",
                crypto.sign_ms, crypto.verify_ms, self.static_answer_bytes
            );
        }
        let loaded = self.memory_loaded.unwrap_or(self.memory_idle);
        let _ = writeln!(
            text,
            "Resident memory: {:.0} MiB at rest (target 60), {:.0} under load (target 150), {:.0} at most\n\
             Start with this database: {:.2} s (target 0.3); seeding took {:.0} s",
            self.memory_idle.resident_mib,
            loaded.resident_mib,
            loaded.highest_mib,
            self.start_seconds,
            self.seed_seconds
        );
        text
    }

    /// For programs.
    pub(crate) fn write(&self, path: &Path) -> Result<()> {
        Ok(fs::write(path, serde_json::to_string_pretty(self)?)?)
    }
}

fn row(name: &'static str, outcome: &Outcome, things: usize, cost: Cost) -> Row {
    let target = TARGETS.iter().find(|(of, ..)| *of == name);
    let things = things as f64;
    Row {
        name,
        what: target.map_or("static answer of home's size", |(_, what, _)| what),
        requests: outcome.count,
        per_second: outcome.per_second(),
        p50_ms: outcome.quantile_ms(0.5),
        p99_ms: outcome.quantile_ms(0.99),
        server_cpu_ms: cost.server_ms / things,
        database_cpu_ms: cost.database_ms / things,
        cpu_ms: (cost.server_ms + cost.database_ms) / things,
        target_cpu_ms: target.map(|(.., target)| *target),
    }
}

fn line(row: &Row) -> String {
    let target = row
        .target_cpu_ms
        .map_or_else(|| "limit".to_owned(), |target| format!("{target}"));
    format!(
        "| {} | {target} | {:.3} | {:.3} | {:.3} | {:.0} | {:.2} | {:.2} |",
        row.what,
        row.cpu_ms,
        row.server_cpu_ms,
        row.database_cpu_ms,
        row.per_second,
        row.p50_ms,
        row.p99_ms
    )
}
