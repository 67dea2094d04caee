//! The ways by which letters leave: a relay, the local mail program, the log of a demo, or none.

mod log;
mod message;
mod sendmail;
mod smtp;

use std::sync::Arc;

use anyhow::Context as _;
use service::mail::{Mailer, NoMail};

use crate::config::Config;
use crate::config::mail::Way;
use crate::config::profile::is_local;

use log::LogMailer;
use message::Sender;
use sendmail::SendmailMailer;
use smtp::SmtpMailer;

/// The mailer that the configuration asks for.
pub fn mailer(config: &Config) -> anyhow::Result<Arc<dyn Mailer>> {
    let sender = || Sender::new(&config.mail.sender, config.identity.local_domain.host());
    Ok(match &config.mail.way {
        Way::Smtp(relay) => Arc::new(
            SmtpMailer::new(relay, sender()?)
                .context("the mail relay's settings cannot be used")?,
        ),
        Way::Sendmail => Arc::new(SendmailMailer::new(sender()?)),
        Way::None if is_local(config.profile) => Arc::new(LogMailer),
        Way::None => Arc::new(NoMail),
    })
}
