//! One conversation with one server, each step of it within the time it is given.

use std::{future::Future, time::Duration};

use ldap3::{
    LdapConnAsync, LdapConnSettings, LdapError, Scope, SearchOptions, StdStream, exop::WhoAmI,
};
use secrecy::{ExposeSecret, SecretString};
use tokio::{
    net::TcpStream,
    time::{Instant, timeout_at},
};
use tracing::debug;

use crate::Steps;

use super::{
    Ldap, WAY,
    entry::Entry,
    settings::{Encryption, Server},
    tls::{Trust, url_for_the_library},
    trouble::{Bind, Trouble},
};

/// Connecting may take this long, TLS included; the rest is for other servers.
const CONNECTING: Duration = Duration::from_millis(1500);

/// One conversation with one server.
pub(super) struct Connection {
    ldap: ldap3::Ldap,
    host: String,
    /// When the server's time is over.
    until: Instant,
}

/// What is searched.
#[derive(Debug)]
pub(super) struct Search<'a> {
    pub(super) base: &'a str,
    pub(super) scope: Scope,
    pub(super) filter: &'a str,
    pub(super) attributes: &'a [String],
    /// The most entries wanted, none for all. More than the directory itself gives is an error.
    pub(super) most: Option<usize>,
}

impl Connection {
    /// Connects, with TLS if the server is to be spoken to so. Nobody is signed in yet.
    pub(super) async fn open(
        directory: &Ldap,
        server: &Server,
        until: Instant,
        steps: &mut Steps,
    ) -> Result<Self, Trouble> {
        let host = host_of(server);
        let connected_by = until.min(Instant::now() + CONNECTING);
        let late = || {
            Trouble::Here(format!(
                "{host} did not answer in time (LDAP_HOST, LDAP_PORT)"
            ))
        };
        let failed = |error| Trouble::connecting(&error, &host);

        let mut options =
            LdapConnSettings::new().set_starttls(server.encryption == Encryption::StartTls);
        if server.url.scheme() != "ldapi" {
            let stream = timeout_at(connected_by, TcpStream::connect(address_of(server)))
                .await
                .map_err(|_| late())?
                .and_then(TcpStream::into_std)
                .map_err(|source| failed(LdapError::Io { source }))?;
            options = options.set_std_stream(StdStream::Tcp(stream));
        }
        steps.done(WAY, format!("connected to {}", server.url));
        if server.encryption != Encryption::None {
            let tls = directory.tls.as_ref();
            let tls = tls.map_err(|reason| Trouble::Everywhere(reason.clone()))?;
            let host = server.url.host_str().unwrap_or_default();
            options = options.set_config(tls.with(host));
        }
        let (connection, ldap) = timeout_at(
            connected_by,
            LdapConnAsync::from_url_with_settings(options, &url_for_the_library(&server.url)),
        )
        .await
        .map_err(|_| late())?
        .map_err(failed)?;
        steps.done(WAY, privacy(server.encryption, &directory.settings.trust));
        // It ends when the handle is dropped.
        tokio::spawn(async move {
            if let Err(error) = connection.drive().await {
                debug!(%error, "A connection to the directory broke");
            }
        });
        Ok(Self { ldap, host, until })
    }

    /// Gives the server more time.
    pub(super) fn extend(&mut self, until: Instant) {
        self.until = until;
    }

    /// Signs in whoever searches, if somebody in particular does. Not tried while a refusal is fresh: each try with
    /// a wrong password brings the searcher nearer to being locked (R23).
    pub(super) async fn bind_searcher(
        &mut self,
        directory: &Ldap,
        steps: &mut Steps,
    ) -> Result<(), Trouble> {
        let Some(searcher) = &directory.settings.searcher else {
            steps.done(
                WAY,
                "searching as nobody in particular (LDAP_BIND_DN is empty)",
            );
            return Ok(());
        };
        let _alone = directory.memory.wait_for_searcher(self.until).await?;
        let bind = async |ldap: &mut ldap3::Ldap| {
            ldap.simple_bind(&searcher.dn, searcher.password.expose_secret())
                .await
        };
        let started = Instant::now();
        let result = within(self.until, &self.host, bind(&mut self.ldap)).await?;
        if result.rc != 0 {
            let trouble = Trouble::searcher_refused(&result, &searcher.dn);
            if matches!(trouble, Trouble::Everywhere(_)) {
                directory.memory.searcher_was_refused();
            }
            return Err(trouble);
        }
        directory.memory.searcher_was_accepted();
        directory.memory.note_first_pace(started.elapsed());
        steps.done(WAY, format!("bound as {}, who searches", searcher.dn));
        Ok(())
    }

