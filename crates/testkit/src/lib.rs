//! A test's world: a database of its own, a clock that stands still, members and peers' accounts in one line
//! each, jobs that run when the test says so, and a client that speaks to a router without a socket.
//!
//! *Invariant:* what a test builds here comes about by the operations of `service`, so that it is what a real
//! server would hold; only what takes long (a member's RSA key) is put in ready-made. This crate knows neither
//! `web` nor `federation`, whose own tests stand on it: it takes any [`axum::Router`].
//!
//! ```no_run
//! # async fn example() {
//! let app = testkit::app().await;
//! let alice = app.member("alice").await;
//! let mia = app.remote("mia@mastodon.example").await;
//! mia.follows(&alice).await;
//! let post = alice.posts("hello").followers_only().await;
//! # }
//! ```

mod app;
mod clock;
mod council;
mod cut;
mod database;
mod directory;
mod follows;
pub mod http;
mod keys;
mod mailbox;
mod members;
mod posts;
mod queue;
mod remote;
mod second_factor;
mod statements;
mod tokens;

pub use app::{AppBuilder, TestApp, app};
pub use clock::FakeClock;
pub use council::Council;
pub use cut::{Cut, Moment};
pub use database::TestDatabase;
pub use directory::FakeDirectory;
pub use follows::Somebody;
pub use mailbox::Mailbox;
pub use members::{Member, MemberBuilder, PASSWORD, place};
pub use posts::PostBuilder;
pub use queue::Waiting;
pub use remote::{Remote, RemoteBuilder, remote_account};
pub use second_factor::{Device, code};
pub use statements::Statements;
pub use tokens::Bearer;
