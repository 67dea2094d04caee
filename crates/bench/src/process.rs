//! What the kernel says of processes: CPU time and memory.

use std::{fs, os::unix::fs::MetadataExt as _, path::Path};

use anyhow::{Context as _, Result};
use serde::Serialize;
use sqlx::PgConnection;

/// One tick of `/proc/PID/stat`: `USER_HZ` is 100 on every Linux.
const MILLISECONDS_PER_TICK: f64 = 10.0;

/// Resident memory, in MiB.
#[derive(Clone, Copy, Serialize)]
pub(crate) struct Memory {
    /// Now.
    pub(crate) resident_mib: f64,
    /// The most since the process began.
    pub(crate) highest_mib: f64,
}

/// Memory of a process.
pub(crate) fn memory(pid: u32) -> Result<Memory> {
    let status = fs::read_to_string(format!("/proc/{pid}/status"))?;
    let mib = |name: &str| -> Result<f64> {
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix(name))
            .context("no such line in /proc/PID/status")?;
        let kib: f64 = line
            .trim_start_matches(':')
            .trim()
            .trim_end_matches(" kB")
            .parse()?;
        Ok(kib / 1024.0)
    };
    Ok(Memory {
        resident_mib: mib("VmRSS")?,
        highest_mib: mib("VmHWM")?,
    })
}

/// CPU time that a process has used, in milliseconds.
pub(crate) fn cpu_ms(pid: u32) -> Result<f64> {
    let stat = Stat::of(pid).with_context(|| format!("process {pid} is gone"))?;
    Ok(stat.own_ticks * MILLISECONDS_PER_TICK)
}

/// A PostgreSQL server with all its processes.
pub(crate) struct Cluster {
    postmaster: u32,
    /// Serves the bench's own connection, which asks whether jobs are done: not counted.
    ours: u32,
}

impl Cluster {
    /// The one that a connection leads to, on this machine.
    pub(crate) async fn of(database: &mut PgConnection) -> Result<Self> {
        let backend: i32 = sqlx::query_scalar("SELECT pg_backend_pid()")
            .fetch_one(database)
            .await?;
        let ours = u32::try_from(backend)?;
        let postmaster = Stat::of(ours)
            .context("the database must run on this machine")?
            .parent;
        Ok(Self { postmaster, ours })
    }

    /// The user and group it runs as.
    pub(crate) fn owner(&self) -> Result<(u32, u32)> {
        let found = fs::metadata(format!("/proc/{}", self.postmaster))?;
        Ok((found.uid(), found.gid()))
    }

    /// CPU time of all its processes, ended ones included, in milliseconds.
    pub(crate) fn cpu_ms(&self) -> Result<f64> {
        let postmaster = Stat::of(self.postmaster).context("PostgreSQL is gone")?;
        let mut ticks = postmaster.own_ticks + postmaster.ended_children_ticks;
        for entry in fs::read_dir(Path::new("/proc"))? {
            let Some(pid) = entry?
                .file_name()
                .to_str()
                .and_then(|name| name.parse().ok())
            else {
                continue;
            };
            // A process may end between listing and reading: then its time is the postmaster's from now on.
            let stat = Stat::of(pid).filter(|stat| stat.parent == self.postmaster);
            if let Some(stat) = stat.filter(|_| pid != self.ours) {
                ticks += stat.own_ticks;
            }
        }
        Ok(ticks * MILLISECONDS_PER_TICK)
    }
}

/// The numbers of `/proc/PID/stat` that matter here (proc(5)).
struct Stat {
    parent: u32,
    own_ticks: f64,
    ended_children_ticks: f64,
}

impl Stat {
    fn of(pid: u32) -> Option<Self> {
        let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
        // The name may hold spaces and brackets: what follows its last bracket has a fixed form.
        let fields: Vec<&str> = text.rsplit_once(')')?.1.split_whitespace().collect();
        let number = |index: usize| fields.get(index)?.parse::<f64>().ok();
        Some(Self {
            parent: fields.get(1)?.parse().ok()?,
            own_ticks: number(11)? + number(12)?,
            ended_children_ticks: number(13)? + number(14)?,
        })
    }
}
