//! A fresh database for each test, dropped with it.

use std::hash::{BuildHasher, RandomState};
use std::str::FromStr;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{AssertSqlSafe, ConnectOptions, PgPool};

pub(crate) struct Database {
    pub(crate) pool: PgPool,
    server: PgConnectOptions,
    name: String,
}

impl Database {
    /// A database without the queue's tables.
    pub(crate) async fn empty() -> Self {
        let url = std::env::var("DATABASE_URL").expect(
            "these tests need a PostgreSQL of their own: run them with scripts/test, \
             or set DATABASE_URL to a server where databases may be made",
        );
        let server = PgConnectOptions::from_str(&url).expect("DATABASE_URL is a PostgreSQL URL");
        let name = format!("jobs_test_{:016x}", RandomState::new().hash_one(()));
        execute(&server, format!("CREATE DATABASE {name}")).await;
        let pool = PgPoolOptions::new()
            .max_connections(6)
            .test_before_acquire(false)
            .connect_lazy_with(server.clone().database(&name));
        Self { pool, server, name }
    }

    /// A database in which the queue is ready.
    pub(crate) async fn fresh() -> Self {
        let database = Self::empty().await;
        let mut connection = database.pool.acquire().await.unwrap();
        jobs::migrate(&mut connection).await.unwrap();
        drop(connection);
        database
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let (server, name) = (self.server.clone(), self.name.clone());
        // On a thread of its own: a test's runtime cannot wait inside `drop`.
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(execute(
                &server,
                format!("DROP DATABASE {name} WITH (FORCE)"),
            ));
        })
        .join()
        .ok();
    }
}

async fn execute(server: &PgConnectOptions, sql: String) {
    let mut connection = server
        .connect()
        .await
        .expect("the server of DATABASE_URL answers");
    sqlx::raw_sql(AssertSqlSafe(sql))
        .execute(&mut connection)
        .await
        .unwrap();
}