    /// Tries somebody's password. The name is never empty: the directory would take that for nobody and agree.
    pub(super) async fn bind(
        &mut self,
        dn: &str,
        password: &SecretString,
    ) -> Result<Bind, Trouble> {
        if dn.trim().is_empty() {
            return Ok(Bind::Wrong("the entry has no name".to_owned()));
        }
        let binding = self.ldap.simple_bind(dn, password.expose_secret());
        let result = within(self.until, &self.host, binding).await?;
        Bind::of(&result)
    }

    /// Whether the directory takes us for nobody, though it agreed to the password (S46). Directories that do not
    /// know the question (RFC 4532) are believed.
    pub(super) async fn is_nobody(&mut self) -> Result<bool, Trouble> {
        let asking = self.ldap.extended(WhoAmI);
        let ldap3::result::ExopResult(answer, result) =
            within(self.until, &self.host, asking).await?;
        Ok(result.rc == 0 && answer.val.is_none_or(|name| name.is_empty()))
    }

    /// The entries that are found, references to other servers left aside.
    pub(super) async fn search(&mut self, search: &Search<'_>) -> Result<Vec<Entry>, Trouble> {
        let left = self.until.saturating_duration_since(Instant::now());
        let options = SearchOptions::new()
            .timelimit(i32::try_from(left.as_secs() + 1).unwrap_or(i32::MAX))
            .sizelimit(
                search
                    .most
                    .map_or(0, |most| i32::try_from(most).unwrap_or(i32::MAX)),
            );
        let searching = self.ldap.with_search_options(options).search(
            search.base,
            search.scope,
            search.filter,
            search.attributes.to_vec(),
        );
        let ldap3::SearchResult(entries, result) =
            within(self.until, &self.host, searching).await?;
        // Stopped where we asked it to stop.
        let is_full = result.rc == 4 && search.most.is_some_and(|most| entries.len() >= most);
        // One entry was asked for, and is not there.
        let is_absent = result.rc == 32 && search.scope == Scope::Base;
        if result.rc != 0 && !is_full && !is_absent {
            return Err(Trouble::searching(&result, search.base));
        }
        Ok(entries
            .into_iter()
            .filter(|entry| !entry.is_ref() && !entry.is_intermediate())
            .map(Entry::read)
            .collect())
    }

    /// Says goodbye.
    pub(super) async fn close(mut self) {
        let leaving = self.ldap.unbind();
        if let Err(trouble) = within(self.until, &self.host, leaving).await {
            debug!(
                reason = trouble.reason(),
                "The directory was left without a goodbye"
            );
        }
    }
}

async fn within<T>(
    until: Instant,
    host: &str,
    operation: impl Future<Output = ldap3::result::Result<T>>,
) -> Result<T, Trouble> {
    match timeout_at(until, operation).await {
        Ok(answer) => answer.map_err(|error| Trouble::connecting(&error, host)),
        Err(_) => Err(Trouble::Here(format!("{host} did not answer in time"))),
    }
}

/// As an administrator would call it.
fn host_of(server: &Server) -> String {
    let host = server.url.host_str().unwrap_or_default();
    match server.url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}

fn address_of(server: &Server) -> String {
    let usual = if server.encryption == Encryption::Tls {
        636
    } else {
        389
    };
    let port = server.url.port().unwrap_or(usual);
    format!("{}:{port}", server.url.host_str().unwrap_or_default())
}

fn privacy(encryption: Encryption, trust: &Trust) -> &'static str {
    match (encryption, trust) {
        (Encryption::None, _) => "not encrypted",
        (Encryption::Tls, Trust::Anybody) => {
            "TLS, with a certificate that nobody checked (LDAP_TLS_NO_VERIFY)"
        }
        (Encryption::StartTls, Trust::Anybody) => {
            "StartTLS, with a certificate that nobody checked (LDAP_TLS_NO_VERIFY)"
        }
        (Encryption::Tls, _) => "TLS, certificate checked",
        (Encryption::StartTls, _) => "StartTLS, certificate checked",
    }
}
