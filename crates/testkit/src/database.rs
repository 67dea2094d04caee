//! A database for each test, copied from a template, or left by a test that is over and emptied.
//!
//! The template holds the schema: it is made once for each state of the migrations, under a lock that other
//! test binaries wait for, and copied as files. (Copying through the log, PostgreSQL's default, took nearly
//! twice as long for a database as small as ours.) To copy and to drop a database each cost a checkpoint and
//! some hundred files, 0.1 seconds together on an idle machine and seconds on a busy one; to empty one costs a
//! few milliseconds. So a process makes as many databases as it has tests at the same time, and hands them on.

use std::{
    hash::{BuildHasher, DefaultHasher, Hash, Hasher, RandomState},
    str::FromStr,
    sync::{Mutex, OnceLock},
    time::Duration,
};

use sqlx::{
    AssertSqlSafe, ConnectOptions, Connection, PgConnection, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use url::Url;

/// Whoever makes or removes templates holds this lock.
const TEMPLATE_LOCK: i64 = 7_091_270_612;

/// So many connections has a test at once; a server of a few hundred has room for many tests.
const CONNECTIONS: u32 = 5;

/// Databases of this process whose tests are over.
static LEFT: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// A database of a test's own. What is in it is gone once it is dropped.
#[derive(Debug)]
pub struct TestDatabase {
    pool: PgPool,
    server: PgConnectOptions,
    url: Url,
    name: String,
    end: End,
}

/// What becomes of a database after its test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// Another test of this process gets it, emptied.
    HandedOn,
    /// Its test may have made anything of it.
    Dropped,
}

impl TestDatabase {
    /// A database with Moot's schema and the queue's, and nothing in it. The schema is not to be changed.
    ///
    /// # Panics
    /// Without `DATABASE_URL`, or when its server does not answer.
    pub async fn new() -> Self {
        let server = server();
        let left = LEFT.lock().expect("nobody panics holding the list").pop();
        if let Some(name) = left {
            empty_out(&server.clone().database(&name)).await;
            return Self::open(server, name, End::HandedOn);
        }
        let template = tokio::task::spawn_blocking(template)
            .await
            .expect("the template can be made");
        let name = copy_of(&server, template).await;
        Self::open(server, name, End::HandedOn)
    }

    /// A database without any table.
    ///
    /// # Panics
    /// As [`Self::new`].
    pub async fn empty() -> Self {
        let server = server();
        let name = copy_of(&server, "template0").await;
        Self::open(server, name, End::Dropped)
    }

    /// Its connections; few, since many tests run at once.
    pub fn pool(&self) -> &PgPool {
        &self.pool
    }

    /// Where it is, for whoever reads `DATABASE_URL`.
    pub fn url(&self) -> &str {
        self.url.as_str()
    }

    /// How it is reached.
    pub(crate) fn options(&self) -> PgConnectOptions {
        self.server.clone().database(&self.name)
    }

    fn open(server: PgConnectOptions, name: String, end: End) -> Self {
        let pool = PgPoolOptions::new()
            .max_connections(CONNECTIONS)
            .acquire_timeout(Duration::from_secs(20))
            .test_before_acquire(false)
            .connect_lazy_with(server.clone().database(&name));
        let mut url = Url::parse(&database_url()).expect("DATABASE_URL is a URL");
        url.set_path(&name);
        Self {
            pool,
            server,
            url,
            name,
            end,
        }
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let name = std::mem::take(&mut self.name);
        if self.end == End::HandedOn {
            if let Ok(mut left) = LEFT.lock() {
                left.push(name);
            }
            return;
        }
        let server = self.server.clone();
        // On a thread of its own, since a test's runtime cannot wait inside `drop`.
        let dropping = std::thread::spawn(move || {
            wait_for(async {
                let mut connection = connect(&server).await;
                let sql = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
                execute(&mut connection, sql).await;
            });
        });
        // What could not be dropped is swept up later; a failing test shall not be hidden by it.
        dropping.join().ok();
    }
}

async fn copy_of(server: &PgConnectOptions, template: &str) -> String {
    let name = format!("moot_test_{:016x}", RandomState::new().hash_one(()));
    let mut connection = connect(server).await;
    let sql = format!("CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY");
    execute(&mut connection, sql).await;
    name
}

