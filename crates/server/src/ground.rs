//! The ground that everything stands on: a folder, a user, a master key, a database that takes connections.

use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::postgres::PgConnectOptions;

use crate::cluster::binaries::Search;
use crate::cluster::lock::{self, Found, Lock};
use crate::cluster::{Cluster, ClusterError, Paths, Progress, Revival, Supervisor};
use crate::config::Config;
use crate::config::database::Place;
use crate::config::master_key::{self, FirstStart, MasterKeyError};
use crate::data_folder::{self, FolderError};
use crate::privileges::{self, Users};

/// How long a command waits for a running server's database.
const PATIENCE: Duration = Duration::from_secs(30);

/// Why there is no ground.
#[derive(Debug, thiserror::Error)]
pub enum GroundError {
    /// No folder to work in.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// No key.
    #[error(transparent)]
    Key(#[from] MasterKeyError),
    /// No database.
    #[error(transparent)]
    Cluster(#[from] ClusterError),
    /// `/etc/passwd` or the working folder cannot be read.
    #[error("{what} cannot be read")]
    System {
        /// What.
        what: &'static str,
        /// Why.
        source: std::io::Error,
    },
}

/// Who wants to stand on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// `moot serve`, which looks after the embedded cluster.
    Serve,
    /// Another command, which joins a running server or starts the cluster for a moment.
    Command,
}

/// Gives up root and enters the data folder. Runs before any thread is started (see [`privileges::become_user`]).
///
/// A server with a database and a key of the administrator's needs no folder; it gives up root all the same, where
/// there is somebody to become.
pub fn settle(config: &Config, progress: Progress<'_>) -> Result<PathBuf, GroundError> {
    let working = std::env::current_dir().map_err(|source| GroundError::System {
        what: "the working folder",
        source,
    })?;
    let users = if privileges::is_root() {
        Some(
            Users::of_this_system().map_err(|source| GroundError::System {
                what: "/etc/passwd",
                source,
            })?,
        )
    } else {
        None
    };
    let needs_folder = !config.database.is_external() || config.secrets.master_key.is_none();
    if !needs_folder && config.storage.folder.is_none() {
        return Ok(without_folder(users.as_ref(), working, progress)?);
    }
    let home = data_folder::choose(config.storage.folder.as_deref(), &working, users.as_ref())?;
    if let Some(notice) = &home.notice {
        progress(notice);
    }
    data_folder::enter(&home)?;
    Ok(home.folder)
}

fn without_folder(
    users: Option<&Users>,
    working: PathBuf,
    progress: Progress<'_>,
) -> Result<PathBuf, FolderError> {
    let Some(users) = users else {
        return Ok(working);
    };
    let Some(user) = users.service_user() else {
        progress(
            "Running as root, since there is no user named moot or postgres. Make one: useradd --system --no-create-home moot",
        );
        return Ok(working);
    };
    let root = Path::new("/");
    privileges::become_user(user, root).map_err(|source| FolderError::Unusable {
        folder: root.to_owned(),
        source,
    })?;
    Ok(root.to_owned())
}

/// A key, and how to connect.
#[derive(Debug)]
pub struct Ground {
    /// The master key.
    pub master_key: [u8; 32],
    /// How to connect to the database.
    pub options: PgConnectOptions,
    keep: Keep,
}

/// What must be kept while the database is used, and put away afterwards.
#[derive(Debug)]
enum Keep {
    /// Somebody else runs the database.
    Nothing,
    /// A cluster started for one command.
    Moment(Box<Cluster>, Lock),
    /// A cluster under supervision.
    Watch(Supervisor, Lock),
}

impl Ground {
    /// Finds or makes the key, and the database with it. Takes as long as `PostgreSQL` takes.
    pub fn prepare(
        config: &Config,
        folder: &Path,
        purpose: Purpose,
        progress: Progress<'_>,
    ) -> Result<Self, GroundError> {
        let configured = match &config.database.place {
            Place::External(options) => {
                let master_key = master_key::obtain(config, folder, FirstStart::Yes)?;
                return Ok(Self {
                    master_key,
                    options: (**options).clone(),
                    keep: Keep::Nothing,
                });
            }
            Place::Embedded(configured) => configured.as_deref(),
        };
        let lock = match purpose {
            Purpose::Serve => Some(lock::for_server(folder)?),
            Purpose::Command => match lock::for_command(folder)? {
                Found::Free(lock) => Some(lock),
                Found::Served => None,
            },
        };
        let is_made = Paths {
            folder: folder.to_owned(),
        }
        .is_made();
        let first = if is_made || lock.is_none() {
            FirstStart::No
        } else {
            FirstStart::Yes
        };
        let Some(lock) = lock else {
            let options = Cluster::join(folder, PATIENCE)?;
            return Ok(Self {
                master_key: master_key::obtain(config, folder, first)?,
                options,
                keep: Keep::Nothing,
            });
        };
        let master_key = master_key::obtain(config, folder, first)?;
        let cluster = Cluster::open(folder, &Search::usual(configured), progress)?;
        let options = cluster.connect_options();
        let keep = match purpose {
            Purpose::Serve => Keep::Watch(cluster.supervise(), lock),
            Purpose::Command => Keep::Moment(Box::new(cluster), lock),
        };
        Ok(Self {
            master_key,
            options,
            keep,
        })
    }

    /// Tells when the database was last started again, as far as that is known here.
    pub fn revival(&self) -> Revival {
        match &self.keep {
            Keep::Watch(supervisor, _) => supervisor.revival(),
            Keep::Nothing | Keep::Moment(..) => Revival::default(),
        }
    }

    /// Puts away what was started: the database stops last, when nobody uses it any more.
    pub fn leave(self) -> Result<(), ClusterError> {
        match self.keep {
            Keep::Nothing => Ok(()),
            Keep::Moment(cluster, _lock) => cluster.stop(),
            Keep::Watch(supervisor, _lock) => supervisor.stop(),
        }
    }
}

/// For messages: where the data is.
pub fn describe(home: &Path, config: &Config) -> String {
    match &config.database.place {
        Place::External(options) => format!(
            "PostgreSQL at {}:{}",
            options.get_host(),
            options.get_port()
        ),
        Place::Embedded(_) => format!("a private PostgreSQL in {}", home.display()),
    }
}
