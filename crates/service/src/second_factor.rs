//! What members show besides a password: a code of an app, a passkey, a recovery code.
//!
//! Who has one is asked for it after the password; whoever comes from the organisation's own provider is believed
//! to have been asked there, unless an office of theirs demands it here (`MOOT_REQUIRE_SECOND_FACTOR`). A passkey
//! can also be the only thing that somebody shows, where the organisation is not the one to say who they are.

mod ceremony;
mod codes;
mod passkeys;
mod recovery;
mod reset;
mod step_up;
mod totp;
mod tries;

pub use ceremony::BrowserTie;
pub use codes::check_code;
pub use passkeys::{
    Added, PASSKEY_NAME, add_passkey, ask_for_new_passkey, ask_for_passkey_of,
    ask_for_passkey_to_sign_in, is_passkey_enough_for, passkeys, recognise_by_passkey,
    remove_passkey, rename_passkey, show_passkey,
};
pub use recovery::{RecoveryCodes, renew_recovery_codes};
pub use reset::reset;
pub use step_up::{LASTS, Proof, Provable, came_in, is_stepped_up, proves_with, require, step_up};
pub use totp::{Confirmed, TotpSetup, begin_totp, confirm_totp, remove_totp};
pub use tries::Verdict;
pub(crate) use tries::{count as count_try, forget as forget_tries};

use model::{AccountId, member::Member};
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::{App, Error, Result, moderation::board::directory};

/// What a member has set up.
#[derive(Clone, Copy, Debug)]
pub struct Factors {
    /// Since when an app makes codes.
    pub totp_since: Option<OffsetDateTime>,
    /// So many passkeys.
    pub passkeys: i64,
    /// So many recovery codes are left.
    pub recovery_codes: i64,
}

impl Factors {
    /// Whether there is anything to ask for. Recovery codes stand in for something else and are nothing alone.
    pub fn any(&self) -> bool {
        self.totp_since.is_some() || self.passkeys > 0
    }
}

/// How somebody has shown who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CameBy {
    /// With a password, here or checked by the organisation.
    Password,
    /// From a provider or a proxy that has signed them in.
    Provider,
}

/// What is still asked of somebody who has come that far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Nothing.
    Nothing,
    /// Their second factor.
    Show,
    /// To set one up, before anything else.
    SetUp,
}

/// What a member has set up.
pub async fn factors(app: &App, account: AccountId) -> Result<Factors> {
    let mut connection = app.db.acquire().await?;
    factors_in(&mut connection, account).await
}

async fn factors_in(connection: &mut PgConnection, account: AccountId) -> Result<Factors> {
    let row = db::second_factor::factors_of(connection, account).await?;
    Ok(Factors {
        totp_since: row.totp_since,
        passkeys: row.passkeys,
        recovery_codes: row.recovery_codes,
    })
}

/// Whether an office that this member is eligible for demands a second factor.
pub fn is_required_of(app: &App, member: &Member) -> bool {
    let offices = &app.settings.sign_in.second_factor_for;
    member
        .eligible_for
        .iter()
        .any(|office| offices.contains(office))
}

/// Whether an office demands a second factor of this member: one that they are eligible for and the operator has named, a
/// moderator's seat, or a place on the board.
pub async fn is_demanded_of(app: &App, member: &Member) -> Result<bool> {
    if is_required_of(app, member) {
        return Ok(true);
    }
    let mut connection = app.db.acquire().await?;
    directory::demands_second_factor(&mut connection, app, member.account.id).await
}

/// What is still asked of a member who came in this way.
pub async fn asked_of(app: &App, member: &Member, by: CameBy) -> Result<Asked> {
    let is_required = is_demanded_of(app, member).await?;
    // A provider has asked whatever it asks (as in Mastodon).
    if by == CameBy::Provider && !is_required {
        return Ok(Asked::Nothing);
    }
    let factors = factors(app, member.account.id).await?;
    Ok(match (factors.any(), is_required) {
        (true, _) => Asked::Show,
        (false, true) => Asked::SetUp,
        (false, false) => Asked::Nothing,
    })
}

/// Whether a member who is signed in has to set one up before anything else.
pub async fn must_set_up(app: &App, member: &Member) -> Result<bool> {
    Ok(is_demanded_of(app, member).await? && !factors(app, member.account.id).await?.any())
}

/// Forgets recovery codes with the last thing that they stand in for; and the last thing stays where an office
/// demands it.
async fn after_removal(tx: &mut PgConnection, app: &App, member: &Member) -> Result<()> {
    if factors_in(tx, member.account.id).await?.any() {
        return Ok(());
    }
    if is_required_of(app, member)
        || directory::demands_second_factor(tx, app, member.account.id).await?
    {
        return Err(Error::Conflict(
            "Your office demands a second factor. Set up another one before you remove this one."
                .into(),
        ));
    }
    Ok(db::second_factor::remove_recovery_codes_of(tx, member.account.id).await?)
}