/// Makes a database what the template was: ends whatever is still connected to it, removes every row (as a
/// replica, which asks no foreign keys), and lets the sequences begin again.
async fn empty_out(database: &PgConnectOptions) {
    let mut connection = connect(database).await;
    execute(
        &mut connection,
        "SELECT pg_terminate_backend(pid, 5000)
           FROM pg_stat_activity
          WHERE datname = current_database() AND pid <> pg_backend_pid();

         DO $$
         DECLARE
             thing regclass;
         BEGIN
             SET LOCAL session_replication_role = replica;
             FOR thing IN
                 SELECT oid FROM pg_class
                  WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
                    AND relname NOT IN ('_sqlx_migrations', 'jobs_schema')
             LOOP
                 EXECUTE format('DELETE FROM %s', thing);
             END LOOP;
             FOR thing IN
                 SELECT oid FROM pg_class WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace
             LOOP
                 PERFORM setval(thing, 1, false);
             END LOOP;
             -- The one row that a migration writes.
             INSERT INTO log_head (seq, leaf, frontier) VALUES (0, decode(repeat('00', 32), 'hex'), '{}');
         END
         $$"
            .to_owned(),
    )
    .await;
    connection.close().await.ok();
}

fn database_url() -> String {
    std::env::var("DATABASE_URL").unwrap_or_else(|_| {
        panic!(
            "these tests need a PostgreSQL on which databases may be made: run them with scripts/test, \
             or start one with scripts/scratch-postgres start and set DATABASE_URL to what it prints"
        )
    })
}

fn server() -> PgConnectOptions {
    PgConnectOptions::from_str(&database_url())
        .expect("DATABASE_URL is a PostgreSQL URL")
        .options([
            ("client_min_messages", "warning"),
            // As in production.
            ("plan_cache_mode", "force_generic_plan"),
        ])
}

/// The name of the template for the present migrations; made if need be, looked for once per process.
///
/// Blocks, and runs on a runtime of its own: the tests' runtimes come and go, and running migrations is no
/// future that may be sent between threads.
fn template() -> &'static str {
    static TEMPLATE: OnceLock<String> = OnceLock::new();
    TEMPLATE.get_or_init(|| wait_for(ensure_template(&server())))
}

fn wait_for<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a small runtime can be made")
        .block_on(future)
}

/// Makes the template for the present migrations unless it exists, and answers its name.
async fn ensure_template(server: &PgConnectOptions) -> String {
    let name = format!("moot_template_{:016x}", schema_hash());
    let mut connection = connect(server).await;
    sqlx::query("SELECT pg_advisory_lock($1)")
        .bind(TEMPLATE_LOCK)
        .execute(&mut connection)
        .await
        .expect("the lock is given once nobody else makes a template");
    let exists: bool =
        sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = $1)")
            .bind(&name)
            .fetch_one(&mut connection)
            .await
            .expect("the list of databases can be read");
    if !exists {
        make_template(server, &mut connection, &name).await;
    }
    sweep(&mut connection, &name).await;
    // The lock goes with the connection.
    connection.close().await.ok();
    name
}

/// Under another name until it is whole, so that a test run that is killed meanwhile leaves no half template.
async fn make_template(server: &PgConnectOptions, connection: &mut PgConnection, name: &str) {
    let unfinished = format!("{name}_unfinished");
    execute(
        connection,
        format!("DROP DATABASE IF EXISTS {unfinished} WITH (FORCE)"),
    )
    .await;
    execute(connection, format!("CREATE DATABASE {unfinished}")).await;
    let mut inside = connect(&server.clone().database(&unfinished)).await;
    db::migrations::run(&mut inside)
        .await
        .expect("the migrations run on an empty database");
    jobs::migrate(&mut inside)
        .await
        .expect("the queue's schema can be made");
    inside.close().await.ok();
    execute(
        connection,
        format!("ALTER DATABASE {unfinished} RENAME TO {name}"),
    )
    .await;
}

