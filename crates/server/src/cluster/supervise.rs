//! A thread that starts the cluster again whenever it dies. Not a task: it must go on while the runtime is busy or gone.

use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use tracing::{error, info, warn};

use super::{Cluster, ClusterError};

/// How soon a death is noticed.
const LOOK: Duration = Duration::from_millis(100);
/// Pause after a start that failed.
const PAUSE: Duration = Duration::from_secs(2);

/// When the cluster was last started again. Connections from before lead nowhere.
#[derive(Debug, Clone, Default)]
pub struct Revival(Arc<Mutex<Option<Instant>>>);

impl Revival {
    fn note(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }

    /// Whether something of this age is older than the running cluster.
    pub fn is_after(&self, age: Duration) -> bool {
        let last = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        last.is_some_and(|last| last.elapsed() < age)
    }
}

/// The watched cluster.
#[derive(Debug)]
pub struct Supervisor {
    revival: Revival,
    stop: Sender<()>,
    thread: JoinHandle<Result<(), ClusterError>>,
}

impl Supervisor {
    pub(super) fn watch(cluster: Cluster) -> Self {
        let (stop, stopped) = mpsc::channel();
        let revival = Revival::default();
        let noted = revival.clone();
        let thread = std::thread::Builder::new()
            .name("postgres".to_owned())
            .spawn(move || {
                let mut cluster = cluster;
                let mut pause = LOOK;
                loop {
                    match stopped.recv_timeout(pause) {
                        Ok(()) | Err(RecvTimeoutError::Disconnected) => return cluster.stop(),
                        Err(RecvTimeoutError::Timeout) => {}
                    }
                    pause = if cluster.is_alive() {
                        LOOK
                    } else {
                        revive(&mut cluster, &noted)
                    };
                }
            })
            .expect("the system gives one more thread at the start");
        Self {
            revival,
            stop,
            thread,
        }
    }

    /// When it was last started again, for whoever keeps connections.
    pub fn revival(&self) -> Revival {
        self.revival.clone()
    }

    /// Stops the cluster and waits until it has.
    pub fn stop(self) -> Result<(), ClusterError> {
        drop(self.stop);
        self.thread.join().unwrap_or(Ok(()))
    }
}

fn revive(cluster: &mut Cluster, revival: &Revival) -> Duration {
    warn!(
        process.id = cluster.process_id(),
        "PostgreSQL has died; starting it again"
    );
    match cluster.restart(&|text| info!("{text}")) {
        Ok(()) => {
            revival.note();
            info!(process.id = cluster.process_id(), "PostgreSQL runs again");
            LOOK
        }
        Err(problem) => {
            error!(error = %problem, "PostgreSQL could not be started again; trying on");
            PAUSE
        }
    }
}
