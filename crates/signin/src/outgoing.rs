//! Asking a provider over HTTP.
//!
//! The operator has named the provider, and it may well stand in the organisation's own network: its address is
//! not judged as a stranger's would be. But who answers must hold the right certificate, redirects are not
//! followed (a code or ticket goes where the operator said and nowhere else), and an answer has a longest size
//! and a longest time.

use std::{net::IpAddr, path::PathBuf, time::Duration};

use reqwest::{Certificate, Client, RequestBuilder, StatusCode, header, redirect::Policy};
use url::{Host, Url};

/// How long a connection may take to come about.
const CONNECT: Duration = Duration::from_secs(2);
/// How long one question may take altogether.
const ANSWER: Duration = Duration::from_secs(4);
/// The longest answer, in bytes.
const LONGEST: usize = 512 * 1024;
/// The longest file with certificates, in bytes.
const LONGEST_CA: u64 = 4 * 1024 * 1024;

/// Whose certificates are believed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trust {
    /// Those of the system's authorities.
    System,
    /// Those of the authorities in this PEM file, or in the files of this folder, and no others.
    Authorities(PathBuf),
    /// Anybody's. Whoever stands between may then sign in as anybody.
    Anybody,
}

/// A client for one provider.
#[derive(Clone, Debug)]
pub(crate) struct Http(Client);

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    /// The media type without parameters, in lower case.
    pub(crate) media_type: String,
    pub(crate) body: Vec<u8>,
}

impl Http {
    /// A client that believes these certificates. The error is a sentence for the operator.
    #[expect(
        clippy::disallowed_methods,
        reason = "the address is the operator's own word, and may be in the organisation's network"
    )]
    pub(crate) fn new(trust: &Trust) -> Result<Self, String> {
        let builder = Client::builder()
            .redirect(Policy::none())
            .referer(false)
            .no_proxy()
            .connect_timeout(CONNECT)
            .timeout(ANSWER)
            .user_agent(concat!("Moot/", env!("CARGO_PKG_VERSION")));
        let builder = match trust {
            Trust::System => builder,
            Trust::Authorities(path) => builder.tls_certs_only(authorities(path)?),
            Trust::Anybody => builder.tls_danger_accept_invalid_certs(true),
        };
        let client = builder.build();
        client
            .map(Self)
            .map_err(|error| format!("the HTTP client could not be made: {}", causes(&error)))
    }

    /// `GET`, with a bearer token if there is one.
    pub(crate) async fn get(&self, url: &Url, bearer: Option<&str>) -> Result<Answer, String> {
        let request = self.0.get(judged(url)?);
        ask(match bearer {
            Some(token) => request.bearer_auth(token),
            None => request,
        })
        .await
    }

    /// `POST` of a form, with a name and secret as HTTP Basic if they are given.
    pub(crate) async fn post_form(
        &self,
        url: &Url,
        form: String,
        basic: Option<(&str, &str)>,
    ) -> Result<Answer, String> {
        let request = self
            .0
            .post(judged(url)?)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(form);
        ask(match basic {
            Some((name, secret)) => request.basic_auth(name, Some(secret)),
            None => request,
        })
        .await
    }
}

/// Whether secrets may travel there: over TLS, or without leaving the machine.
pub fn is_safe(url: &Url) -> bool {
    let is_local = match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => IpAddr::V4(address).is_loopback(),
        Some(Host::Ipv6(address)) => IpAddr::V6(address).is_loopback(),
        None => false,
    };
    url.scheme() == "https" || (url.scheme() == "http" && is_local)
}

fn judged(url: &Url) -> Result<Url, String> {
    if is_safe(url) {
        return Ok(url.clone());
    }
    Err(format!("{url} is not https"))
}

async fn ask(request: RequestBuilder) -> Result<Answer, String> {
    let request = request.header(header::ACCEPT, "application/json, */*;q=0.5");
    let mut response = request.send().await.map_err(|error| causes(&error))?;
    let media_type = response
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|text| text.split(';').next())
        .map(|text| text.trim().to_ascii_lowercase());
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| causes(&error))? {
        if body.len() + chunk.len() > LONGEST {
            return Err("the answer is too long".to_owned());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Answer {
        status: response.status(),
        media_type: media_type.unwrap_or_default(),
        body,
    })
}

fn authorities(path: &PathBuf) -> Result<Vec<Certificate>, String> {
    let cannot = |error: std::io::Error| format!("{} cannot be read: {error}", path.display());
    let metadata = std::fs::metadata(path).map_err(cannot)?;
    let files = if metadata.is_dir() {
        let entries = std::fs::read_dir(path).map_err(cannot)?;
        entries.flatten().map(|entry| entry.path()).collect()
    } else {
        vec![path.clone()]
    };
    let mut found = Vec::new();
    for file in files {
        let is_file = std::fs::metadata(&file)
            .is_ok_and(|metadata| metadata.is_file() && metadata.len() <= LONGEST_CA);
        let Some(text) = is_file.then(|| std::fs::read(&file).ok()).flatten() else {
            continue;
        };
        // A folder of authorities also holds other things.
        found.extend(Certificate::from_pem_bundle(&text).unwrap_or_default());
    }
    if found.is_empty() {
        return Err(format!("{} holds no certificate", path.display()));
    }
    Ok(found)
}

/// An error with all its causes; reqwest's own text names only the first. Addresses are left out: they may hold a
/// ticket.
fn causes(error: &reqwest::Error) -> String {
    let mut text = if error.is_timeout() {
        "no answer in time".to_owned()
    } else if error.is_connect() {
        "no connection".to_owned()
    } else {
        "the exchange failed".to_owned()
    };
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_travel_over_tls_or_stay_on_the_machine() {
        for (url, expected) in [
            ("https://sso.club.example/", true),
            ("http://sso.club.example/", false),
            ("http://localhost:3000/", true),
            ("http://127.0.0.1:3000/", true),
            ("http://[::1]/", true),
            ("http://localhost.evil.example/", false),
            ("http://10.0.0.1/", false),
            ("ftp://localhost/", false),
        ] {
            assert_eq!(is_safe(&Url::parse(url).unwrap()), expected, "{url}");
        }
    }

    #[test]
    fn a_file_without_a_certificate_is_told() {
        let trust = Trust::Authorities("/dev/null".into());

        assert!(Http::new(&trust).unwrap_err().contains("/dev/null"));
    }
}
