//! Signing in through `OpenID` Connect.

mod variables;

use std::path::PathBuf;

use model::member::Office;
use secrecy::SecretString;
use signin::{
    is_safe,
    oidc::{ClientAuth, Endpoints, Settings},
};
use url::Url;

use crate::config::reader::Reader;

pub use variables::SECTION;

/// What the variables say, all of them read before any is judged.
struct Said {
    is_enabled: bool,
    issuer: Option<String>,
    client_id: Option<String>,
    client_secret: Option<SecretString>,
    auth_method: String,
    response_type: String,
    response_mode: String,
    redirect_uri: Option<String>,
    scheme: String,
    host: Option<String>,
    port: Option<u16>,
    endpoints: [(&'static str, Option<String>); 5],
}

/// The provider, if there is one.
pub fn read(reader: &mut Reader<'_>) -> Option<Settings> {
    // Done whatever they say.
    reader.boolean("OIDC_USE_PKCE");
    reader.boolean("OIDC_SEND_NONCE");
    let said = Said {
        is_enabled: reader.boolean("OIDC_ENABLED"),
        issuer: reader.text("OIDC_ISSUER"),
        client_id: reader.text("OIDC_CLIENT_ID"),
        client_secret: reader.secret("OIDC_CLIENT_SECRET"),
        auth_method: reader.text("OIDC_CLIENT_AUTH_METHOD").unwrap_or_default(),
        response_type: reader.text("OIDC_RESPONSE_TYPE").unwrap_or_default(),
        response_mode: reader.text("OIDC_RESPONSE_MODE").unwrap_or_default(),
        redirect_uri: reader.text("OIDC_REDIRECT_URI"),
        scheme: reader.text("OIDC_HTTP_SCHEME").unwrap_or_default(),
        host: reader.text("OIDC_HOST"),
        port: reader
            .text_if_set("OIDC_PORT")
            .and_then(|port| port.parse().ok()),
        endpoints: [
            "OIDC_AUTH_ENDPOINT",
            "OIDC_TOKEN_ENDPOINT",
            "OIDC_USER_INFO_ENDPOINT",
            "OIDC_JWKS_URI",
            "OIDC_END_SESSION_ENDPOINT",
        ]
        .map(|name| (name, reader.text(name))),
    };
    let settings = Settings {
        display_name: reader.text("OIDC_DISPLAY_NAME"),
        issuer: said.issuer.clone().unwrap_or_default(),
        client_id: said.client_id.clone().unwrap_or_default(),
        client_secret: said.client_secret.clone().unwrap_or_default(),
        client_auth: ClientAuth::Basic,
        discovery: reader.boolean("OIDC_DISCOVERY"),
        endpoints: Endpoints::default(),
        redirect_uri: None,
        scopes: reader.list("OIDC_SCOPE"),
        repeats_scope: reader.boolean("OIDC_SEND_SCOPE_TO_TOKEN_ENDPOINT"),
        prompt: reader.text("OIDC_PROMPT"),
        display: reader.text("OIDC_DISPLAY"),
        uid_field: reader.text("OIDC_UID_FIELD").unwrap_or_default(),
        logout_redirect_uri: reader.text("OIDC_IDP_LOGOUT_REDIRECT_URI"),
        assume_email_is_verified: reader.boolean("OIDC_SECURITY_ASSUME_EMAIL_IS_VERIFIED"),
        groups_claim: reader.text("MOOT_OIDC_GROUPS_CLAIM").unwrap_or_default(),
        ca_file: reader.text("MOOT_OIDC_CA_FILE").map(PathBuf::from),
    };
    said.is_enabled.then(|| judged(reader, &said, settings))
}

/// Which groups of the provider make eligible for what.
pub fn offices(reader: &mut Reader<'_>) -> Vec<(String, Office)> {
    let mut offices = Vec::new();
    for pair in reader.list("MOOT_OIDC_ROLE_MAP") {
        let read = pair.rsplit_once('=').and_then(|(group, word)| {
            let office = Office::from_word(word.trim())?;
            let group = group.trim();
            (!group.is_empty()).then(|| (group.to_owned(), office))
        });
        match read {
            Some(pair) => offices.push(pair),
            None => reader.error(format!(
                "MOOT_OIDC_ROLE_MAP: \"{pair}\" is not GROUP=OFFICE with candidate, board or operator"
            )),
        }
    }
    offices
}

fn judged(reader: &mut Reader<'_>, said: &Said, settings: Settings) -> Settings {
    for (name, is_missing) in [
        ("OIDC_ISSUER", said.issuer.is_none()),
        ("OIDC_CLIENT_ID", said.client_id.is_none()),
        ("OIDC_CLIENT_SECRET", said.client_secret.is_none()),
    ] {
        if is_missing {
            reader.error(format!("OIDC_ENABLED needs {name}"));
        }
    }
    if said.response_type != "code" {
        reader.error("OIDC_RESPONSE_TYPE must be code");
    }
    if said.response_mode != "query" {
        reader.error(
            "OIDC_RESPONSE_MODE must be query: with other modes browsers do not bring the cookie along that shows who began",
        );
    }
    let client_auth = match said.auth_method.as_str() {
        "basic" | "client_secret_basic" => ClientAuth::Basic,
        "post" | "client_secret_post" => ClientAuth::Post,
        _ => {
            reader.error(
                "OIDC_CLIENT_AUTH_METHOD must be basic or post: Moot shows a secret, and signs nothing towards the provider",
            );
            ClientAuth::Basic
        }
    };
    let issuer = said
        .issuer
        .as_ref()
        .and_then(|issuer| Url::parse(issuer).ok());
    if said.issuer.is_some() && !issuer.as_ref().is_some_and(is_safe) {
        reader.error("OIDC_ISSUER must be an address with https");
    }
    let redirect_uri = said.redirect_uri.as_ref().and_then(|text| {
        let uri = Url::parse(text).ok();
        if uri.is_none() {
            reader.error("OIDC_REDIRECT_URI must be an address");
        }
        uri
    });
    Settings {
        client_auth,
        endpoints: endpoints(reader, said, issuer.as_ref(), settings.discovery),
        redirect_uri,
        ..settings
    }
}

/// The addresses that are given, those without a host at the host that is given, or else the issuer's.
fn endpoints(
    reader: &mut Reader<'_>,
    said: &Said,
    issuer: Option<&Url>,
    discovery: bool,
) -> Endpoints {
    let base = match &said.host {
        Some(host) => {
            let port = said.port.map(|port| format!(":{port}")).unwrap_or_default();
            Url::parse(&format!("{}://{host}{port}/", said.scheme)).ok()
        }
        None => issuer.cloned(),
    };
    let mut given = said.endpoints.iter().map(|(name, text)| {
        let text = text.as_ref()?;
        let url = match &base {
            Some(base) => base.join(text).ok(),
            None => Url::parse(text).ok(),
        };
        let url = url.filter(is_safe);
        if url.is_none() {
            reader.error(format!("{name} must be an address with https, or a path"));
        }
        url
    });
    let mut next = || given.next().flatten();
    let endpoints = Endpoints {
        authorization: next(),
        token: next(),
        userinfo: next(),
        jwks: next(),
        end_session: next(),
    };
    if !discovery {
        for name in ["OIDC_AUTH_ENDPOINT", "OIDC_TOKEN_ENDPOINT", "OIDC_JWKS_URI"] {
            let is_missing = said
                .endpoints
                .iter()
                .any(|(given, text)| *given == name && text.is_none());
            if is_missing {
                reader.error(format!(
                    "OIDC_ENABLED needs {name}, or OIDC_DISCOVERY=true to ask the provider for it"
                ));
            }
        }
    }
    endpoints
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::layers::Layers;

    const BASE: [(&str, &str); 5] = [
        ("OIDC_ENABLED", "true"),
        ("OIDC_ISSUER", "https://sso.club.example/realm"),
        ("OIDC_DISCOVERY", "true"),
        ("OIDC_CLIENT_ID", "moot"),
        ("OIDC_CLIENT_SECRET", "hunter2hunter2"),
    ];

    fn read_with(more: &[(&str, &str)]) -> (Option<Settings>, String) {
        let mut pairs: Vec<_> = BASE
            .into_iter()
            .filter(|(name, _)| !more.iter().any(|(other, _)| other == name))
            .collect();
        pairs.extend(more.iter().copied());
        let layers = Layers::of(&pairs);
        let mut reader = Reader::new(&layers);
        let settings = read(&mut reader);
        (settings, reader.finish().to_string())
    }

    #[test]
    fn a_provider_that_tells_of_itself_needs_four_settings() {
        let (settings, report) = read_with(&[]);

        let settings = settings.unwrap();
        assert_eq!(report, "");
        assert_eq!(settings.scopes, ["openid", "profile", "email"]);
        assert_eq!(settings.uid_field, "preferred_username");
        assert!(!format!("{settings:?}").contains("hunter2"));
    }

    #[test]
    fn nothing_is_judged_while_it_is_off() {
        let (settings, report) = read_with(&[
            ("OIDC_ENABLED", "false"),
            ("OIDC_CLIENT_AUTH_METHOD", "jwt_bearer"),
            ("OIDC_ISSUER", "nowhere"),
        ]);

        assert!(settings.is_none());
        assert_eq!(report, "");
    }

    #[test]
    fn addresses_may_be_paths_at_a_host() {
        let (settings, report) = read_with(&[
            ("OIDC_DISCOVERY", "false"),
            ("OIDC_HOST", "login.club.example"),
            ("OIDC_PORT", "8443"),
            ("OIDC_AUTH_ENDPOINT", "/authorize"),
            ("OIDC_TOKEN_ENDPOINT", "https://other.club.example/token"),
            ("OIDC_JWKS_URI", "/jwk"),
        ]);

        let endpoints = settings.unwrap().endpoints;
        assert_eq!(report, "");
        assert_eq!(
            endpoints.authorization.unwrap().as_str(),
            "https://login.club.example:8443/authorize"
        );
        assert_eq!(
            endpoints.token.unwrap().as_str(),
            "https://other.club.example/token"
        );
        assert!(endpoints.userinfo.is_none());
    }

    #[test]
    fn what_cannot_work_is_said_at_the_start() {
        for (name, value, words) in [
            ("OIDC_ISSUER", "", "needs OIDC_ISSUER"),
            ("OIDC_ISSUER", "http://sso.club.example", "https"),
            ("OIDC_CLIENT_AUTH_METHOD", "jwt_bearer", "basic or post"),
            ("OIDC_RESPONSE_MODE", "form_post", "query"),
            ("OIDC_RESPONSE_TYPE", "id_token", "code"),
            ("OIDC_DISCOVERY", "false", "OIDC_JWKS_URI"),
            (
                "OIDC_TOKEN_ENDPOINT",
                "http://sso.club.example/token",
                "OIDC_TOKEN_ENDPOINT",
            ),
        ] {
            let (_, report) = read_with(&[(name, value)]);

            assert!(report.contains(words), "{name}={value}: {report}");
        }
    }

    #[test]
    fn groups_lead_to_offices() {
        let layers = Layers::of(&[(
            "MOOT_OIDC_ROLE_MAP",
            "moderation=candidate; cn=a,dc=b=board",
        )]);
        let mut reader = Reader::new(&layers);

        let offices = offices(&mut reader);

        assert_eq!(
            offices,
            [
                ("moderation".to_owned(), Office::Candidate),
                ("cn=a,dc=b".to_owned(), Office::Board)
            ]
        );
        assert!(!reader.finish().has_errors());
        let layers = Layers::of(&[("MOOT_OIDC_ROLE_MAP", "everybody=king")]);
        let mut reader = Reader::new(&layers);
        super::offices(&mut reader);
        assert!(reader.finish().to_string().contains("everybody=king"));
    }
}
