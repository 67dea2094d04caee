//! Apps register and prove who they are.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use model::{ApplicationId, Scopes, oauth::Application};

use super::{redirect_uri, secret, secret::Shown};
use crate::{App, Error, Result};

/// Longest name of an app, and longest address of its page, as in Mastodon.
const NAME: usize = 60;
const WEBSITE: usize = 2000;
/// Most redirect URIs of an app.
const REDIRECT_URIS: usize = 20;

/// An app that registers.
#[derive(Clone, Debug)]
pub struct NewApplication {
    /// What people call it.
    pub name: String,
    /// Its page.
    pub website: Option<String>,
    /// Where people may be sent back to; at least one.
    pub redirect_uris: Vec<String>,
    /// The most it may ask for.
    pub scopes: Scopes,
}

/// Registers an app; its secret is shown this once.
pub async fn register_application(app: &App, new: NewApplication) -> Result<(Application, Shown)> {
    check(&new)?;
    let client_id = Shown::random();
    let client_secret = Shown::random();
    let row = db::auth::NewApplication {
        client_id: client_id.reveal(),
        secret_hash: &client_secret.hash(),
        name: &new.name,
        website: new.website.as_deref().filter(|website| !website.is_empty()),
        redirect_uris: &new.redirect_uris,
        scopes: &new.scopes,
    };
    let mut connection = app.db.acquire().await?;
    let application = db::auth::insert_application(&mut connection, &row, app.clock.now()).await?;
    Ok((application, client_secret))
}

/// An app by its name for the protocol.
pub async fn find_application(app: &App, client_id: &str) -> Result<Option<Application>> {
    let mut connection = app.db.acquire().await?;
    Ok(db::auth::application_by_client_id(&mut connection, client_id).await?)
}

/// An app by its number.
pub async fn application(app: &App, id: ApplicationId) -> Result<Application> {
    let mut connection = app.db.acquire().await?;
    db::auth::application_by_id(&mut connection, id)
        .await?
        .ok_or(Error::NotFound)
}

/// The app of this name, if the secret is its own.
pub async fn check_application(
    app: &App,
    client_id: &str,
    client_secret: &str,
) -> Result<Option<Application>> {
    let mut connection = app.db.acquire().await?;
    let Some(application) = db::auth::application_by_client_id(&mut connection, client_id).await?
    else {
        return Ok(None);
    };
    let known = db::auth::secret_hash(&mut connection, application.id)
        .await?
        .unwrap_or_default();
    let is_right = verify_slices_are_equal(&known, &secret::hash(client_secret)).is_ok();
    Ok(is_right.then_some(application))
}

fn check(new: &NewApplication) -> Result<()> {
    if new.name.trim().is_empty() {
        return Err(Error::invalid("name", "ERR_BLANK", "can't be blank"));
    }
    if new.name.chars().count() > NAME {
        return Err(Error::invalid(
            "name",
            "ERR_TOO_LONG",
            format!("is too long (maximum is {NAME} characters)"),
        ));
    }
    if let Some(website) = new.website.as_deref().filter(|website| !website.is_empty()) {
        let is_page = website.len() <= WEBSITE
            && (website.starts_with("https://") || website.starts_with("http://"));
        if !is_page {
            return Err(Error::invalid(
                "website",
                "ERR_INVALID",
                "is not a valid URL",
            ));
        }
    }
    if new.redirect_uris.is_empty() {
        return Err(Error::invalid(
            "redirect_uri",
            "ERR_BLANK",
            "can't be blank",
        ));
    }
    if new.redirect_uris.len() > REDIRECT_URIS {
        return Err(Error::invalid(
            "redirect_uri",
            "ERR_TOO_LONG",
            "are too many",
        ));
    }
    new.redirect_uris
        .iter()
        .try_for_each(|uri| redirect_uri::check(uri))
}
