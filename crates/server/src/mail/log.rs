//! Letters written to the log: in the demo and in tests there is no relay, but somebody who reads the screen.

use futures_util::future::BoxFuture;
use service::mail::{Letter, Mailer, Undelivered};
use tracing::info;

/// Writes letters to the log, links and all. Only the demo and test profiles have it; elsewhere a log holds no secret.
pub(super) struct LogMailer;

impl Mailer for LogMailer {
    fn reaches_people(&self) -> bool {
        false
    }

    fn send<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Result<(), Undelivered>> {
        info!(
            "A letter to {}: {}\n{}",
            letter.to, letter.subject, letter.text
        );
        Box::pin(async { Ok(()) })
    }
}
