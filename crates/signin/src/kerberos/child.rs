//! One of MIT's programs, run with nothing but what it is given.

use std::{io::Error, path::Path, process::Stdio};

use secrecy::{ExposeSecret, SecretString};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    process::Command,
};

pub(super) const KINIT: &str = "kinit";
pub(super) const KLIST: &str = "klist";

/// Where programs are looked for; the environment of whoever started Moot has no say.
const FOLDERS: &str =
    "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/usr/lib/mit/bin";
/// More than this of what they say is not read, in bytes.
const MOST_SAID: u64 = 16 * 1024;

/// A program to be run.
pub(super) struct Child {
    command: Command,
    typed: Option<SecretString>,
}

/// How it ended.
pub(super) struct Ended {
    /// It did what it was asked.
    pub(super) well: bool,
    /// What it said, in English.
    pub(super) said: String,
}

/// Whether there is such a program.
pub(super) fn is_installed(program: &str) -> bool {
    FOLDERS
        .split(':')
        .any(|folder| Path::new(folder).join(program).is_file())
}

impl Child {
    /// This program with a clean environment, and with this krb5.conf(5) if one is given.
    pub(super) fn new(program: &str, config: Option<&Path>) -> Self {
        let mut command = Command::new(program);
        command
            .env_clear()
            .env("PATH", FOLDERS)
            .env("LC_ALL", "C")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        if let Some(config) = config {
            command.env("KRB5_CONFIG", config);
        }
        Self {
            command,
            typed: None,
        }
    }

    /// With these arguments, which everybody on this machine can see.
    pub(super) fn args<const N: usize>(mut self, arguments: [&str; N]) -> Self {
        self.command.args(arguments);
        self
    }

    /// With this line typed in, which nobody sees.
    pub(super) fn types(mut self, line: &SecretString) -> Self {
        self.typed = Some(line.clone());
        self
    }

    /// Runs it to its end. Whoever stops waiting kills it.
    pub(super) async fn run(mut self) -> Result<Ended, Error> {
        let mut child = self.command.spawn()?;
        let mut stdin = child.stdin.take().expect("stdin is piped");
        let stdout = child.stdout.take().expect("stdout is piped");
        let stderr = child.stderr.take().expect("stderr is piped");
        let typing = async move {
            // It may end before it has asked, for a name that nobody has.
            if let Some(line) = &self.typed {
                let _ = stdin.write_all(line.expose_secret().as_bytes()).await;
                let _ = stdin.write_all(b"\n").await;
            }
            drop(stdin);
        };
        let (mut said, mut complained) = (Vec::new(), Vec::new());
        let (mut stdout, mut stderr) = (stdout.take(MOST_SAID), stderr.take(MOST_SAID));
        let ((), heard, heard_too) = tokio::join!(
            typing,
            stdout.read_to_end(&mut said),
            stderr.read_to_end(&mut complained)
        );
        heard?;
        heard_too?;
        let status = child.wait().await?;
        said.push(b'\n');
        said.append(&mut complained);
        Ok(Ended {
            well: status.success(),
            said: String::from_utf8_lossy(&said).into_owned(),
        })
    }
}
