//! Makes the cluster, so that a crash in the middle leaves nothing that looks whole.

use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::process::{Command, Stdio};

use secrecy::{ExposeSecret as _, SecretString};

use super::binaries::Binaries;
use super::error::ClusterError;
use super::{NAME, Paths};

/// Makes the cluster beside its place, with its database, and moves it there when it is whole.
pub(super) fn make(paths: &Paths, binaries: &Binaries) -> Result<(), ClusterError> {
    let beside = paths.folder.join("postgres.new");
    if beside.exists() {
        std::fs::remove_dir_all(&beside).map_err(|source| ClusterError::file(&beside, source))?;
    }
    write_password(&paths.password())
        .map_err(|source| ClusterError::file(&paths.password(), source))?;
    run(
        program(binaries, "initdb", &paths.folder)
            .args([
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--data-checksums",
                "--auth=scram-sha-256",
                "--username",
                NAME,
            ])
            .arg("--pwfile")
            .arg(paths.password())
            .arg("--pgdata")
            .arg(&beside),
        "initdb",
        "",
    )?;
    // Single-user mode needs no socket and no password: the database is there before anybody can connect.
    let mut single = program(binaries, "postgres", &paths.folder);
    run(
        single
            .arg("--single")
            .arg("-D")
            .arg(&beside)
            .arg("postgres"),
        "postgres --single",
        &format!("CREATE DATABASE {NAME};\n"),
    )?;
    std::fs::rename(&beside, paths.cluster())
        .map_err(|source| ClusterError::file(&paths.cluster(), source))
}

/// The superuser's password.
pub(super) fn password(paths: &Paths) -> Result<SecretString, ClusterError> {
    let path = paths.password();
    match std::fs::read_to_string(&path) {
        Ok(text) => Ok(SecretString::from(text.trim().to_owned())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            Err(ClusterError::NoPassword(path))
        }
        Err(source) => Err(ClusterError::file(&path, source)),
    }
}

/// One of the programs with an environment of its own: what the administrator's shell sets (PGDATA, PGPORT, a
/// foreign locale) is not meant for this cluster.
pub(super) fn program(binaries: &Binaries, name: &str, folder: &Path) -> Command {
    let mut command = Command::new(binaries.program(name));
    command
        .env_clear()
        .env("PATH", "/usr/local/bin:/usr/bin:/bin")
        .env("LANG", "C.UTF-8")
        .env("LC_ALL", "C.UTF-8")
        .env("HOME", folder)
        .current_dir(folder);
    command
}

fn run(command: &mut Command, name: &str, input: &str) -> Result<(), ClusterError> {
    let failed = |said: String| ClusterError::Program {
        program: name.to_owned(),
        said,
    };
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| failed(error.to_string()))?;
    if let Some(mut stdin) = child.stdin.take() {
        // A program that ends early says why on its standard error, read below.
        let _ = stdin.write_all(input.as_bytes());
    }
    let output = child
        .wait_with_output()
        .map_err(|error| failed(error.to_string()))?;
    if output.status.success() {
        return Ok(());
    }
    Err(failed(format!(
        "{}\n{}",
        output.status,
        String::from_utf8_lossy(&output.stderr).trim()
    )))
}

fn write_password(path: &Path) -> std::io::Result<()> {
    let password = crate::config::master_key::generate();
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(path)?;
    writeln!(file, "{}", password.expose_secret())?;
    file.sync_all()
}
