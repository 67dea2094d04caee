//! Starts, adopts, recognises and stops the postmaster.

use std::fs::File;
use std::os::unix::fs::OpenOptionsExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process, test_kill_process};

use super::binaries::Binaries;
use super::error::ClusterError;
use super::make::program;
use super::pid_file::PidFile;
use super::{Paths, Progress};

/// Part of the socket's name only: there is no network listener.
pub(super) const PORT: u16 = 5432;

/// Crash recovery of a large database takes its time.
const LONGEST_START: Duration = Duration::from_mins(10);
/// How long backends of a killed postmaster may hold on to its memory.
const LONGEST_LEFTOVERS: Duration = Duration::from_mins(1);
const LONGEST_STOP: Duration = Duration::from_mins(1);
const STEP: Duration = Duration::from_millis(10);
/// A log longer than this is put aside at the next start.
const LONGEST_LOG: u64 = 16 * 1024 * 1024;

/// Settings of a small cluster that has one client on the same machine. Given on the command line, so that they change with the program.
const SETTINGS: &[&str] = &[
    "listen_addresses=",
    "unix_socket_permissions=0700",
    "max_connections=60",
    "shared_buffers=128MB",
    "synchronous_commit=on",
    "max_wal_size=1GB",
    "random_page_cost=1.1",
    "jit=off",
    "timezone=UTC",
    "log_timezone=UTC",
    "log_checkpoints=off",
    "cluster_name=moot",
];

/// The postmaster.
#[derive(Debug)]
pub(super) enum Process {
    /// Started by this process, which must bury it.
    Child(Child),
    /// Left by an earlier one.
    Adopted(Pid),
}

impl Process {
    pub(super) fn id(&self) -> i32 {
        match self {
            Self::Child(child) => {
                i32::try_from(child.id()).expect("Linux numbers processes within 22 bits")
            }
            Self::Adopted(pid) => pid.as_raw_nonzero().get(),
        }
    }

    pub(super) fn is_alive(&mut self, paths: &Paths) -> bool {
        match self {
            Self::Child(child) => matches!(child.try_wait(), Ok(None)),
            Self::Adopted(pid) => is_postmaster(*pid, &paths.cluster()),
        }
    }

    fn signal(&self, signal: Signal) {
        // It may have ended by itself in this very moment.
        let _ = Pid::from_raw(self.id()).map(|pid| kill_process(pid, signal));
    }
}

/// Whether this process is the postmaster of this cluster and not a stranger that got its number: a postmaster works
/// in its cluster's folder.
fn is_postmaster(pid: Pid, cluster: &Path) -> bool {
    test_kill_process(pid).is_ok()
        && std::fs::read_link(format!("/proc/{}/cwd", pid.as_raw_nonzero()))
            .is_ok_and(|folder| folder == cluster)
}

/// The running postmaster of this cluster with the folder of its socket, once it takes connections. One that is stopping is waited for and is then none.
pub(super) fn adopt(paths: &Paths) -> Result<Option<(Process, PathBuf)>, ClusterError> {
    let began = Instant::now();
    while let Some((pid, file)) = running(paths) {
        if file.is_ready {
            return Ok(Some((Process::Adopted(pid), file.socket)));
        }
        if began.elapsed() > LONGEST_START {
            return Err(ClusterError::NotReady {
                seconds: LONGEST_START.as_secs(),
                log: paths.log(),
            });
        }
        std::thread::sleep(STEP);
    }
    Ok(None)
}

/// Waits for a cluster that another process looks after.
pub(super) fn wait_for_other(paths: &Paths, patience: Duration) -> Result<PathBuf, ClusterError> {
    let began = Instant::now();
    loop {
        if let Some((_, file)) = running(paths).filter(|(_, file)| file.is_ready) {
            return Ok(file.socket);
        }
        if began.elapsed() > patience {
            return Err(ClusterError::NotRunning(paths.cluster()));
        }
        std::thread::sleep(STEP);
    }
}

fn running(paths: &Paths) -> Option<(Pid, PidFile)> {
    let file = PidFile::read(&paths.cluster())?;
    let pid = Pid::from_raw(file.process)?;
    is_postmaster(pid, &paths.cluster()).then_some((pid, file))
}

/// Starts the postmaster and waits until it takes connections.
pub(super) fn start(
    paths: &Paths,
    binaries: &Binaries,
    socket: &Path,
    progress: Progress<'_>,
) -> Result<Process, ClusterError> {
    let began = Instant::now();
    loop {
        remove_strangers_locks(paths, socket);
        let mut child = spawn(paths, binaries, socket)?;
        match wait_until_ready(paths, &mut child, began, progress)? {
            Started::Ready => return Ok(Process::Child(child)),
            Started::Ended(tail)
                if is_about_leftovers(&tail) && began.elapsed() < LONGEST_LEFTOVERS =>
            {
                std::thread::sleep(Duration::from_millis(200));
            }
            Started::Ended(tail) => {
                return Err(ClusterError::DoesNotStart {
                    log: paths.log(),
                    tail,
                });
            }
        }
    }
}

