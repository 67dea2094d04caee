//! The newest checkpoint of the moderation log, kept outside of the database: a database that was restored from an older copy
//! does not know what it has lost, and would sign another history than the one that was published (S71).

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context as _;
use service::App;
use service::moderation::log::SignedCheckpoint;
use service::moderation::log::checkpoint::{self, Departed};
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};

use crate::config::Config;

/// The file in the data folder.
const FILE: &str = "log-checkpoint";
/// How often it is seen whether there is a newer one. They are made at most once a minute.
const LOOK: Duration = Duration::from_secs(30);

/// Keeps checkpoints, where there is a folder for it.
#[derive(Clone, Debug)]
pub struct Keeper {
    path: Option<PathBuf>,
}

impl Keeper {
    /// In the data folder. A server that was given none keeps nothing: the channels have the checkpoints then.
    pub fn in_folder(config: &Config, folder: &Path) -> Self {
        let has_folder = config.storage.folder.is_some()
            || !config.database.is_external()
            || config.secrets.master_key.is_none();
        Self {
            path: has_folder.then(|| folder.join(FILE)),
        }
    }

    /// Fails where the log in the database is not the one that was signed before, and says what to do.
    pub async fn check(&self, app: &App) -> anyhow::Result<()> {
        let kept = self.read()?;
        match checkpoint::continues(app, kept.as_deref()).await {
            Ok(()) => Ok(()),
            Err(Departed::Failed(error)) => {
                Err(anyhow::Error::new(error).context("the moderation log could not be checked"))
            }
            Err(departed) => Err(anyhow::Error::new(departed).context(self.remedy())),
        }
    }

    fn remedy(&self) -> String {
        let whence = match &self.path {
            Some(path) => format!("the checkpoint kept in {}", path.display()),
            None => "a checkpoint that was published".to_owned(),
        };
        format!(
            "the moderation log in this database is not the one of {whence}. Most likely the database was restored from an older copy. \
             Moot does not start, since it would publish a second history under the same name. Restore the newest copy there is. \
             If entries are lost for good, tell the board and whoever keeps checkpoints, move that file away (keep it: it proves what was \
             published) and start again"
        )
    }

    /// Keeps the newest one until the server stops.
    pub async fn keep(self, app: App, stop: CancellationToken) {
        let mut kept = None;
        loop {
            match checkpoint::newest(&app).await {
                Ok(Some(newest)) if kept.as_ref() != Some(&newest) => {
                    if let Err(problem) = self.write(&newest) {
                        warn!(
                            error = format!("{problem:#}"),
                            "A checkpoint of the moderation log could not be kept"
                        );
                    } else {
                        info!(
                            log.size = newest.checkpoint().size,
                            "Kept a checkpoint of the moderation log"
                        );
                        kept = Some(newest);
                    }
                }
                Ok(_) => {}
                Err(problem) => warn!(error = %problem, "The moderation log could not be read"),
            }
            tokio::select! {
                () = tokio::time::sleep(LOOK) => {}
                () = stop.cancelled() => return,
            }
        }
    }

    fn read(&self) -> anyhow::Result<Option<String>> {
        let Some(path) = &self.path else {
            return Ok(None);
        };
        match fs::read_to_string(path) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| format!("{} cannot be read", path.display())),
        }
    }

    /// All of it or nothing: a file half written would keep the server from starting.
    fn write(&self, checkpoint: &SignedCheckpoint) -> anyhow::Result<()> {
        let Some(path) = &self.path else {
            return Ok(());
        };
        let fresh = path.with_extension("new");
        fs::write(&fresh, checkpoint.to_string())
            .and_then(|()| fs::rename(&fresh, path))
            .with_context(|| format!("{} cannot be written", path.display()))
    }
}
