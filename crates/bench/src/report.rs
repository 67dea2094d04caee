//! The table, and the same as JSON.

use std::{fmt::Write as _, fs, time::Duration};

use anyhow::{Context as _, Result};
use serde::{Deserialize, Serialize};

use crate::{
    arguments::Arguments, crypto::Crypto, load::Outcome, machine::Machine, process::Memory,
    selects::Selects, targets,
};

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

/// One kind of request.
#[derive(Serialize)]
struct Row {
    name: &'static str,
    what: &'static str,
    requests: usize,
    per_second: f64,
    p50_ms: f64,
    p99_ms: f64,
    answer_bytes: usize,
    server_cpu_ms: f64,
    database_cpu_ms: f64,
    cpu_ms: f64,
    target_cpu_ms: f64,
    limit_cpu_ms: Option<f64>,
}

/// A static answer, in CPU milliseconds.
#[derive(Serialize)]
struct StaticAnswer {
    bytes: usize,
    cpu_ms: f64,
    per_second: f64,
}

/// What the kinds are held against.
#[derive(Default, Serialize)]
pub(crate) struct Limits {
    page: Option<StaticAnswer>,
    small: Option<StaticAnswer>,
    pub(crate) rsa_2048: Option<Crypto>,
    pub(crate) selects: Option<Selects>,
}

/// How long posts take from one server to a home of another; `tests/real/delays.py` writes it.
#[derive(Serialize, Deserialize)]
struct Delays {
    posts: usize,
    p50_seconds: f64,
    p99_seconds: f64,
}

/// Memory of the server.
#[derive(Serialize)]
struct Memories {
    idle: Memory,
    loaded: Option<Memory>,
}

/// All that was measured.
#[derive(Serialize)]
pub(crate) struct Report {
    machine: Machine,
    data: Data,
    seed_seconds: f64,
    start_seconds: f64,
    memory: Memories,
    rows: Vec<Row>,
    limits: Limits,
    delays: Option<Delays>,
}

#[derive(Serialize)]
struct Data {
    local_members: usize,
    remote_accounts: usize,
    statuses: usize,
    follows_per_member: usize,
    connections: usize,
    members_asking: usize,
}

impl Report {
    /// An empty one.
    pub(crate) fn new(arguments: &Arguments, members_asking: usize) -> Result<Self> {
        let delays = match &arguments.delays {
            Some(path) => {
                let text = fs::read_to_string(path).with_context(|| format!("reading {path}"))?;
                Some(serde_json::from_str(&text)?)
            }
            None => None,
        };
        let nothing = Memory {
            resident_mib: 0.0,
            highest_mib: 0.0,
        };
        Ok(Self {
            machine: Machine::this(),
            data: Data {
                local_members: arguments.local,
                remote_accounts: arguments.remote,
                statuses: arguments.statuses,
                follows_per_member: arguments.follows,
                connections: arguments.connections,
                members_asking,
            },
            seed_seconds: 0.0,
            start_seconds: 0.0,
            memory: Memories {
                idle: nothing,
                loaded: None,
            },
            rows: Vec::new(),
            limits: Limits::default(),
            delays,
        })
    }

    /// Notes how long seeding and starting took, and how large the server is when it has nothing to do.
    pub(crate) fn started(&mut self, seeded: Duration, started: Duration, idle: Memory) {
        self.seed_seconds = seeded.as_secs_f64();
        self.start_seconds = started.as_secs_f64();
        self.memory.idle = idle;
    }

    /// Adds a kind; `things` is what the cost is divided by.
    pub(crate) fn add(&mut self, name: &'static str, outcome: &Outcome, things: usize, cost: Cost) {
        let target = targets::find(name);
        let things = things as f64;
        let row = Row {
            name,
            what: target.what,
            requests: outcome.count,
            per_second: outcome.per_second(),
            p50_ms: outcome.quantile_ms(0.5),
            p99_ms: outcome.quantile_ms(0.99),
            answer_bytes: outcome.answer_bytes(),
            server_cpu_ms: cost.server_ms / things,
            database_cpu_ms: cost.database_ms / things,
            cpu_ms: (cost.server_ms + cost.database_ms) / things,
            target_cpu_ms: target.cpu_ms,
            limit_cpu_ms: None,
        };
        println!("{}", line(&row));
        self.rows.push(row);
    }

    /// Bytes of the answers of a kind that was measured.
    pub(crate) fn answer_bytes(&self, name: &str) -> usize {
        let row = self.rows.iter().find(|row| row.name == name);
        row.map_or(500, |row| row.answer_bytes)
    }

    /// Adds a static answer as large as a page of home.
    pub(crate) fn static_page(&mut self, outcome: &Outcome, cpu_ms: f64) {
        self.limits.page = Some(static_answer(outcome, cpu_ms));
    }

