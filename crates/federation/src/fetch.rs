//! Dereferencing: the one way in which a document of another server becomes something we work with (S04).
//!
//! The type must be ActivityPub's (S05), and the document must call itself by the address it was found under. If it
//! calls itself something else, that address is asked once, and the second answer must agree: nothing is believed
//! about a host on the word of another.

use activitypub::media_type::{ACCEPT, is_activitypub};
use activitypub::{DecodeError, Document, Host, IdError, decode_with_context, parse_id, same_host};
use http::StatusCode;
use std::time::Duration;
use url::Url;

use crate::client::{Answer, ClientError, Signer, UrlRefused, WireError};
use crate::domains;
use crate::run::Run;

/// Why there is no document.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FetchError {
    /// The address cannot be used.
    #[error("not a usable address")]
    BadUrl(#[source] IdError),
    /// The address is ours: what is there, we know ourselves.
    #[error("the address is our own")]
    Ours,
    /// There is no exchange with that server.
    #[error("the server is blocked")]
    Blocked,
    /// The client refused, or nobody answered.
    #[error("the request failed")]
    Client(#[from] ClientError),
    /// 404 or 410.
    #[error("the document is gone")]
    Gone,
    /// Another status than 200.
    #[error("the server answered {status}")]
    Status {
        /// The status.
        status: StatusCode,
        /// How long it asks us to wait.
        retry_after: Option<Duration>,
    },
    /// Not a type of ActivityPub.
    #[error("the answer is not ActivityPub")]
    ContentType,
    /// Not a document we read.
    #[error("the answer cannot be read")]
    Decode(#[from] DecodeError),
    /// The document has no id.
    #[error("the document has no id")]
    MissingId,
    /// The document calls itself something else, and the other address does not confirm it.
    #[error("the document's id is not its address")]
    IdMismatch,
    /// The budget of the work is spent.
    #[error("too many requests for one piece of work")]
    Budget,
    /// An operation of ours failed.
    #[error(transparent)]
    Service(#[from] service::Error),
}

impl FetchError {
    /// The short word for answers and counters.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Ours => "ours",
            Self::Blocked => "domain_blocked",
            Self::Client(
                ClientError::Url(UrlRefused::PrivateAddress)
                | ClientError::Wire(WireError::PrivateAddress),
            ) => "private_address",
            Self::BadUrl(_) | Self::Client(ClientError::Url(_)) => "bad_url",
            Self::Client(ClientError::Wire(WireError::TooLarge)) => "too_large",
            Self::Client(_) => "unreachable",
            Self::Gone => "gone",
            Self::Status { .. } => "status",
            Self::ContentType => "bad_content_type",
            Self::Decode(error) => error.code(),
            Self::MissingId => "missing_id",
            Self::IdMismatch => "id_mismatch",
            Self::Budget => "too_many_fetches",
            Self::Service(_) => "internal",
        }
    }

    /// Whether asking again later may help.
    pub(crate) fn is_passing(&self) -> bool {
        match self {
            Self::Client(error) => error.is_passing(),
            Self::Status { status, .. } => is_passing(*status),
            Self::Service(error) => matches!(
                error,
                service::Error::Unavailable { .. } | service::Error::Internal(_)
            ),
            _ => false,
        }
    }
}

/// Statuses after which it makes sense to ask again.
pub(crate) fn is_passing(status: StatusCode) -> bool {
    matches!(status.as_u16(), 401 | 408 | 429)
        || (status.is_server_error() && status != StatusCode::NOT_IMPLEMENTED)
}

/// A document, and the id under which it may be believed.
#[derive(Debug)]
pub(crate) struct Fetched {
    pub(crate) id: String,
    pub(crate) document: Document,
}

/// Fetches the document with this id.
pub(crate) async fn document(run: &Run<'_>, id: &str) -> Result<Fetched, FetchError> {
    let (document, is_confirmed) = once(run, id).await?;
    let named = document.id().ok_or(FetchError::MissingId)?.to_owned();
    if is_confirmed {
        return Ok(Fetched {
            id: named,
            document,
        });
    }
    let (document, is_confirmed) = once(run, &named).await?;
    if is_confirmed && document.id() == Some(named.as_str()) {
        Ok(Fetched {
            id: named,
            document,
        })
    } else {
        Err(FetchError::IdMismatch)
    }
}

/// Fetches a document that need not be found under its own id, such as a key or a page of a collection. Only to be
/// followed, never to be believed.
pub(crate) async fn pointer(run: &Run<'_>, url: &str) -> Result<Document, FetchError> {
    once(run, url).await.map(|(document, _)| document)
}

async fn once(run: &Run<'_>, id: &str) -> Result<(Document, bool), FetchError> {
    let url = judge(run, id).await?;
    let signer = run.edge.instance_signer(run.app).await?;
    let answer = ask(run, &url, ACCEPT, Some(&signer)).await?;
    let document = read(&answer)?;
    let is_confirmed = document
        .id()
        .is_some_and(|named| is_address(named, &url, &answer.url));
    Ok((document, is_confirmed))
}

/// Whether a document may call itself `named` when `asked` was asked and `found` answered. After a redirect to another
/// host only that host's own names count: an open redirect would speak for its host otherwise (S03).
fn is_address(named: &str, asked: &Url, found: &Url) -> bool {
    let Ok(mut named_url) = parse_id(named) else {
        return false;
    };
    named_url.set_fragment(None);
    named_url == *found || (named_url == *asked && Host::of(asked) == Host::of(found))
}

/// The address, if it may be asked.
pub(crate) async fn judge(run: &Run<'_>, id: &str) -> Result<Url, FetchError> {
    let mut url = parse_id(id).map_err(FetchError::BadUrl)?;
    url.set_fragment(None);
    let host = Host::of(&url).ok_or(FetchError::BadUrl(IdError::NoHost))?;
    if domains::is_ours(run.app, &host) {
        return Err(FetchError::Ours);
    }
    if domains::is_blocked(run.app, &host).await? {
        return Err(FetchError::Blocked);
    }
    Ok(url)
}

/// Asks, within the budget, and wants success.
pub(crate) async fn ask(
    run: &Run<'_>,
    url: &Url,
    accept: &'static str,
    signer: Option<&Signer>,
) -> Result<Answer, FetchError> {
    if !run.may_ask() {
        return Err(FetchError::Budget);
    }
    let answer = run.edge.client.get(url, accept, signer).await?;
    if Host::of(&answer.url) != Host::of(url) {
        // A redirect is no way round our own decisions.
        judge(run, answer.url.as_str()).await?;
    }
    match answer.status {
        StatusCode::OK => Ok(answer),
        StatusCode::NOT_FOUND | StatusCode::GONE => Err(FetchError::Gone),
        status => Err(FetchError::Status {
            status,
            retry_after: answer.retry_after(),
        }),
    }
}

fn read(answer: &Answer) -> Result<Document, FetchError> {
    if !is_activitypub(answer.content_type()) {
        return Err(FetchError::ContentType);
    }
    Ok(decode_with_context(&answer.body)?)
}

/// Reads what was found at an address a member pasted: the document, or where the page says it is. The other address
/// must lie on the same host.
pub(crate) async fn pasted(run: &Run<'_>, pasted: &str) -> Result<Fetched, FetchError> {
    const ACCEPT_PAGES: &str = concat!(
        "application/activity+json, application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\", ",
        "text/html;q=0.1"
    );
    let url = judge(run, pasted).await?;
    let signer = run.edge.instance_signer(run.app).await?;
    let answer = ask(run, &url, ACCEPT_PAGES, Some(&signer)).await?;
    let next = if is_activitypub(answer.content_type()) {
        let document = read(&answer)?;
        let named = document.id().ok_or(FetchError::MissingId)?.to_owned();
        if is_address(&named, &url, &answer.url) {
            return Ok(Fetched {
                id: named,
                document,
            });
        }
        named
    } else {
        let alternate = alternate(&answer).ok_or(FetchError::ContentType)?;
        if !same_host(&alternate, answer.url.as_str()) {
            return Err(FetchError::IdMismatch);
        }
        alternate
    };
    document(run, &next).await
}

/// Where a page says its document is: a `Link` header, or a `<link>` in its head.
fn alternate(answer: &Answer) -> Option<String> {
    let from_header = answer
        .headers
        .get_all(http::header::LINK)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .find_map(link_header);
    let found = from_header.or_else(|| {
        let is_page = answer
            .content_type()
            .trim_start()
            .to_ascii_lowercase()
            .starts_with("text/html");
        if is_page {
            link_element(&String::from_utf8_lossy(&answer.body))
        } else {
            None
        }
    })?;
    answer.url.join(&found).ok().map(String::from)
}

fn link_header(link: &str) -> Option<String> {
    let (address, parameters) = link.trim().strip_prefix('<')?.split_once('>')?;
    let lower = parameters.to_ascii_lowercase();
    let is_alternate = lower.contains("rel=\"alternate\"") || lower.contains("rel=alternate");
    (is_alternate && names_activitypub(&lower)).then(|| address.to_owned())
}

fn link_element(page: &str) -> Option<String> {
    let mut rest = page;
    while let Some(start) = find_ignoring_case(rest, "<link") {
        let element = &rest[start + 5..];
        let end = element.find('>')?;
        let (inside, after) = element.split_at(end);
        rest = after;
        if attribute(inside, "rel").is_some_and(|rel| rel.eq_ignore_ascii_case("alternate"))
            && attribute(inside, "type").is_some_and(|kind| names_activitypub(&kind))
        {
            return attribute(inside, "href").filter(|href| !href.is_empty());
        }
    }
    None
}

fn names_activitypub(text: &str) -> bool {
    text.contains("application/activity+json") || text.contains("application/ld+json")
}

fn find_ignoring_case(text: &str, wanted: &str) -> Option<usize> {
    text.as_bytes()
        .windows(wanted.len())
        .position(|window| window.eq_ignore_ascii_case(wanted.as_bytes()))
}

/// An attribute's value, with the escapes that stand in addresses undone.
fn attribute(element: &str, name: &str) -> Option<String> {
    let mut from = 0;
    loop {
        let at = from + find_ignoring_case(element.get(from..)?, name)?;
        let before = element[..at].chars().next_back();
        let after = element[at + name.len()..].trim_start();
        from = at + name.len();
        if !before.is_none_or(char::is_whitespace) {
            continue;
        }
        let Some(value) = after.strip_prefix('=').map(str::trim_start) else {
            continue;
        };
        let value = match value.chars().next()? {
            quote @ ('"' | '\'') => value[1..].split(quote).next()?,
            _ => value.split([' ', '\t', '\n', '/']).next()?,
        };
        return Some(value.replace("&amp;", "&").replace("&quot;", "\""));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn a_document_is_believed_under_the_address_it_was_found_at() {
        let asked = url("https://a.example/users/x");
        assert!(is_address("https://a.example/users/x", &asked, &asked));
        assert!(is_address(
            "https://a.example/users/y",
            &asked,
            &url("https://a.example/users/y")
        ));
        assert!(!is_address("https://a.example/users/y", &asked, &asked));
    }

    #[test]
    fn an_open_redirect_does_not_speak_for_its_host() {
        let asked = url("https://victim.example/away?to=evil");
        let found = url("https://evil.example/n");
        assert!(!is_address(
            "https://victim.example/away?to=evil",
            &asked,
            &found
        ));
        assert!(is_address("https://evil.example/n", &asked, &found));
    }

    #[test]
    fn a_page_tells_where_its_document_is() {
        let page = r#"<html><head><LINK href='/x.css' rel=stylesheet>
            <link href="https://a.example/n?x=1&amp;y=2" rel="alternate" type="application/activity+json"></head>"#;
        assert_eq!(
            link_element(page).as_deref(),
            Some("https://a.example/n?x=1&y=2")
        );
        assert_eq!(
            link_element("<link rel=alternate type=application/rss+xml href=/feed>"),
            None
        );
        let header = r#"<https://a.example/n>; rel="alternate"; type="application/activity+json""#;
        assert_eq!(link_header(header).as_deref(), Some("https://a.example/n"));
    }
}
