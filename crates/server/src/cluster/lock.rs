//! Who looks after the data folder: one server, or one command that starts the cluster for a moment.

use std::fs::{File, TryLockError};
use std::io::{Read as _, Seek as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::time::{Duration, Instant};

use super::error::ClusterError;

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    /// `moot serve`: for as long as it runs.
    Server,
    /// Any other command: for a moment.
    Command,
}

impl Holder {
    const fn word(self) -> &'static str {
        match self {
            Self::Server => "serve",
            Self::Command => "command",
        }
    }
}

/// The lock of a data folder; the system takes it back when the process ends, however it ends.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

/// What a command finds.
#[derive(Debug)]
pub enum Found {
    /// Nobody looks after the folder: the caller does now.
    Free(Lock),
    /// A server does; its cluster can be joined.
    Served,
}

/// How long a server or command waits for another command to finish.
const PATIENCE: Duration = Duration::from_mins(1);

/// Takes the folder for a server.
///
/// # Errors
/// [`ClusterError::Locked`] when another server has it.
pub fn for_server(folder: &Path) -> Result<Lock, ClusterError> {
    match take(folder, Holder::Server)? {
        Found::Free(lock) => Ok(lock),
        Found::Served => {
            let holder = read_holder(folder).map_or_else(|| "unknown".to_owned(), |(_, id)| id);
            Err(ClusterError::Locked {
                folder: folder.to_owned(),
                holder,
            })
        }
    }
}

/// Takes the folder for a command, or says that a server has it.
pub fn for_command(folder: &Path) -> Result<Found, ClusterError> {
    take(folder, Holder::Command)
}

fn take(folder: &Path, holder: Holder) -> Result<Found, ClusterError> {
    let path = folder.join("moot.lock");
    let file_error = |source| ClusterError::file(&path, source);
    let mut file = File::options()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(&path)
        .map_err(file_error)?;
    let began = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => break,
            Err(TryLockError::Error(source)) => return Err(file_error(source)),
            Err(TryLockError::WouldBlock) => {}
        }
        let is_server = read_holder(folder).is_some_and(|(word, _)| word == Holder::Server.word());
        if is_server || began.elapsed() > PATIENCE {
            return Ok(Found::Served);
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    file.set_len(0)
        .and_then(|()| file.rewind())
        .and_then(|()| writeln!(file, "{} {}", holder.word(), std::process::id()))
        .map_err(file_error)?;
    Ok(Found::Free(Lock { _file: file }))
}

fn read_holder(folder: &Path) -> Option<(String, String)> {
    let mut text = String::new();
    File::open(folder.join("moot.lock"))
        .ok()?
        .read_to_string(&mut text)
        .ok()?;
    let (word, id) = text.trim().split_once(' ')?;
    Some((word.to_owned(), id.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_server_is_refused_and_a_command_joins() {
        let folder = std::env::temp_dir().join(format!("moot-lock-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let first = for_server(&folder).unwrap();

        let second = for_server(&folder);
        let command = for_command(&folder).unwrap();

        assert!(
            second
                .unwrap_err()
                .to_string()
                .contains(&std::process::id().to_string())
        );
        assert!(matches!(command, Found::Served));
        drop(first);
        assert!(matches!(for_command(&folder).unwrap(), Found::Free(_)));
        std::fs::remove_dir_all(folder).unwrap();
    }
}
