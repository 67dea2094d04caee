//! Passkeys (WebAuthn, <https://www.w3.org/TR/webauthn-3/>): keys in people's devices that answer challenges of ours.
//!
//! Each must check its owner itself (user verification), so that showing one is showing two things: the device, and
//! its owner's finger or number. That is why one can be enough. It is not for members whom the organisation signs in:
//! their way in must close when the organisation closes it (S48).

use anyhow::anyhow;
use model::{
    AccountId, PasskeyId,
    member::{Member, Passkey},
};
use serde_json::{Value, json};
use tracing::debug;
use webauthn_rs::prelude::{
    AuthenticationResult, CredentialID, DiscoverableAuthentication, Passkey as Credential,
    PasskeyAuthentication, PasskeyRegistration, PublicKeyCredential, RegisterPublicKeyCredential,
    Uuid, WebauthnError,
};

use super::{
    ceremony::{self, BrowserTie, Purpose},
    recovery::{self, RecoveryCodes},
};
use crate::{
    App, Error, Result,
    keys::random_bytes,
    mail::{self, Occasion},
    moderation::board::directory,
};

/// Longest name of a passkey, in characters.
pub const PASSKEY_NAME: usize = 60;
/// Most passkeys of a member.
const MOST: usize = 20;
/// Longest answer of a browser that is read at all, in bytes.
const LONGEST_ANSWER: usize = 32 * 1024;

/// What became of a new passkey.
#[derive(Debug)]
pub enum Added {
    /// It can be used; here are recovery codes, if the member had none.
    Yes(Option<RecoveryCodes>),
    /// It is somebody's already.
    Known,
    /// The answer is not one to a challenge that this browser was given in the last minutes.
    NotAccepted,
}

/// A member's passkeys, oldest first.
pub async fn passkeys(app: &App, account: AccountId) -> Result<Vec<Passkey>> {
    let mut connection = app.db.acquire().await?;
    let rows = db::second_factor::list_passkeys(&mut connection, account).await?;
    Ok(rows.into_iter().map(|row| row.passkey).collect())
}

/// The question to a browser (`navigator.credentials.create`, as JSON) that makes a passkey for a member.
pub async fn ask_for_new_passkey(
    app: &App,
    member: &Member,
    tie: BrowserTie<'_>,
) -> Result<String> {
    let account = member.account.id;
    let known: Vec<CredentialID> = credentials(app, account)
        .await?
        .iter()
        .map(|(_, credential)| credential.cred_id().clone())
        .collect();
    if known.len() >= MOST {
        return Err(Error::Conflict(format!(
            "You have {MOST} passkeys, which is the most. Remove one first."
        )));
    }
    let name = format!("{}@{}", member.account.username, app.settings.local_domain);
    let display_name = match member.account.display_name.trim() {
        "" => member.account.username.as_str(),
        chosen => chosen,
    };
    let handle = handle(app, account).await?;
    let (question, state) = ceremony::party(app)?
        .start_passkey_registration(handle, &name, display_name, Some(known))
        .map_err(Error::internal)?;
    ceremony::start(app, tie, Purpose::Add, Some(account), &state).await?;
    let mut question = serde_json::to_value(question.public_key).map_err(Error::internal)?;
    // The library discourages keys that know whose they are, since small devices hold few; without one nobody
    // signs in by a passkey alone.
    question["authenticatorSelection"]["residentKey"] = json!("preferred");
    Ok(question.to_string())
}

