//! The server under test: a process in the test profile, whose rate limits are off.

use std::{
    fs::{self, File},
    net::TcpListener,
    os::unix::fs::{MetadataExt as _, chown},
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail, ensure};

use crate::{arguments::Arguments, connection::Connection, process::Cluster};

/// The master key: always the same, so that a database that was kept can be opened by hand.
const KEY: &str = "6265656e20746865726520616e64206d65617375726564206974203130302078";

/// The process and its surroundings.
pub(crate) struct Server {
    binary: String,
    database_url: String,
    folder: PathBuf,
    /// The port it listens on.
    pub(crate) port: u16,
    process: Option<Child>,
}

impl Server {
    /// A server that is not started yet.
    ///
    /// Started as root it becomes whoever owns its data folder: that must be somebody who may connect to the database.
    pub(crate) fn new(arguments: &Arguments, cluster: &Cluster) -> Result<Self> {
        let folder = std::env::temp_dir().join(format!("moot-bench-{}", std::process::id()));
        let data = folder.join("data");
        fs::create_dir_all(&data)?;
        let ours = fs::metadata(&data)?.uid();
        let (user, group) = cluster.owner()?;
        if user != ours {
            chown(&data, Some(user), Some(group))
                .context("giving the data folder to the database's user")?;
        }
        Ok(Self {
            binary: fs::canonicalize(&arguments.moot)?.display().to_string(),
            database_url: arguments.database_url.clone(),
            folder,
            port: free_port()?,
            process: None,
        })
    }

    /// Where its pages are.
    pub(crate) fn base(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    /// Its process.
    pub(crate) fn pid(&self) -> Result<u32> {
        Ok(self
            .process
            .as_ref()
            .context("the server is not running")?
            .id())
    }

    /// Starts it; how long it took until it said that it is ready.
    pub(crate) async fn start(&mut self) -> Result<Duration> {
        let began = Instant::now();
        let log = File::create(self.folder.join("log"))?;
        self.process = Some(
            self.command(&["serve"])
                .stdout(log.try_clone()?)
                .stderr(log)
                .spawn()?,
        );
        let request = crate::scenarios::get("/readyz", self.port, &[]);
        while began.elapsed() < Duration::from_mins(2) {
            let process = self.process.as_mut().context("the server was started")?;
            if let Some(status) = process.try_wait()? {
                bail!(
                    "the server ended with {status}: see {}",
                    self.folder.join("log").display()
                );
            }
            if let Ok(mut connection) = Connection::open(self.port).await
                && let Ok(answer) = connection.ask(&request).await
                && answer.status == 200
            {
                return Ok(began.elapsed());
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        bail!("the server was not ready within two minutes");
    }

    /// Asks it to stop and waits until it has.
    pub(crate) async fn stop(&mut self) -> Result<()> {
        let Some(mut process) = self.process.take() else {
            return Ok(());
        };
        ensure!(
            Command::new("kill")
                .arg(process.id().to_string())
                .status()?
                .success(),
            "the server could not be stopped"
        );
        tokio::task::spawn_blocking(move || process.wait()).await??;
        Ok(())
    }

    /// Makes members with keys: `bench1` and on.
    pub(crate) fn make_members(&self, count: usize) -> Result<()> {
        for number in 1..=count {
            let name = format!("bench{number}");
            let address = format!("{name}@example.test");
            self.run(&[
                "accounts",
                "create",
                &name,
                "--email",
                &address,
                "--confirmed",
            ])?;
        }
        Ok(())
    }

    fn run(&self, arguments: &[&str]) -> Result<()> {
        let output = self.command(arguments).stderr(Stdio::inherit()).output()?;
        ensure!(
            output.status.success(),
            "moot {} failed",
            arguments.join(" ")
        );
        Ok(())
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.binary);
        command
            .args(arguments)
            .current_dir(&self.folder)
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("MOOT_PROFILE", "test")
            .env("MOOT_MASTER_KEY", KEY)
            .env("MOOT_DATA_DIR", self.folder.join("data"))
            .env("DATABASE_URL", &self.database_url)
            .env("PORT", self.port.to_string())
            .env("ALLOWED_PRIVATE_ADDRESSES", "127.0.0.0/8,::1/128")
            .stdin(Stdio::null());
        command
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(mut process) = self.process.take() {
            // Only after a failure: nothing is left to be told to.
            let _ = process.kill();
            let _ = process.wait();
        } else {
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

/// A port of loopback that nobody listens on now.
pub(crate) fn free_port() -> Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}
