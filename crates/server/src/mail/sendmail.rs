//! Letters by the local mail program, `sendmail` on the path of programs.

use futures_util::future::BoxFuture;
use lettre::{AsyncSendmailTransport, AsyncTransport as _, Tokio1Executor};
use service::mail::{Letter, Mailer, Undelivered};

use super::message::Sender;

/// Hands letters to the local mail program.
pub(super) struct SendmailMailer {
    transport: AsyncSendmailTransport<Tokio1Executor>,
    sender: Sender,
}

impl SendmailMailer {
    pub(super) fn new(sender: Sender) -> Self {
        Self {
            transport: AsyncSendmailTransport::new(),
            sender,
        }
    }
}

impl Mailer for SendmailMailer {
    fn reaches_people(&self) -> bool {
        true
    }

    fn send<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Result<(), Undelivered>> {
        Box::pin(async {
            let message = self.sender.message(letter)?;
            let outcome = self.transport.send(message).await;
            outcome.map_err(|error| Undelivered::ForNow(error.into()))
        })
    }
}
