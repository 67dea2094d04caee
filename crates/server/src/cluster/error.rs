//! Why the embedded cluster cannot be used. Each says what to do.

use std::path::{Path, PathBuf};

use super::instructions::{System, install};

/// Why the embedded cluster cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ClusterError {
    /// No `initdb` and `postgres` anywhere.
    #[error("no PostgreSQL programs were found (looked in {}). {}", looked_in.join(", "), install(*system, None))]
    NoBinaries {
        /// The folders searched.
        looked_in: Vec<String>,
        /// This system, which decides whose package is named.
        system: System,
    },
    /// There are programs, and all are too old.
    #[error("PostgreSQL {newest} is too old, Moot needs {needed} or newer. {}", install(*system, None), needed = super::binaries::OLDEST)]
    TooOld {
        /// The newest that was found.
        newest: u32,
        /// This system.
        system: System,
    },
    /// The cluster was made by a major version whose programs are not here.
    #[error(
        "the database in {} was made by PostgreSQL {made_by}, and the programs found here are of {}. A major version reads its own files only. Either {} — or move the data: \
         with PostgreSQL {made_by} at hand run pg_upgrade, or pg_dumpall there and restore into a new folder (PostgreSQL's manual, \"Upgrading a PostgreSQL Cluster\")",
        cluster.display(), list(found), install(*system, Some(*made_by)).trim_end_matches('.')
    )]
    OtherVersion {
        /// The cluster.
        cluster: PathBuf,
        /// What made it.
        made_by: u32,
        /// What is here.
        found: Vec<u32>,
        /// This system.
        system: System,
    },
    /// A program could not be run, or failed.
    #[error("{program} failed: {said}")]
    Program {
        /// Which.
        program: String,
        /// What it or the system said.
        said: String,
    },
    /// The server ended instead of starting.
    #[error("PostgreSQL does not start. The end of {}:\n{tail}", log.display())]
    DoesNotStart {
        /// Its log.
        log: PathBuf,
        /// The end of it.
        tail: String,
    },
    /// The server neither ended nor took connections.
    #[error("PostgreSQL was not ready after {seconds} seconds; {} may say why", log.display())]
    NotReady {
        /// How long was waited.
        seconds: u64,
        /// Its log.
        log: PathBuf,
    },
    /// It would not stop.
    #[error("PostgreSQL (process {0}) did not stop")]
    DoesNotStop(i32),
    /// Nobody runs it.
    #[error("the database in {} is not running although somebody holds its lock", .0.display())]
    NotRunning(PathBuf),
    /// Another server looks after this folder.
    #[error("another moot runs with the data folder {} (process {holder}). Stop it first, or choose another MOOT_DATA_DIR and PORT", folder.display())]
    Locked {
        /// The folder.
        folder: PathBuf,
        /// Who holds it.
        holder: String,
    },
    /// The password of the superuser is missing.
    #[error("{} is missing, the password of the database in the same folder. Put it back from your backup", .0.display())]
    NoPassword(PathBuf),
    /// The folder for the socket belongs to somebody else.
    #[error("{} is not a folder of this user that only it may enter; the database's socket cannot be put there", .0.display())]
    UnsafeSocketFolder(PathBuf),
    /// A file or folder cannot be used.
    #[error("{} cannot be used", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

impl ClusterError {
    pub(super) fn file(path: &Path, source: std::io::Error) -> Self {
        Self::File {
            path: path.to_owned(),
            source,
        }
    }
}

fn list(versions: &[u32]) -> String {
    if versions.is_empty() {
        return "no version".to_owned();
    }
    versions
        .iter()
        .map(u32::to_string)
        .collect::<Vec<_>>()
        .join(", ")
}
