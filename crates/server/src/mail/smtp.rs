//! Letters by a relay (SMTP, RFC 5321).

use std::time::Duration;

use anyhow::Context as _;
use futures_util::future::BoxFuture;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};
use secrecy::ExposeSecret as _;
use service::mail::{Letter, Mailer, Undelivered};

use super::message::Sender;
use crate::config::mail::{Login, Relay, StartTls, Verification};

/// Hands letters to a relay.
pub(super) struct SmtpMailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    sender: Sender,
    patience: Duration,
}

impl SmtpMailer {
    pub(super) fn new(relay: &Relay, sender: Sender) -> anyhow::Result<Self> {
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&relay.server)
            .port(relay.port)
            .tls(tls(relay)?)
            .timeout(Some(relay.patience));
        if let Some(domain) = &relay.domain {
            builder = builder.hello_name(ClientId::Domain(domain.clone()));
        }
        if let Some(Login {
            user,
            password,
            mechanism,
        }) = &relay.login
        {
            let password = password.expose_secret().to_owned();
            builder = builder
                .credentials(Credentials::new(user.clone(), password))
                .authentication(vec![match mechanism {
                    crate::config::mail::Mechanism::Plain => Mechanism::Plain,
                    crate::config::mail::Mechanism::Login => Mechanism::Login,
                }]);
        }
        Ok(Self {
            transport: builder.build(),
            sender,
            patience: relay.patience,
        })
    }
}

impl Mailer for SmtpMailer {
    fn reaches_people(&self) -> bool {
        true
    }

    fn send<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Result<(), Undelivered>> {
        Box::pin(async {
            let message = self.sender.message(letter)?;
            // The library's own limit is for connecting; a relay may also fall silent later (R23).
            let sending = tokio::time::timeout(self.patience, self.transport.send(message));
            match sending.await {
                Ok(Ok(_)) => Ok(()),
                Ok(Err(error)) if refuses_the_letter(&error) => {
                    Err(Undelivered::ForGood(error.into()))
                }
                Ok(Err(error)) => Err(Undelivered::ForNow(error.into())),
                Err(elapsed) => Err(Undelivered::ForNow(
                    anyhow::Error::new(elapsed).context("the relay has fallen silent"),
                )),
            }
        })
    }
}

/// A relay that refuses us (authentication, policy on who may send) says nothing about the letter: an administrator
/// mends that, and then it is taken. Codes: RFC 4954, section 6; RFC 5321, section 4.2.3.
fn refuses_the_letter(error: &lettre::transport::smtp::Error) -> bool {
    let code = error.status().map(|code| code.to_string());
    error.is_permanent()
        && !matches!(
            code.as_deref(),
            Some("530" | "534" | "535" | "538" | "421" | "554")
        )
}

fn tls(relay: &Relay) -> anyhow::Result<Tls> {
    if relay.starttls == StartTls::Never && !relay.tls_from_the_start {
        return Ok(Tls::None);
    }
    let mut parameters = TlsParameters::builder(relay.server.clone());
    if relay.verification == Verification::None {
        parameters = parameters
            .dangerous_accept_invalid_certs(true)
            .dangerous_accept_invalid_hostnames(true);
    }
    if let Some(path) = &relay.ca_file {
        let pem = std::fs::read(path)
            .with_context(|| format!("SMTP_CA_FILE: {} cannot be read", path.display()))?;
        let certificate = Certificate::from_pem(&pem).with_context(|| {
            format!(
                "SMTP_CA_FILE: {} holds no certificate in PEM",
                path.display()
            )
        })?;
        parameters = parameters.add_root_certificate(certificate);
    }
    let parameters = parameters.build_rustls()?;
    Ok(match relay.starttls {
        _ if relay.tls_from_the_start => Tls::Wrapper(parameters),
        StartTls::Always => Tls::Required(parameters),
        StartTls::Auto => Tls::Opportunistic(parameters),
        StartTls::Never => Tls::None,
    })
}
