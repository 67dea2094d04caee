//! From where members sign in: just enough is remembered to notice a new place.

use std::net::IpAddr;

use aws_lc_rs::hmac::{self, HMAC_SHA256, Key};
use model::AccountId;
use sqlx::PgConnection;
use time::Duration;

use crate::{
    App, Result,
    keys::Purpose,
    mail::{self, Occasion},
};

/// A place is known for so long.
pub(crate) const KEPT: Duration = Duration::days(90);

/// From where somebody signs in.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// What the browser calls itself.
    pub user_agent: &'a str,
    /// The browser's address.
    pub address: IpAddr,
}

impl Place<'_> {
    /// Browser and network in a form that says nothing to anybody without the key. Of an address the network
    /// counts, since the rest changes from day to day; of the browser its name without versions.
    fn fingerprint(&self, app: &App) -> [u8; 32] {
        let network = match self.address.to_canonical() {
            IpAddr::V4(address) => address.octets()[..2].to_vec(),
            IpAddr::V6(address) => address.octets()[..6].to_vec(),
        };
        let browser: String = self
            .user_agent
            .chars()
            .filter(|letter| !letter.is_ascii_digit())
            .collect();
        let key = Key::new(HMAC_SHA256, &app.keys.derive(Purpose::Places));
        let tag = hmac::sign(&key, &[&network, browser.as_bytes()].concat());
        tag.as_ref()
            .try_into()
            .expect("HMAC-SHA-256 gives 32 bytes")
    }
}

/// Notes from where a member signs in, and writes to them when it is a new place.
pub(crate) async fn note_place(
    tx: &mut PgConnection,
    app: &App,
    account: AccountId,
    place: Place<'_>,
) -> Result<()> {
    let now = app.clock.now();
    let fingerprint = place.fingerprint(app);
    let known = db::mail::note_place(tx, account, &fingerprint, now - KEPT, now).await?;
    if known == db::mail::Place::New {
        let user_agent = place.user_agent.to_owned();
        mail::tell(tx, account, Occasion::NewPlace { user_agent }).await?;
    }
    Ok(())
}