/// Takes the browser's answer, and the new passkey with it.
pub async fn add_passkey(
    app: &App,
    member: &Member,
    tie: BrowserTie<'_>,
    name: &str,
    answer: &str,
) -> Result<Added> {
    let account = member.account.id;
    let name = checked_name(name)?;
    let state: Option<PasskeyRegistration> =
        ceremony::take(app, tie, Purpose::Add, Some(account)).await?;
    let (Some(state), Some(answer)) = (state, read::<RegisterPublicKeyCredential>(answer)) else {
        return Ok(Added::NotAccepted);
    };
    let credential = match ceremony::party(app)?.finish_passkey_registration(&answer, &state) {
        Ok(credential) => credential,
        Err(error) => {
            not_accepted(&error);
            return Ok(Added::NotAccepted);
        }
    };
    let new = db::second_factor::NewPasskey {
        account_id: account,
        credential_id: credential.cred_id().as_ref(),
        name: &name,
        credential: &serde_json::to_value(&credential).map_err(Error::internal)?,
    };
    let mut tx = app.db.begin().await?;
    match db::second_factor::insert_passkey(&mut tx, &new, app.clock.now()).await {
        Err(db::Error::Constraint("passkeys_credential_key")) => return Ok(Added::Known),
        other => other?,
    }
    let codes = recovery::make_first(&mut tx, account).await?;
    let what = format!("The passkey “{name}” was added.");
    mail::tell(&mut tx, account, Occasion::SecondFactorChanged { what }).await?;
    tx.commit().await?;
    directory::follow_account(app, account).await;
    Ok(Added::Yes(codes))
}

/// Gives a passkey another name.
pub async fn rename_passkey(
    app: &App,
    account: AccountId,
    id: PasskeyId,
    name: &str,
) -> Result<()> {
    let name = checked_name(name)?;
    let mut connection = app.db.acquire().await?;
    if db::second_factor::rename_passkey(&mut connection, account, id, &name).await? {
        Ok(())
    } else {
        Err(Error::NotFound)
    }
}

/// Takes a passkey no longer. `Conflict` when an office of the member demands a second factor and this is the last.
pub async fn remove_passkey(app: &App, member: &Member, id: PasskeyId) -> Result<()> {
    let account = member.account.id;
    let mut tx = app.db.begin().await?;
    let Some(name) = db::second_factor::remove_passkey(&mut tx, account, id).await? else {
        return Err(Error::NotFound);
    };
    super::after_removal(&mut tx, app, member).await?;
    let what = format!("The passkey “{name}” was removed.");
    mail::tell(&mut tx, account, Occasion::SecondFactorChanged { what }).await?;
    tx.commit().await?;
    Ok(())
}

/// The question to a browser (`navigator.credentials.get`, as JSON) for a passkey of a known member. `None` when
/// they have none.
pub async fn ask_for_passkey_of(
    app: &App,
    account: AccountId,
    tie: BrowserTie<'_>,
) -> Result<Option<String>> {
    let known: Vec<Credential> = credentials(app, account)
        .await?
        .into_iter()
        .map(|(_, credential)| credential)
        .collect();
    if known.is_empty() {
        return Ok(None);
    }
    let (question, state) = ceremony::party(app)?
        .start_passkey_authentication(&known)
        .map_err(Error::internal)?;
    ceremony::start(app, tie, Purpose::Show, Some(account), &state).await?;
    serde_json::to_string(&question.public_key)
        .map(Some)
        .map_err(Error::internal)
}

/// Takes the answer of a known member's passkey. False when it is none to a challenge that this browser was given
/// in the last minutes.
pub async fn show_passkey(
    app: &App,
    account: AccountId,
    tie: BrowserTie<'_>,
    answer: &str,
) -> Result<bool> {
    let state: Option<PasskeyAuthentication> =
        ceremony::take(app, tie, Purpose::Show, Some(account)).await?;
    let (Some(state), Some(answer)) = (state, read::<PublicKeyCredential>(answer)) else {
        return Ok(false);
    };
    match ceremony::party(app)?.finish_passkey_authentication(&answer, &state) {
        Ok(shown) => used(app, account, &shown).await,
        Err(error) => {
            not_accepted(&error);
            Ok(false)
        }
    }
}

/// The question to a browser for any passkey of anybody here.
pub async fn ask_for_passkey_to_sign_in(app: &App, tie: BrowserTie<'_>) -> Result<String> {
    let (question, state) = ceremony::party(app)?
        .start_discoverable_authentication()
        .map_err(Error::internal)?;
    ceremony::start(app, tie, Purpose::SignIn, None, &state).await?;
    serde_json::to_string(&question.public_key).map_err(Error::internal)
}

