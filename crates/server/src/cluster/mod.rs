//! The private `PostgreSQL` of a server that was given none: made, started, watched and stopped by Moot itself.
//!
//! It lives in the data folder: `postgres/` is the cluster, `postgres.password` its superuser's password, `postgres.log` what it
//! says, `moot.lock` tells who looks after it. It listens on a unix socket in a folder that only its owner may enter, and on no
//! network. A server that was killed leaves it running; the next one adopts it.

pub mod binaries;
pub mod error;
mod instructions;
pub mod lock;
mod make;
mod pid_file;
mod run;
mod socket;
mod supervise;

use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret as _, SecretString};
use sqlx::postgres::{PgConnectOptions, PgSslMode};

use binaries::{Binaries, Search};
pub use error::ClusterError;
use run::Process;
pub use supervise::{Revival, Supervisor};

use crate::config::database::STATEMENTS;

/// Superuser and database of the cluster.
pub const NAME: &str = "moot";

/// Tells whoever watches the start what is going on.
pub type Progress<'a> = &'a dyn Fn(&str);

/// Where everything is.
#[derive(Debug, Clone)]
pub struct Paths {
    /// The data folder.
    pub folder: PathBuf,
}

impl Paths {
    /// The cluster itself, what `PostgreSQL` calls PGDATA.
    pub fn cluster(&self) -> PathBuf {
        self.folder.join("postgres")
    }

    /// What the cluster says.
    pub fn log(&self) -> PathBuf {
        self.folder.join("postgres.log")
    }

    /// The superuser's password.
    pub fn password(&self) -> PathBuf {
        self.folder.join("postgres.password")
    }

    /// Whether a cluster has been made here.
    pub fn is_made(&self) -> bool {
        self.cluster().join("PG_VERSION").exists()
    }
}

/// A running cluster.
#[derive(Debug)]
pub struct Cluster {
    paths: Paths,
    binaries: Option<Binaries>,
    search: Search,
    socket: PathBuf,
    password: SecretString,
    process: Process,
}

impl Cluster {
    /// Makes the cluster if there is none, adopts it if it runs, starts it otherwise, and waits until it takes connections.
    /// The caller holds the folder's [`lock`].
    pub fn open(
        folder: &Path,
        search: &Search,
        progress: Progress<'_>,
    ) -> Result<Self, ClusterError> {
        let paths = Paths {
            folder: std::fs::canonicalize(folder)
                .map_err(|source| ClusterError::file(folder, source))?,
        };
        if !paths.is_made() {
            let binaries = search.newest()?;
            progress(&format!(
                "Making a private PostgreSQL {} in {}",
                binaries.version,
                paths.folder.display()
            ));
            make::make(&paths, &binaries)?;
        }
        let password = make::password(&paths)?;
        if let Some((process, socket)) = run::adopt(&paths)? {
            progress("Adopting the PostgreSQL that was left running");
            return Ok(Self {
                paths,
                binaries: None,
                search: search.clone(),
                socket,
                password,
                process,
            });
        }
        let binaries = search.for_cluster(&paths.cluster())?;
        let socket = socket::folder(&paths.folder)?;
        let process = run::start(&paths, &binaries, &socket, progress)?;
        Ok(Self {
            paths,
            binaries: Some(binaries),
            search: search.clone(),
            socket,
            password,
            process,
        })
    }

    /// Joins a cluster that somebody else looks after, once it takes connections; never starts one.
    ///
    /// # Errors
    /// [`ClusterError::NotRunning`] when it does not within this time.
    pub fn join(
        folder: &Path,
        patience: std::time::Duration,
    ) -> Result<PgConnectOptions, ClusterError> {
        let paths = Paths {
            folder: std::fs::canonicalize(folder)
                .map_err(|source| ClusterError::file(folder, source))?,
        };
        let socket = run::wait_for_other(&paths, patience)?;
        Ok(connect_options(&socket, &make::password(&paths)?))
    }

    /// How to connect to it.
    pub fn connect_options(&self) -> PgConnectOptions {
        connect_options(&self.socket, &self.password)
    }

    /// The process id of its postmaster.
    pub fn process_id(&self) -> i32 {
        self.process.id()
    }

    /// Whether the postmaster is alive. Also buries it when it is not.
    pub fn is_alive(&mut self) -> bool {
        self.process.is_alive(&self.paths)
    }

    /// Starts it again after it died.
    pub fn restart(&mut self, progress: Progress<'_>) -> Result<(), ClusterError> {
        let binaries = match &self.binaries {
            Some(binaries) => binaries.clone(),
            None => self.search.for_cluster(&self.paths.cluster())?,
        };
        self.process = run::start(&self.paths, &binaries, &self.socket, progress)?;
        self.binaries = Some(binaries);
        Ok(())
    }

    /// Stops it: sessions are ended, everything is written, nothing is left to recover.
    pub fn stop(mut self) -> Result<(), ClusterError> {
        run::stop(&self.paths, &mut self.process)
    }

    /// Hands it to a thread that starts it again whenever it dies, until it is told to stop it.
    pub fn supervise(self) -> Supervisor {
        Supervisor::watch(self)
    }
}

fn connect_options(socket: &Path, password: &SecretString) -> PgConnectOptions {
    PgConnectOptions::new_without_pgpass()
        .socket(socket)
        .port(run::PORT)
        .username(NAME)
        .password(password.expose_secret())
        .database(NAME)
        .ssl_mode(PgSslMode::Disable)
        .statement_cache_capacity(STATEMENTS)
        .application_name("moot")
}

/// Makes a folder that only its owner may enter, or closes one that is ours already.
fn private_folder(path: &Path) -> std::io::Result<()> {
    match std::fs::DirBuilder::new().mode(0o700).create(path) {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o700))
        }
        other => other,
    }
}