    /// Adds a small static answer.
    pub(crate) fn static_small(&mut self, outcome: &Outcome, cpu_ms: f64) {
        self.limits.small = Some(static_answer(outcome, cpu_ms));
    }

    /// Adds the memory at the end.
    pub(crate) fn memory_under_load(&mut self, memory: Memory) {
        self.memory.loaded = Some(memory);
    }

    /// Adds what signatures and look-ups cost, and with them each kind's limit.
    pub(crate) fn hold_against(&mut self, crypto: Crypto, selects: Option<Selects>) {
        let limits = &mut self.limits;
        let cpu = |answer: &Option<StaticAnswer>| answer.as_ref().map_or(0.0, |it| it.cpu_ms);
        let costs = targets::Costs {
            page: cpu(&limits.page),
            small: cpu(&limits.small),
            select: selects.as_ref().map_or(0.0, |selects| selects.cpu_ms),
            sign: crypto.sign_ms,
            verify: crypto.verify_ms,
        };
        for row in &mut self.rows {
            row.limit_cpu_ms = Some(targets::find(row.name).least.cpu_ms(&costs));
        }
        limits.rsa_2048 = Some(crypto);
        limits.selects = selects;
    }

    /// For people, in Markdown.
    pub(crate) fn table(&self, day: &str) -> String {
        let mut text = self.heading(day);
        text.push_str(
            "| CPU ms per request | target | measured | limit | server | PostgreSQL | requests/s | p50 ms | p99 ms | bytes |\n\
             | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n",
        );
        for row in &self.rows {
            let _ = writeln!(text, "{}", line(row));
        }
        text.push_str("\n| | target | measured |\n| --- | ---: | ---: |\n");
        let loaded = self.memory.loaded.unwrap_or(self.memory.idle);
        let _ = writeln!(
            text,
            "| resident memory at rest | 60 MiB | {:.0} MiB |\n\
             | resident memory under load, at most | 150 MiB | {:.0} MiB |\n\
             | start with this database | 0.3 s | {:.2} s |",
            self.memory.idle.resident_mib, loaded.highest_mib, self.start_seconds,
        );
        if let Some(delays) = &self.delays {
            let _ = writeln!(
                text,
                "| a post's way from one server to a home of another, p50 / p99 of {} | 2 s | {:.3} / {:.3} s |",
                delays.posts, delays.p50_seconds, delays.p99_seconds
            );
        }
        text.push_str(&self.limits_in_words());
        text
    }

    fn heading(&self, day: &str) -> String {
        let data = &self.data;
        format!(
            "\n{day}, on {}. {} members, {} remote people, {} posts, {} follows per member; {} connections, {} members asking in turn. \
             Seeding took {:.0} s.\n\n",
            self.machine.describe(),
            data.local_members,
            data.remote_accounts,
            data.statuses,
            data.follows_per_member,
            data.connections,
            data.members_asking,
            self.seed_seconds
        )
    }

    fn limits_in_words(&self) -> String {
        let mut text = String::from("\nLimits of this machine:");
        for answer in [&self.limits.page, &self.limits.small]
            .into_iter()
            .flatten()
        {
            let _ = write!(
                text,
                " a static answer of {} bytes {:.3} CPU ms ({:.0}/s);",
                answer.bytes, answer.cpu_ms, answer.per_second
            );
        }
        if let Some(selects) = &self.limits.selects {
            let _ = write!(
                text,
                " one `pgbench -S` {:.3} CPU ms of PostgreSQL ({:.0}/s);",
                selects.cpu_ms, selects.per_second
            );
        }
        if let Some(crypto) = &self.limits.rsa_2048 {
            let _ = write!(
                text,
                " RSA-2048 sign {:.3} ms, verify {:.3} ms.",
                crypto.sign_ms, crypto.verify_ms
            );
        }
        text.push_str("\n\n");
        text
    }

    /// For programs.
    pub(crate) fn write(&self, path: &str) -> Result<()> {
        fs::write(path, serde_json::to_string_pretty(self)?)
            .with_context(|| format!("writing {path}"))
    }
}

fn static_answer(outcome: &Outcome, cpu_ms: f64) -> StaticAnswer {
    StaticAnswer {
        bytes: outcome.answer_bytes(),
        cpu_ms: cpu_ms / outcome.count as f64,
        per_second: outcome.per_second(),
    }
}

fn line(row: &Row) -> String {
    let limit = row
        .limit_cpu_ms
        .map_or_else(String::new, |limit| format!("{limit:.3}"));
    format!(
        "| {} | {} | {:.3} | {limit} | {:.3} | {:.3} | {:.0} | {:.2} | {:.2} | {} |",
        row.what,
        row.target_cpu_ms,
        row.cpu_ms,
        row.server_cpu_ms,
        row.database_cpu_ms,
        row.per_second,
        row.p50_ms,
        row.p99_ms,
        row.answer_bytes
    )
}
