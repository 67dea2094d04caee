//! Challenges to passkeys. What the library keeps between challenge and answer stays here, is good for five minutes
//! and one answer, and is tied to the browser that was given the challenge.

use std::fmt;

use aws_lc_rs::digest::{SHA256, digest};
use model::AccountId;
use serde::{Serialize, de::DeserializeOwned};
use time::Duration;
use webauthn_rs::prelude::{Url, Webauthn, WebauthnBuilder};

use crate::{App, Error, Result};

/// For so long a challenge can be answered.
const LASTS: Duration = Duration::minutes(5);

/// A value that only one browser has, such as what belongs to its cookie. Kept as a hash.
#[derive(Clone, Copy)]
pub struct BrowserTie<'a>(pub &'a str);

impl fmt::Debug for BrowserTie<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BrowserTie(…)")
    }
}

impl BrowserTie<'_> {
    fn hash(self) -> Vec<u8> {
        digest(&SHA256, self.0.as_bytes()).as_ref().to_vec()
    }
}

/// What a passkey is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// To be added.
    Add,
    /// To show that a known member sits there.
    Show,
    /// To say who sits there.
    SignIn,
}

impl Purpose {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Show => "show",
            Self::SignIn => "sign_in",
        }
    }
}

/// Us, as authenticators know us: by the host of our URLs.
pub(super) fn party(app: &App) -> Result<Webauthn> {
    let origin = Url::parse(app.urls.base()).map_err(Error::internal)?;
    let Some(host) = origin.domain() else {
        return Err(Error::Forbidden(
            "Passkeys need a server that is known by a name".into(),
        ));
    };
    WebauthnBuilder::new(host, &origin)
        .map(|builder| builder.rp_name(&app.settings.presentation.title))
        .and_then(WebauthnBuilder::build)
        .map_err(Error::internal)
}

/// Keeps what the library wants back with the answer.
pub(super) async fn start(
    app: &App,
    tie: BrowserTie<'_>,
    purpose: Purpose,
    account: Option<AccountId>,
    state: &(impl Serialize + Sync),
) -> Result<()> {
    let state = serde_json::to_value(state).map_err(Error::internal)?;
    let row = db::second_factor::NewCeremony {
        browser_hash: &tie.hash(),
        purpose: purpose.as_str(),
        account_id: account,
        state: &state,
        expires_at: app.clock.now() + LASTS,
    };
    let mut connection = app.db.acquire().await?;
    Ok(db::second_factor::start_ceremony(&mut connection, &row).await?)
}

/// Gives it back, once. `None` when this browser was given no such challenge, or too long ago.
pub(super) async fn take<T: DeserializeOwned>(
    app: &App,
    tie: BrowserTie<'_>,
    purpose: Purpose,
    account: Option<AccountId>,
) -> Result<Option<T>> {
    let mut connection = app.db.acquire().await?;
    let state = db::second_factor::take_ceremony(
        &mut connection,
        &tie.hash(),
        purpose.as_str(),
        account,
        app.clock.now(),
    )
    .await?;
    // Another version may have written it; then it is begun anew.
    Ok(state.and_then(|state| serde_json::from_value(state).ok()))
}