/// Drops what tests that were killed have left behind for an hour, and templates of older migrations after a day.
async fn sweep(connection: &mut PgConnection, template: &str) {
    let leftovers: Vec<String> = sqlx::query_scalar(
        r"SELECT d.datname::text
            FROM pg_database AS d
           CROSS JOIN LATERAL pg_stat_file('base/' || oid || '/PG_VERSION', true) AS file
           WHERE d.datname <> $1
             AND NOT EXISTS (SELECT 1 FROM pg_stat_activity AS a WHERE a.datname = d.datname)
             AND ((d.datname LIKE 'moot\_test\_%' AND file.modification < now() - interval '1 hour')
               OR (d.datname LIKE 'moot\_template\_%' AND file.modification < now() - interval '1 day'))",
    )
    .bind(template)
    .fetch_all(&mut *connection)
    .await
    // Only superusers may ask how old a database is. Others keep their leftovers.
    .unwrap_or_default();
    for name in leftovers {
        execute(
            connection,
            format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"),
        )
        .await;
    }
}

fn schema_hash() -> u64 {
    let mut hasher = DefaultHasher::new();
    for checksum in db::migrations::checksums() {
        checksum.hash(&mut hasher);
    }
    jobs::SCHEMA.hash(&mut hasher);
    hasher.finish()
}

async fn connect(options: &PgConnectOptions) -> PgConnection {
    options
        .connect()
        .await
        .expect("the server of DATABASE_URL answers")
}

async fn execute(connection: &mut PgConnection, sql: String) {
    if let Err(error) = sqlx::raw_sql(AssertSqlSafe(sql.clone()))
        .execute(connection)
        .await
    {
        panic!("the server of DATABASE_URL refused `{sql}`: {error}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn names(database: &TestDatabase) -> Vec<String> {
        sqlx::query_scalar("SELECT username FROM reserved_usernames")
            .fetch_all(database.pool())
            .await
            .unwrap()
    }

    #[tokio::test]
    async fn what_one_test_writes_another_does_not_see() {
        let (one, other) = (TestDatabase::new().await, TestDatabase::new().await);

        sqlx::query(
            "INSERT INTO reserved_usernames (username, reserved_at) VALUES ('alice', now())",
        )
        .execute(one.pool())
        .await
        .unwrap();

        assert_eq!(names(&one).await, ["alice"]);
        assert!(names(&other).await.is_empty());
    }

    #[tokio::test]
    async fn a_database_that_is_handed_on_is_as_new() {
        let server = server();
        let fresh = TestDatabase::new().await;
        let used = TestDatabase::new().await;
        sqlx::query(
            "INSERT INTO accounts (id, username, uri, url, inbox_url, created_at, updated_at)
             VALUES (snowflake(now()), 'alice', 'x', 'x', 'x', now(), now())",
        )
        .execute(used.pool())
        .await
        .unwrap();

        let options = server.database(&used.name);
        empty_out(&options).await;

        let mut emptied = connect(&options).await;
        let left: i64 = sqlx::query_scalar("SELECT count(*) FROM accounts")
            .fetch_one(&mut emptied)
            .await
            .unwrap();
        let number = "SELECT nextval('snowflake_sequence')";
        let next: i64 = sqlx::query_scalar(number)
            .fetch_one(&mut emptied)
            .await
            .unwrap();
        let next_in_fresh: i64 = sqlx::query_scalar(number)
            .fetch_one(fresh.pool())
            .await
            .unwrap();
        assert_eq!(left, 0);
        assert_eq!(next, next_in_fresh);
        // What was connected before is so no more.
        assert!(sqlx::query("SELECT 1").execute(used.pool()).await.is_err());
    }

    #[tokio::test]
    async fn a_database_whose_schema_its_test_makes_is_gone_with_it() {
        let keeper = TestDatabase::new().await;
        let name = {
            let database = TestDatabase::empty().await;
            sqlx::query("CREATE TABLE x ()")
                .execute(database.pool())
                .await
                .unwrap();
            database.name.clone()
        };

        let left: i64 = sqlx::query_scalar("SELECT count(*) FROM pg_database WHERE datname = $1")
            .bind(name)
            .fetch_one(keeper.pool())
            .await
            .unwrap();

        assert_eq!(left, 0);
    }
}