/// Whose passkey has answered. Whether the member may come in, and whether a passkey is enough for them, is for the
/// caller to ask ([`is_passkey_enough_for`]).
pub async fn recognise_by_passkey(
    app: &App,
    tie: BrowserTie<'_>,
    answer: &str,
) -> Result<Option<Member>> {
    let state: Option<DiscoverableAuthentication> =
        ceremony::take(app, tie, Purpose::SignIn, None).await?;
    let (Some(state), Some(answer)) = (state, read::<PublicKeyCredential>(answer)) else {
        return Ok(None);
    };
    let party = ceremony::party(app)?;
    let Ok((handle, credential_id)) = party.identify_discoverable_authentication(&answer) else {
        return Ok(None);
    };
    let mut connection = app.db.acquire().await?;
    let account = db::second_factor::account_of_handle(&mut connection, handle.as_bytes()).await?;
    drop(connection);
    let Some(account) = account else {
        return Ok(None);
    };
    let known = credentials(app, account).await?;
    let Some((_, credential)) = known
        .iter()
        .find(|(_, credential)| credential.cred_id().as_ref() as &[u8] == credential_id)
    else {
        return Ok(None);
    };
    let shown = match party.finish_discoverable_authentication_v2(&answer, state, credential) {
        Ok(shown) => shown,
        Err(error) => {
            not_accepted(&error);
            return Ok(None);
        }
    };
    if !used(app, account, &shown).await? {
        return Ok(None);
    }
    let mut connection = app.db.acquire().await?;
    Ok(db::members::find(&mut connection, account).await?)
}

/// Whether a passkey alone lets a member in: not where the organisation says who people are (S48).
pub async fn is_passkey_enough_for(app: &App, account: AccountId) -> Result<bool> {
    let sign_in = &app.settings.sign_in;
    if !sign_in.local_passwords || sign_in.only_providers {
        return Ok(false);
    }
    let mut connection = app.db.acquire().await?;
    Ok(db::identities::links_of(&mut connection, account)
        .await?
        .is_empty())
}

/// Writes down what the library knows of a passkey after it was used: its counter tells copies from the original.
async fn used(app: &App, account: AccountId, shown: &AuthenticationResult) -> Result<bool> {
    if !shown.user_verified() {
        return Ok(false);
    }
    for (id, mut credential) in credentials(app, account).await? {
        if credential.update_credential(shown).is_some() {
            let credential = serde_json::to_value(&credential).map_err(Error::internal)?;
            let mut connection = app.db.acquire().await?;
            db::second_factor::passkey_used(&mut connection, id, &credential, app.clock.now())
                .await?;
            return Ok(true);
        }
    }
    Ok(false)
}

async fn credentials(app: &App, account: AccountId) -> Result<Vec<(PasskeyId, Credential)>> {
    let mut connection = app.db.acquire().await?;
    let rows = db::second_factor::list_passkeys(&mut connection, account).await?;
    rows.into_iter()
        .map(|row| {
            let id = row.passkey.id;
            let credential = serde_json::from_value(row.credential).map_err(|cause| {
                Error::Internal(anyhow!(cause).context(format!("passkey {id} cannot be read")))
            })?;
            Ok((id, credential))
        })
        .collect()
}

/// The random name by which authenticators know a member.
async fn handle(app: &App, account: AccountId) -> Result<Uuid> {
    let mut connection = app.db.acquire().await?;
    db::second_factor::insert_handle(&mut connection, account, &random_bytes::<16>()).await?;
    let handle = db::second_factor::handle_of(&mut connection, account)
        .await?
        .unwrap_or_default();
    Uuid::from_slice(&handle).map_err(Error::internal)
}

fn checked_name(name: &str) -> Result<String> {
    let name: String = name.chars().filter(|letter| !letter.is_control()).collect();
    let name = name.trim();
    if name.chars().count() > PASSKEY_NAME {
        return Err(Error::invalid(
            "name",
            "ERR_TOO_LONG",
            format!("is too long (maximum is {PASSKEY_NAME} characters)"),
        ));
    }
    Ok(if name.is_empty() { "Passkey" } else { name }.to_owned())
}

fn read<T: serde::de::DeserializeOwned>(answer: &str) -> Option<T> {
    if answer.len() > LONGEST_ANSWER {
        return None;
    }
    let value: Value = serde_json::from_str(answer).ok()?;
    serde_json::from_value(value).ok()
}

fn not_accepted(error: &WebauthnError) {
    debug!(error = %error, "An answer of a passkey was not accepted");
}
