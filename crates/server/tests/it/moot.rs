//! One `moot` of a test's own: a data folder, a port, its processes.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream, ToSocketAddrs};
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

const BINARY: &str = env!("CARGO_BIN_EXE_moot");
/// How long anything here may take on a busy machine.
const PATIENCE: Duration = Duration::from_mins(2);

pub(crate) struct Moot {
    folder: PathBuf,
    pub(crate) port: u16,
    settings: BTreeMap<String, String>,
    server: Option<Child>,
}

impl Moot {
    /// In the test profile, not started.
    pub(crate) fn new(name: &str) -> Self {
        let folder =
            std::env::temp_dir().join(format!("moot-program-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        let port = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let mut moot = Self {
            folder,
            port,
            settings: BTreeMap::new(),
            server: None,
        };
        moot.set("MOOT_PROFILE", "test");
        moot.set("MOOT_DATA_DIR", &moot.data().display().to_string());
        moot.set("PORT", &port.to_string());
        moot
    }

    pub(crate) fn set(&mut self, name: &str, value: &str) {
        self.settings.insert(name.to_owned(), value.to_owned());
    }

    pub(crate) fn unset(&mut self, name: &str) {
        self.settings.remove(name);
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    fn program(&self) -> Command {
        let mut command = Command::new(BINARY);
        command
            .env_clear()
            .envs(&self.settings)
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .current_dir(&self.folder);
        command
    }

    /// Runs a command to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        self.run_with(arguments, "")
    }

    /// Runs a command that reads this from standard input.
    pub(crate) fn run_with(&self, arguments: &[&str], typed: &str) -> Output {
        let mut command = self.program();
        command
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child
            .stdin
            .take()
            .unwrap()
            .write_all(typed.as_bytes())
            .unwrap();
        child.wait_with_output().unwrap()
    }

    /// Starts the server and waits until it is ready.
    pub(crate) fn start(&mut self) {
        self.launch();
        self.wait_ready();
    }

    fn launch(&mut self) {
        let log = std::fs::File::options()
            .append(true)
            .create(true)
            .open(self.folder.join("log"))
            .unwrap();
        let child = self
            .program()
            .arg("serve")
            .stdin(Stdio::null())
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .spawn();
        self.server = Some(child.unwrap());
    }

    /// Waits until `/readyz` says so.
    pub(crate) fn wait_ready(&mut self) {
        let began = Instant::now();
        loop {
            if let Some(status) = self.server.as_mut().unwrap().try_wait().unwrap() {
                panic!("the server ended: {status}\n{}", self.log());
            }
            if self
                .get("/readyz")
                .is_some_and(|answer| answer.status == 200)
            {
                return;
            }
            assert!(
                began.elapsed() < PATIENCE,
                "it was never ready:\n{}",
                self.log()
            );
            std::thread::yield_now();
        }
    }

    /// SIGTERM, and its exit code.
    pub(crate) fn stop(&mut self) -> Option<i32> {
        let mut server = self.server.take().unwrap();
        signal(i32::try_from(server.id()).unwrap(), Signal::TERM);
        server.wait().unwrap().code()
    }

    /// kill -9.
    pub(crate) fn kill(&mut self) {
        let mut server = self.server.take().unwrap();
        server.kill().unwrap();
        server.wait().unwrap();
    }

    /// The postmaster that the data folder names.
    pub(crate) fn postmaster(&self) -> Option<i32> {
        let text = std::fs::read_to_string(self.data().join("postgres/postmaster.pid")).ok()?;
        text.lines().next()?.parse().ok()
    }

    pub(crate) fn kill_postmaster(&self) {
        signal(self.postmaster().unwrap(), Signal::KILL);
    }

    /// What the system allows the server.
    pub(crate) fn limits(&self) -> String {
        let id = self.server.as_ref().unwrap().id();
        std::fs::read_to_string(format!("/proc/{id}/limits")).unwrap()
    }

    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(self.folder.join("log")).unwrap_or_default()
    }

    /// Asks with this machine's own name.
    pub(crate) fn get(&self, path: &str) -> Option<Answer> {
        self.ask(&format!(
            "GET {path} HTTP/1.1\r\nHost: localhost:{}\r\nConnection: close\r\n\r\n",
            self.port
        ))
    }

    /// Sends these bytes and reads the answer to its end.
    pub(crate) fn ask(&self, request: &str) -> Option<Answer> {
        ask_at(("127.0.0.1", self.port), request)
    }
}

/// The same at another port of this machine.
pub(crate) fn ask_at(address: impl ToSocketAddrs, request: &str) -> Option<Answer> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream
        .set_read_timeout(Some(Duration::from_secs(30)))
        .ok()?;
    stream.write_all(request.as_bytes()).ok()?;
    let mut text = Vec::new();
    stream.read_to_end(&mut text).ok()?;
    let text = String::from_utf8_lossy(&text).into_owned();
    let status = text.split(' ').nth(1)?.parse().ok()?;
    Some(Answer { status, text })
}

/// An HTTP answer.
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// Head and body.
    pub(crate) text: String,
}

fn signal(process: i32, signal: Signal) {
    kill_process(Pid::from_raw(process).unwrap(), signal).unwrap();
}

/// What a command printed, both streams.
pub(crate) fn said(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

impl Drop for Moot {
    fn drop(&mut self) {
        if let Some(mut server) = self.server.take() {
            let _ = server.kill();
            let _ = server.wait();
        }
        if let Some(postmaster) = self.postmaster().and_then(Pid::from_raw) {
            let _ = kill_process(postmaster, Signal::QUIT);
        }
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