enum Started {
    Ready,
    Ended(String),
}

fn spawn(paths: &Paths, binaries: &Binaries, socket: &Path) -> Result<Child, ClusterError> {
    let log = open_log(&paths.log()).map_err(|source| ClusterError::file(&paths.log(), source))?;
    let errors = log
        .try_clone()
        .map_err(|source| ClusterError::file(&paths.log(), source))?;
    let mut command = program(binaries, "postgres", &paths.folder);
    command
        .arg("-D")
        .arg(paths.cluster())
        .arg("-k")
        .arg(socket)
        .arg("-p")
        .arg(PORT.to_string());
    for setting in SETTINGS {
        command.arg("-c").arg(setting);
    }
    // A group of its own: Ctrl-C is for Moot, which stops its database last. No inherited pipe, which would hang whoever reads it.
    command
        .process_group(0)
        .stdin(Stdio::null())
        .stdout(log)
        .stderr(errors);
    command.spawn().map_err(|error| ClusterError::Program {
        program: "postgres".to_owned(),
        said: error.to_string(),
    })
}

fn wait_until_ready(
    paths: &Paths,
    child: &mut Child,
    began: Instant,
    progress: Progress<'_>,
) -> Result<Started, ClusterError> {
    let mut told = Instant::now();
    loop {
        if child
            .try_wait()
            .map_err(|source| ClusterError::file(&paths.cluster(), source))?
            .is_some()
        {
            return Ok(Started::Ended(tail(&paths.log())));
        }
        let file = PidFile::read(&paths.cluster());
        if file.is_some_and(|file| file.is_ready && u32::try_from(file.process) == Ok(child.id())) {
            return Ok(Started::Ready);
        }
        if began.elapsed() > LONGEST_START {
            let _ = child.kill();
            return Err(ClusterError::NotReady {
                seconds: LONGEST_START.as_secs(),
                log: paths.log(),
            });
        }
        if told.elapsed() > Duration::from_secs(3) {
            progress("PostgreSQL is still starting (it may be recovering from a crash)");
            told = Instant::now();
        }
        std::thread::sleep(STEP);
    }
}

/// Backends of a postmaster that was killed live on for a moment and keep its shared memory.
fn is_about_leftovers(tail: &str) -> bool {
    tail.contains("shared memory block") || tail.contains("postmaster.pid")
}

/// `PostgreSQL` refuses to start when the process that its old lock files name is alive, even if that is somebody else by
/// now (after a reboot, in a container) or a dead one that nobody has buried.
fn remove_strangers_locks(paths: &Paths, socket: &Path) {
    // Without /proc nobody can be told apart, and a living postmaster's locks must stay.
    if std::fs::read_link("/proc/self/cwd").is_err() {
        return;
    }
    let lock = socket.join(format!(".s.PGSQL.{PORT}.lock"));
    for file in [paths.cluster().join("postmaster.pid"), lock] {
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        let named = text
            .lines()
            .next()
            .and_then(|line| line.trim().parse().ok());
        let pid = named.filter(|pid: &i32| *pid > 0).and_then(Pid::from_raw);
        let is_strangers = pid.is_some_and(|pid| {
            test_kill_process(pid).is_ok() && !is_postmaster(pid, &paths.cluster())
        });
        if is_strangers {
            let _ = std::fs::remove_file(file);
        }
    }
}

fn open_log(path: &Path) -> std::io::Result<File> {
    if path.metadata().is_ok_and(|found| found.len() > LONGEST_LOG) {
        std::fs::rename(path, path.with_extension("log.old"))?;
    }
    File::options()
        .append(true)
        .create(true)
        .mode(0o600)
        .open(path)
}

fn tail(log: &Path) -> String {
    let bytes = std::fs::read(log).unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes[bytes.len().saturating_sub(8192)..]).into_owned();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(8)..].join("\n")
}

/// Stops the postmaster: fast (sessions end, everything is written), and at once if it does not come to an end.
pub(super) fn stop(paths: &Paths, process: &mut Process) -> Result<(), ClusterError> {
    for (signal, patience) in [
        (Signal::INT, LONGEST_STOP),
        (Signal::QUIT, Duration::from_secs(10)),
    ] {
        if !process.is_alive(paths) {
            return Ok(());
        }
        process.signal(signal);
        let began = Instant::now();
        while began.elapsed() < patience {
            if !process.is_alive(paths) {
                return Ok(());
            }
            std::thread::sleep(STEP);
        }
    }
    Err(ClusterError::DoesNotStop(process.id()))
}
