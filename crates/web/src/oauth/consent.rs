//! The page on which a member is asked, and the one that shows a code to copy.

use askama::Template;
use url::Url;

use super::{
    request::{Asked, Request},
    scopes,
};
use crate::pages::Frame;

/// May this app act for you?
#[derive(Template)]
#[template(path = "oauth/consent.html")]
pub(super) struct Consent<'a> {
    pub(super) frame: Frame,
    pub(super) form_token: String,
    pub(super) handle: String,
    pub(super) app_name: &'a str,
    pub(super) website: Option<Website<'a>>,
    pub(super) goes_to: GoesTo,
    pub(super) permissions: Vec<String>,
    pub(super) asked: &'a Asked,
    pub(super) scope: String,
    pub(super) sign_in_as_another: String,
}

/// An app's page, with its host in sight (S27).
pub(super) struct Website<'a> {
    pub(super) url: &'a str,
    pub(super) host: String,
}

/// Where a member is sent after they agree.
pub(super) enum GoesTo {
    /// Nowhere: a code is shown.
    Code,
    /// To this host.
    Host(String),
    /// To the program that opens addresses with this beginning.
    Program(String),
}

/// The code to copy into the app.
#[derive(Template)]
#[template(path = "oauth/code.html")]
pub(super) struct CodePage {
    pub(super) frame: Frame,
    pub(super) code: String,
}

/// Nobody is asked, and the person is told why.
#[derive(Template)]
#[template(path = "oauth/refused.html")]
pub(super) struct RefusedPage {
    pub(super) frame: Frame,
    pub(super) reason: &'static str,
}

impl<'a> Website<'a> {
    /// Only pages of the web are linked to.
    pub(super) fn of(request: &'a Request) -> Option<Self> {
        let url = request.application.website.as_deref()?;
        let parsed = Url::parse(url).ok()?;
        let host = parsed
            .host_str()
            .filter(|_| matches!(parsed.scheme(), "http" | "https"))?;
        Some(Self {
            url,
            host: host.to_owned(),
        })
    }
}

impl GoesTo {
    /// Where this redirect leads, as told to a person.
    pub(super) fn of(redirect_uri: &str) -> Self {
        if redirect_uri == service::auth::OUT_OF_BAND {
            return Self::Code;
        }
        let parsed = Url::parse(redirect_uri).ok();
        let web = parsed
            .as_ref()
            .filter(|url| matches!(url.scheme(), "http" | "https"));
        match (web.and_then(Url::host_str), redirect_uri.split_once(':')) {
            (Some(host), _) => Self::Host(host.to_owned()),
            (None, Some((scheme, _))) => Self::Program(format!("{scheme}:")),
            (None, None) => Self::Program(redirect_uri.to_owned()),
        }
    }
}

/// The permissions asked for, one a line.
pub(super) fn permissions(request: &Request) -> Vec<String> {
    scopes::in_words(&request.scopes)
}
