//! The embedded `PostgreSQL`, with real programs. `PostgreSQL` refuses root; a thread that is root becomes user `postgres` first.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use server::cluster::binaries::Search;
use server::cluster::{Cluster, ClusterError};
use server::privileges::{self, Users};
use sqlx::{Connection as _, PgConnection, Row as _};

/// A folder of one test's own, removed at its end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("moot-cluster-{}-{name}", std::process::id()));
        if privileges::is_root() {
            let users = Users::of_this_system().unwrap();
            let user = users
                .service_user()
                .expect("PostgreSQL's packages make the user postgres");
            privileges::become_user(user, Path::new("/")).unwrap();
        }
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn open(&self) -> Cluster {
        Cluster::open(&self.0, &Search::usual(None), &|_| {}).unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // A test that failed half-way leaves its cluster running.
        let pid_file =
            std::fs::read_to_string(self.0.join("postgres/postmaster.pid")).unwrap_or_default();
        if let Some(pid) = pid_file
            .lines()
            .next()
            .and_then(|line| line.parse().ok())
            .and_then(Pid::from_raw)
        {
            let _ = kill_process(pid, Signal::QUIT);
        }
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Asks one question and gives the answer's first column.
fn ask(cluster: &Cluster, question: &'static str) -> String {
    ask_at(&cluster.connect_options(), question).unwrap()
}

fn ask_at(
    options: &sqlx::postgres::PgConnectOptions,
    question: &'static str,
) -> sqlx::Result<String> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let mut connection = PgConnection::connect_with(options).await?;
        let row = sqlx::query(question).fetch_one(&mut connection).await?;
        row.try_get(0)
    })
}

/// Writes something that must outlive a crash.
fn keep(cluster: &Cluster) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let mut connection = PgConnection::connect_with(&cluster.connect_options())
            .await
            .unwrap();
        sqlx::query("CREATE TABLE kept AS SELECT 'yes' AS answer")
            .execute(&mut connection)
            .await
            .unwrap();
    });
}

fn kill_9(process: i32) {
    kill_process(Pid::from_raw(process).unwrap(), Signal::KILL).unwrap();
}

#[test]
fn a_new_cluster_has_checksums_and_no_network() {
    let folder = Folder::new("new");
    std::fs::create_dir(folder.0.join("postgres.new")).unwrap(); // what a crash in the middle of making one leaves

    let cluster = folder.open();

    assert_eq!(ask(&cluster, "SHOW data_checksums"), "on");
    assert_eq!(ask(&cluster, "SHOW listen_addresses"), "");
    assert_eq!(ask(&cluster, "SHOW synchronous_commit"), "on");
    assert_eq!(ask(&cluster, "SHOW server_encoding"), "UTF8");
    assert_eq!(ask(&cluster, "SELECT current_database()::text"), "moot");
    cluster.stop().unwrap();
}

#[test]
fn what_was_left_running_is_adopted_and_what_was_killed_recovers() {
    let folder = Folder::new("adopt");
    let first = folder.open();
    let process = first.process_id();
    keep(&first);
    std::mem::forget(first);

    let adopted = folder.open();
    assert_eq!(adopted.process_id(), process);
    assert_eq!(ask(&adopted, "SELECT answer FROM kept"), "yes");

    kill_9(process);
    drop(adopted);
    let recovered = folder.open();
    assert_ne!(recovered.process_id(), process);
    assert_eq!(ask(&recovered, "SELECT answer FROM kept"), "yes");
    recovered.stop().unwrap();
}

#[test]
fn a_supervised_cluster_that_is_killed_comes_back_and_stops_cleanly() {
    let folder = Folder::new("supervise");
    let cluster = folder.open();
    let (process, options) = (cluster.process_id(), cluster.connect_options());
    let supervisor = cluster.supervise();

    kill_9(process);

    let began = Instant::now();
    while ask_at(&options, "SELECT 'here'").is_err() || still_names(&folder.0, process) {
        assert!(
            began.elapsed() < Duration::from_mins(1),
            "it did not come back"
        );
    }
    supervisor.stop().unwrap();
    assert!(!folder.0.join("postgres/postmaster.pid").exists());
}

fn still_names(folder: &Path, process: i32) -> bool {
    std::fs::read_to_string(folder.join("postgres/postmaster.pid"))
        .is_ok_and(|text| text.lines().next() == Some(process.to_string().as_str()))
}

#[test]
fn a_cluster_of_another_major_version_says_what_to_do() {
    let folder = Folder::new("version");
    std::fs::create_dir(folder.0.join("postgres")).unwrap();
    std::fs::write(folder.0.join("postgres/PG_VERSION"), "14\n").unwrap();
    std::fs::write(folder.0.join("postgres.password"), "x\n").unwrap();

    let error = Cluster::open(&folder.0, &Search::usual(None), &|_| {}).unwrap_err();

    assert!(
        matches!(error, ClusterError::OtherVersion { made_by: 14, .. }),
        "{error}"
    );
    let text = error.to_string();
    assert!(text.contains("pg_upgrade") && text.contains("14"), "{text}");
}

#[test]
fn missing_programs_name_what_to_install() {
    let folder = Folder::new("missing");

    let error = Cluster::open(
        &folder.0,
        &Search {
            configured: None,
            folders: Vec::new(),
        },
        &|_| {},
    )
    .unwrap_err();

    assert!(matches!(error, ClusterError::NoBinaries { .. }));
    assert!(error.to_string().contains("postgresql"), "{error}");
    assert!(!folder.0.join("postgres").exists());
}
