//! `postmaster.pid`: what a running `PostgreSQL` says of itself (its manual, "Database File Layout").

use std::path::{Path, PathBuf};

/// What the file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PidFile {
    /// The postmaster.
    pub(super) process: i32,
    /// Folder of its socket.
    pub(super) socket: PathBuf,
    /// Whether it takes connections.
    pub(super) is_ready: bool,
}

impl PidFile {
    /// Reads the file of a cluster; `None` when there is none or it is only half written.
    pub(super) fn read(cluster: &Path) -> Option<Self> {
        Self::parse(&std::fs::read_to_string(cluster.join("postmaster.pid")).ok()?)
    }

    fn parse(text: &str) -> Option<Self> {
        let lines: Vec<&str> = text.lines().collect();
        Some(Self {
            process: lines
                .first()?
                .trim()
                .parse()
                .ok()
                .filter(|process| *process > 0)?,
            socket: PathBuf::from(lines.get(4).copied().unwrap_or_default()),
            is_ready: lines.get(7).is_some_and(|status| status.trim() == "ready"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ready_server_is_told_from_a_starting_one() {
        let ready = "4711\n/data/postgres\n1700000000\n5432\n/data/run\n\n  1234 5\nready   \n";
        let starting = "4711\n/data/postgres\n1700000000\n5432\n/data/run\n";

        assert_eq!(
            PidFile::parse(ready),
            Some(PidFile {
                process: 4711,
                socket: PathBuf::from("/data/run"),
                is_ready: true
            })
        );
        assert!(!PidFile::parse(starting).unwrap().is_ready);
        assert_eq!(PidFile::parse(""), None);
        assert_eq!(PidFile::parse("-17\n"), None);
    }
}
