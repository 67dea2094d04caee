//! Handles, and the documents that connect them with actors (RFC 7033, RFC 6415).

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use quick_xml::events::Event;
use serde_json::Value;

use crate::{Document, Host, json, media_type};

/// Media type of what [`crate::emit::Jrd`] writes.
pub const CONTENT_TYPE: &str = "application/jrd+json; charset=utf-8";

/// `user@host`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Acct {
    /// The name in the case it was written; compared without regard to case.
    pub username: String,
    /// The handle's domain, which need not be the server's.
    pub host: Host,
}

/// Not a handle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a handle")]
pub struct AcctError;

impl Acct {
    /// Reads `user@host`, `@user@host` or `acct:user@host`.
    pub fn parse(text: &str) -> Result<Self, AcctError> {
        let text = text.trim();
        let text = text.strip_prefix("acct:").unwrap_or(text);
        let text = text.strip_prefix('@').unwrap_or(text);
        let (username, host) = text.split_once('@').ok_or(AcctError)?;
        if !is_username(username) {
            return Err(AcctError);
        }
        let host = Host::parse(host).map_err(|_| AcctError)?;
        Ok(Self {
            username: username.to_owned(),
            host,
        })
    }

    /// As a resource of `WebFinger`.
    pub fn to_uri(&self) -> String {
        format!("acct:{}@{}", self.username, self.host)
    }

    /// Whether both are one handle.
    pub fn is_same_as(&self, other: &Self) -> bool {
        self.host == other.host && self.username.eq_ignore_ascii_case(&other.username)
    }
}

impl std::fmt::Display for Acct {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}@{}", self.username, self.host)
    }
}

/// Names as remote servers make them: letters, digits and underscores, with dots and hyphens between, at most 2,048.
pub fn is_username(name: &str) -> bool {
    let word =
        |character: Option<char>| character.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
    name.len() <= 2_048
        && word(name.chars().next())
        && word(name.chars().next_back())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-'))
}

/// A `WebFinger` answer, decoded and not yet believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// What it is about, such as `acct:user@host`.
    pub subject: String,
    /// Id of the actor.
    pub actor: String,
}

/// Why a `WebFinger` answer is useless.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WebFingerError {
    /// No subject: nobody knows whom it is about.
    #[error("the answer has no subject")]
    NoSubject,
    /// No link to an actor.
    #[error("the answer has no link to an actor")]
    NoSelfLink,
}

impl WebFingerError {
    /// The short word for answers and counters.
    pub fn code(self) -> &'static str {
        match self {
            Self::NoSubject => "webfinger_mismatch",
            Self::NoSelfLink => "no_self_link",
        }
    }
}

impl Answer {
    /// Takes the first of the `self` links that has a type of `ActivityPub`: Lemmy lists two.
    pub fn from_document(document: &Document) -> Result<Self, WebFingerError> {
        let subject = json::str_at(document.value(), "subject").ok_or(WebFingerError::NoSubject)?;
        let actor = json::list_at(document.value(), "links")
            .find_map(self_link)
            .ok_or(WebFingerError::NoSelfLink)?;
        Ok(Self {
            subject: subject.to_owned(),
            actor: actor.to_owned(),
        })
    }
}

fn self_link(link: &Value) -> Option<&str> {
    let of_actor = json::str_at(link, "rel") == Some("self")
        && json::str_at(link, "type").is_some_and(media_type::is_activitypub);
    if of_actor {
        json::str_at(link, "href")
    } else {
        None
    }
}

/// Escapes a resource for a query, leaving readable what may stand there.
const QUERY: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b':')
    .remove(b'@')
    .remove(b'/');

/// Where to ask about a resource, at a host.
pub fn query_url(scheme: &str, host: &Host, resource: &str) -> String {
    format!(
        "{scheme}://{host}/.well-known/webfinger?resource={}",
        utf8_percent_encode(resource, QUERY)
    )
}

/// Fills the template of a host-meta document.
pub fn fill_template(template: &str, resource: &str) -> String {
    template.replace("{uri}", &utf8_percent_encode(resource, QUERY).to_string())
}

/// The `WebFinger` template of a host-meta document in XML. Its `type` is not looked at, peers mislabel it.
pub fn lrdd_template(xml: &str) -> Option<String> {
    let mut reader = quick_xml::Reader::from_str(xml);
    loop {
        let element = match reader.read_event().ok()? {
            Event::Start(element) | Event::Empty(element) => element,
            Event::Eof => return None,
            _ => continue,
        };
        if element.local_name().as_ref() != "Link" {
            continue;
        }
        let attribute = |name: &str| {
            let found = element
                .attributes()
                .flatten()
                .find(|attribute| attribute.key.as_ref() == name)?;
            found
                .normalized_value(quick_xml::XmlVersion::Implicit1_0)
                .ok()
                .map(std::borrow::Cow::into_owned)
        };
        if attribute("rel").as_deref() != Some("lrdd") {
            continue;
        }
        if let Some(template) = attribute("template").filter(|template| template.contains("{uri}"))
        {
            return Some(template);
        }
    }
}

/// The `WebFinger` template of a host-meta document in JSON.
pub fn lrdd_template_json(document: &Document) -> Option<String> {
    json::list_at(document.value(), "links")
        .filter(|link| json::str_at(link, "rel") == Some("lrdd"))
        .filter_map(|link| json::str_at(link, "template"))
        .find(|template| template.contains("{uri}"))
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn handles_are_read_with_and_without_marks() {
        for text in [
            "Mia@mastodon.example",
            "@Mia@mastodon.example",
            "acct:Mia@Mastodon.Example",
        ] {
            assert_eq!(
                Acct::parse(text).unwrap().to_uri(),
                "acct:Mia@mastodon.example"
            );
        }
        assert_eq!(Acct::parse("a.b-c_@b.example").unwrap().username, "a.b-c_");
        assert!(
            Acct::parse("Mia@a.example")
                .unwrap()
                .is_same_as(&Acct::parse("mia@A.example").unwrap())
        );
        for bad in [
            "",
            "mia",
            "@mia",
            "mia@",
            "@@a.example",
            "-a@b.example",
            "a.@b.example",
            "a b@c.example",
            "é@c.example",
            "a@b@c.example",
            "a@b/c",
        ] {
            assert_eq!(Acct::parse(bad), Err(AcctError), "{bad}");
        }
    }

    #[test]
    fn the_template_is_found_in_xml_with_any_prefix() {
        let xml = r#"<?xml version="1.0"?><x:XRD xmlns:x="http://docs.oasis-open.org/ns/xri/xrd-1.0">
            <x:Link rel="other" template="no{uri}"/><x:Link rel="lrdd" template="https://a.example/wf?resource={uri}&amp;x=1"/></x:XRD>"#;

        assert_eq!(
            lrdd_template(xml).as_deref(),
            Some("https://a.example/wf?resource={uri}&x=1")
        );
        assert_eq!(lrdd_template("<html>"), None);
        assert_eq!(lrdd_template("not xml"), None);
    }

    #[test]
    fn resources_are_escaped() {
        let host = Host::parse("a.example").unwrap();
        assert_eq!(
            query_url("https", &host, "acct:mia@a.example&x"),
            "https://a.example/.well-known/webfinger?resource=acct:mia@a.example%26x"
        );
        assert_eq!(
            fill_template("https://b.example/{uri}", "acct:a@b"),
            "https://b.example/acct:a@b"
        );
    }
}
