//! Asking, within limits.

use std::time::Duration;

use http::{HeaderMap, Method, StatusCode, header};
use reqwest::{Client, RequestBuilder, redirect::Policy};
use url::Url;

use crate::{
    is_safe,
    trust::{Trust, authorities},
};

/// A client for one operator's addresses. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Http {
    client: Client,
    /// The longest answer, in bytes.
    longest: usize,
}

/// How long and how much one question may take.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Until there is a connection.
    pub connect: Duration,
    /// Altogether.
    pub answer: Duration,
    /// The longest answer, in bytes, unpacked.
    pub longest: usize,
}

impl Limits {
    /// For a question that somebody waits for in front of a page.
    pub const WAITED_FOR: Self = Self {
        connect: Duration::from_secs(2),
        answer: Duration::from_secs(4),
        longest: 512 * 1024,
    };

    /// For a message that a job sends; answers to those are short.
    pub const IN_THE_BACKGROUND: Self = Self {
        connect: Duration::from_secs(5),
        answer: Duration::from_secs(15),
        longest: 64 * 1024,
    };
}

/// A request with headers and body of its own.
#[derive(Clone)]
pub struct Request<'a> {
    /// Its method.
    pub method: Method,
    /// Where to.
    pub url: &'a Url,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub body: Vec<u8>,
}

/// What came back.
pub struct Answer {
    /// Its status.
    pub status: StatusCode,
    /// The media type without parameters, in lower case.
    pub media_type: String,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub body: Vec<u8>,
}

impl Http {
    /// A client that believes these certificates. The error is a sentence for the operator.
    #[expect(
        clippy::disallowed_methods,
        reason = "the address is the operator's own word, and may be in the organisation's network"
    )]
    pub fn new(trust: &Trust, limits: Limits) -> Result<Self, String> {
        let builder = Client::builder()
            .redirect(Policy::none())
            .referer(false)
            .no_proxy()
            .connect_timeout(limits.connect)
            .timeout(limits.answer)
            .user_agent(concat!("Moot/", env!("CARGO_PKG_VERSION")));
        let builder = match trust {
            Trust::System => builder,
            Trust::Authorities(path) => builder.tls_certs_only(authorities(path)?),
            Trust::Anybody => builder.tls_danger_accept_invalid_certs(true),
        };
        let client = builder
            .build()
            .map_err(|error| format!("the HTTP client could not be made: {}", causes(&error)))?;
        Ok(Self {
            client,
            longest: limits.longest,
        })
    }

    /// `GET`, with a bearer token if there is one. The error is a sentence for the log.
    pub async fn get(&self, url: &Url, bearer: Option<&str>) -> Result<Answer, String> {
        let request = self.client.get(judged(url)?);
        self.ask(match bearer {
            Some(token) => request.bearer_auth(token),
            None => request,
        })
        .await
    }

    /// `POST` of a form, with a name and secret as HTTP Basic if they are given. The error is a sentence for the log.
    pub async fn post_form(
        &self,
        url: &Url,
        form: String,
        basic: Option<(&str, &str)>,
    ) -> Result<Answer, String> {
        let request = self
            .client
            .post(judged(url)?)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(form);
        self.ask(match basic {
            Some((name, secret)) => request.basic_auth(name, Some(secret)),
            None => request,
        })
        .await
    }

    /// Any other request. The error is a sentence for the log.
    pub async fn send(&self, request: Request<'_>) -> Result<Answer, String> {
        let url = judged(request.url)?;
        self.ask(
            self.client
                .request(request.method, url)
                .headers(request.headers)
                .body(request.body),
        )
        .await
    }

    async fn ask(&self, request: RequestBuilder) -> Result<Answer, String> {
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
            if body.len() + chunk.len() > self.longest {
                return Err("the answer is too long".to_owned());
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Answer {
            status: response.status(),
            media_type: media_type.unwrap_or_default(),
            headers: response.headers().clone(),
            body,
        })
    }
}

fn judged(url: &Url) -> Result<Url, String> {
    if is_safe(url) {
        return Ok(url.clone());
    }
    Err("the address is not https".to_owned())
}

/// An error with all its causes; reqwest's own text names only the first. Addresses are left out: they may hold a
/// secret.
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
    fn a_file_without_a_certificate_is_told() {
        let trust = Trust::Authorities("/dev/null".into());

        let error = Http::new(&trust, Limits::WAITED_FOR).unwrap_err();

        assert!(error.contains("/dev/null"), "{error}");
    }
}
