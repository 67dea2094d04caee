//! The names this server is known by: part of every handle and every URL, and therefore fixed at the first start.

use super::domain::Authority;
use super::profile::{Profile, is_local};
use super::reader::Reader;
use super::table::{Kind, Section, accept, map, no_op};

/// The chapter of the table.
pub const SECTION: Section = Section {
    title: "Identity of the server",
    introduction: "`LOCAL_DOMAIN` and `WEB_DOMAIN` are stored in the database at the first start; a later difference refuses to start, \
                   since other servers know everybody here by these names. In the demo and test profiles both must be `localhost`, `*.localhost`, `*.test`, `*.example` or a loopback address.",
    variables: &[
        accept("LOCAL_DOMAIN", Kind::Text, "", "Domain of handles (`@name@DOMAIN`). Required in production; `localhost:PORT` in the demo and test profiles."),
        accept("WEB_DOMAIN", Kind::Text, "", "Host of web and ActivityPub URLs, when it differs from `LOCAL_DOMAIN`, which must then redirect `/.well-known/webfinger` here."),
        accept("ALTERNATE_DOMAINS", Kind::List(','), "", "Further host names treated as this server."),
        accept("LOCAL_HTTPS", Kind::Boolean, "", "In the demo and test profiles: a TLS proxy stands in front, URLs are `https://`. In production URLs are always `https://`."),
        accept("SINGLE_USER_MODE", Kind::Boolean, "", "The front page is the first profile.").with("the front page's choices"),
        accept("DEFAULT_LOCALE", Kind::Text, "en", "Language of the pages for visitors whose browser names none.").with("translations"),
        accept("FORCE_DEFAULT_LOCALE", Kind::Boolean, "", "The browser's language is not asked.").with("translations"),
        accept("DEEPL_API_KEY", Kind::Text, "", "Translation of posts by DeepL.").secret().with("translation of posts"),
        accept("DEEPL_PLAN", Kind::Text, "free", "Which DeepL service the key is for.").with("translation of posts"),
        accept("LIBRE_TRANSLATE_ENDPOINT", Kind::Text, "", "Translation of posts by a LibreTranslate server.").with("translation of posts"),
        accept("LIBRE_TRANSLATE_API_KEY", Kind::Text, "", "Its key.").secret().with("translation of posts"),
        map("SELF_DESTRUCT", Kind::Text, "", "Telling other servers that all accounts are deleted takes the board's decision, then `moot federation self-destruct`.").secret().with("the end of a server"),
        accept("DISABLE_EMAIL_SUBSCRIPTIONS", Kind::Boolean, "", "Nobody may subscribe to a profile by e-mail.").with("subscriptions by e-mail"),
        no_op("EXPERIMENTAL_FEATURES", "Moot has no features behind this switch."),
        no_op("UPDATE_CHECK_URL", "Moot asks nobody about updates."),
        no_op("DONATION_CAMPAIGNS_*", "Moot shows no donation campaigns."),
    ],
};

/// The names this server is known by.
#[derive(Debug, Clone)]
pub struct Identity {
    /// Domain of handles.
    pub local_domain: Authority,
    /// Host of URLs.
    pub web_domain: Authority,
    /// Further names that mean this server.
    pub alternate_domains: Vec<Authority>,
    /// Whether URLs start with `https://`.
    pub scheme: Scheme,
}

/// How URLs start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// `http://`, `ws://`: demo and test only.
    Http,
    /// `https://`, `wss://`.
    Https,
}

impl Identity {
    /// The start of every URL, without a slash at its end.
    pub fn web_url(&self) -> String {
        let scheme = match self.scheme {
            Scheme::Http => "http",
            Scheme::Https => "https",
        };
        format!("{scheme}://{}", self.web_domain)
    }

    /// Every name that means this server.
    pub fn names(&self) -> impl Iterator<Item = &Authority> {
        [&self.local_domain, &self.web_domain]
            .into_iter()
            .chain(&self.alternate_domains)
    }
}

/// Reads the names; `port` is where the server listens, for the default of the demo.
pub(super) fn read(reader: &mut Reader<'_>, profile: Profile, port: u16) -> Identity {
    let local_domain = authority(reader, "LOCAL_DOMAIN");
    let has_domain = reader.text("LOCAL_DOMAIN").is_some();
    if profile == Profile::Production && !has_domain {
        reader.error("LOCAL_DOMAIN is required in production: the domain of handles, such as club.example. To try Moot out, set MOOT_PROFILE=demo");
    }
    let local_domain = local_domain.unwrap_or_else(|| Authority::localhost(port));
    let web_domain = authority(reader, "WEB_DOMAIN").unwrap_or_else(|| local_domain.clone());
    let mut alternate_domains = Vec::new();
    for text in reader.list("ALTERNATE_DOMAINS") {
        match text.parse() {
            Ok(domain) => alternate_domains.push(domain),
            Err(error) => reader.error(format!("each of ALTERNATE_DOMAINS {error}")),
        }
    }
    let scheme = match (profile, reader.boolean("LOCAL_HTTPS")) {
        (Profile::Production, _) | (_, true) => Scheme::Https,
        (_, false) => Scheme::Http,
    };
    let identity = Identity {
        local_domain,
        web_domain,
        alternate_domains,
        scheme,
    };
    if is_local(profile) {
        for name in identity
            .names()
            .filter(|name| !name.is_reserved_for_tests())
        {
            reader.error(format!(
                "the {} profile takes only localhost, *.localhost, *.test, *.example and loopback addresses as domains, not {name}",
                profile.as_str()
            ));
        }
    }
    identity
}

fn authority(reader: &mut Reader<'_>, name: &'static str) -> Option<Authority> {
    let text = reader.text(name)?;
    match text.parse() {
        Ok(authority) => Some(authority),
        Err(error) => {
            reader.error(format!("{name} {error}"));
            None
        }
    }
}
