//! An OpenID Connect provider.
//!
//! The code flow with PKCE (RFC 7636), state and nonce, always all three, whatever the provider asks for. Sources:
//! OpenID Connect Core 1.0, Discovery 1.0, Back-Channel Logout 1.0, RP-Initiated Logout 1.0, RFC 9207.
//!
//! A person is their `sub` at this issuer; names and addresses are only told along (S47).

mod claims;
mod code;
mod keys;
mod logout;
mod provider;
mod settings;
mod token;

use outgoing::{Http, Limits, Trust};
use time::OffsetDateTime;
use url::Url;

use crate::{DEADLINE, Identity, Unrecognised, callback::Spent};
use provider::Provider;

pub use code::{Answer, Pending, Start};
pub use logout::LoggedOut;
pub use settings::{ClientAuth, Endpoints, Settings};

/// The path under which people come back; Mastodon's, so that the provider's registration stays as it is.
pub const CALLBACK: &str = "/auth/auth/openid_connect/callback";

/// An OpenID Connect provider.
#[derive(Debug)]
pub struct Oidc {
    settings: Settings,
    callback: Url,
    http: Http,
    provider: Provider,
    spent: Spent,
}

/// Somebody the provider has recognised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recognised {
    /// Who it is.
    pub identity: Identity,
    /// The provider's name of their session there, by which it may end ours.
    pub session: Option<String>,
}

impl Oidc {
    /// A provider, seen from the server at `web` (its address without a path). Nothing is asked of the provider yet:
    /// a server starts while its provider is away. The error is a sentence for the operator.
    pub fn new(settings: Settings, web: &Url) -> Result<Self, String> {
        let ours = web
            .join(CALLBACK)
            .map_err(|error| format!("the server's own address cannot be used: {error}"))?;
        let callback = settings
            .redirect_uri
            .clone()
            .unwrap_or_else(|| ours.clone());
        if callback.origin() != ours.origin() || callback.path() != CALLBACK {
            return Err(format!("OIDC_REDIRECT_URI must be {ours}"));
        }
        let trust = match &settings.ca_file {
            Some(path) => Trust::Authorities(path.clone()),
            None => Trust::System,
        };
        let http = Http::new(&trust, Limits::WAITED_FOR)
            .map_err(|reason| format!("MOOT_OIDC_CA_FILE: {reason}"))?;
        Ok(Self {
            provider: Provider::new(&settings),
            spent: Spent::none(),
            settings,
            callback,
            http,
        })
    }

    /// What stands on the button.
    pub fn display_name(&self) -> &str {
        let name = self.settings.display_name.as_deref();
        name.unwrap_or("OpenID Connect")
    }

    /// The issuer; also the source of its people's identities.
    pub fn issuer(&self) -> &str {
        &self.settings.issuer
    }

    /// Where a browser goes to sign in, and what it has to bring back.
    pub async fn start(&self, now: OffsetDateTime) -> Result<Start, Unrecognised> {
        within(async {
            let endpoints = self.provider.endpoints(&self.http, now).await?;
            Ok(code::start(&self.settings, &self.callback, &endpoints))
        })
        .await
    }

    /// Who came back. `pending` is what [`Self::start`] gave this very browser; it is good for one answer.
    pub async fn finish(
        &self,
        pending: &Pending,
        answer: &Answer<'_>,
        now: OffsetDateTime,
    ) -> Result<Recognised, Unrecognised> {
        code::check(pending, answer, &self.settings.issuer)?;
        if !self.spent.is_first_use(pending.state()) {
            return Err(Unrecognised::Spent);
        }
        let code = code::granted(answer)?;
        within(self.redeem(pending, code, now)).await
    }

    /// Whose sessions the provider has ended, by the token it sent behind people's backs.
    pub async fn logged_out(
        &self,
        token: &str,
        now: OffsetDateTime,
    ) -> Result<LoggedOut, Unrecognised> {
        let expected = self.expected(now);
        let claims = within(self.provider.verified(&self.http, token, now)).await?;
        let logged_out = logout::check(&claims, &expected).map_err(untrue)?;
        if !self.spent.is_first_use(&logged_out.id) {
            return Err(Unrecognised::Spent);
        }
        Ok(logged_out)
    }

    /// Whether signing out here leads on to signing out there (`OIDC_IDP_LOGOUT_REDIRECT_URI`).
    pub fn ends_sessions_there(&self) -> bool {
        self.settings.logout_redirect_uri.is_some()
    }

    /// Where a browser goes after signing out here, to sign out there too: only when the operator named the place to
    /// come back to (`OIDC_IDP_LOGOUT_REDIRECT_URI`) and the provider can do it.
    pub async fn sign_out_address(&self, now: OffsetDateTime) -> Option<Url> {
        let back = self.settings.logout_redirect_uri.as_ref()?;
        let endpoints = within(self.provider.endpoints(&self.http, now))
            .await
            .ok()?;
        let mut address = endpoints.end_session.clone()?;
        address
            .query_pairs_mut()
            .append_pair("client_id", &self.settings.client_id)
            .append_pair("post_logout_redirect_uri", back);
        Some(address)
    }

    async fn redeem(
        &self,
        pending: &Pending,
        code: &str,
        now: OffsetDateTime,
    ) -> Result<Recognised, Unrecognised> {
        let endpoints = self.provider.endpoints(&self.http, now).await?;
        let tokens = code::redeem(self.as_client(), &endpoints, pending, code).await?;
        let verified = self
            .provider
            .verified(&self.http, &tokens.id_token, now)
            .await?;
        token::check_id(&verified, &self.expected(now), pending.nonce()).map_err(untrue)?;
        let told = match &endpoints.userinfo {
            Some(userinfo) => {
                claims::user_info(&self.http, userinfo, &tokens.access_token, &verified).await?
            }
            None => verified.claims,
        };
        claims::recognise(&self.settings, &told)
    }

    fn as_client(&self) -> code::Client<'_> {
        code::Client {
            settings: &self.settings,
            callback: &self.callback,
            http: &self.http,
        }
    }

    fn expected(&self, now: OffsetDateTime) -> token::Expected<'_> {
        token::Expected {
            issuer: &self.settings.issuer,
            client_id: &self.settings.client_id,
            now,
        }
    }
}

fn untrue(problem: token::Untrue) -> Unrecognised {
    Unrecognised::Untrue(problem.to_string())
}

/// All questions of one try together have one deadline.
async fn within<T>(
    asking: impl Future<Output = Result<T, Unrecognised>>,
) -> Result<T, Unrecognised> {
    let answer = tokio::time::timeout(DEADLINE, asking).await;
    answer.unwrap_or_else(|_| {
        let seconds = DEADLINE.as_secs();
        Err(Unrecognised::Unavailable(format!(
            "no answer within {seconds} seconds"
        )))
    })
}

#[cfg(test)]
mod tests;
