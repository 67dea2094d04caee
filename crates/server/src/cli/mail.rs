//! `moot mail test ADDRESS`.

use anyhow::bail;
use clap::Subcommand;
use service::keys;
use service::mail::{self, Undelivered};

use super::session::with_data;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Sends a letter and says what became of it.
    Test {
        /// Who gets it.
        address: String,
    },
}

pub(super) fn run(command: Command) -> anyhow::Result<()> {
    let Command::Test { address } = command;
    if !model::is_mail_address(&address) {
        bail!("{address} is no mail address");
    }
    with_data(async move |app, _| {
        if !app.mailer.reaches_people() {
            bail!("this server sends no mail: set SMTP_SERVER, or SMTP_DELIVERY_METHOD=sendmail");
        }
        let id = hex::encode(keys::random_bytes::<16>());
        let letter = mail::test_letter(app, address, id)?;
        match app.mailer.send(&letter).await {
            Ok(()) => {
                println!("The relay has taken the letter; its Message-ID begins with {}.", letter.id);
                Ok(())
            }
            Err(Undelivered::ForNow(cause)) => {
                Err(cause.context("the relay did not take the letter; look at SMTP_SERVER, SMTP_PORT, SMTP_LOGIN and the TLS settings. Letters to members wait and are tried again"))
            }
            Err(Undelivered::ForGood(cause)) => Err(cause.context("the relay refuses this letter for good")),
        }
    })
}
