//! Giving tokens.

use model::{AccountId, ApplicationId, Scopes, instance::Profile, oauth::Token};

use super::secret::Shown;
use crate::{App, Error, Result};

/// A token for an app on its own behalf (client credentials).
pub async fn grant_application_token(
    app: &App,
    id: ApplicationId,
    scopes: Scopes,
) -> Result<(Token, Shown)> {
    let secret = Shown::random();
    let mut connection = app.db.acquire().await?;
    let new = db::auth::NewToken {
        hash: &secret.hash(),
        application_id: Some(id),
        account_id: None,
        scopes: &scopes,
        stepped_up_at: None,
    };
    let token = db::auth::insert_token(&mut connection, &new, app.clock.now()).await?;
    Ok((token, secret))
}

/// A token for a member, made by sign-up or on the command line.
///
/// A `literal` secret and administrative scopes are for test suites: outside the test profile they are
/// refused.
pub async fn grant_member_token(
    app: &App,
    account: AccountId,
    application: Option<ApplicationId>,
    scopes: Scopes,
    literal: Option<&str>,
) -> Result<(Token, Shown)> {
    let in_test = app.settings.profile == Profile::Test;
    if literal.is_some() && !in_test {
        return Err(Error::Forbidden(
            "a token of one's own choice exists in the test profile only".into(),
        ));
    }
    if scopes.iter().any(model::Scope::is_administrative) && application.is_none() && !in_test {
        return Err(Error::Forbidden(
            "administrative scopes exist on the command line in the test profile only".into(),
        ));
    }
    let secret = literal.map_or_else(Shown::random, Shown::literal);
    let mut connection = app.db.acquire().await?;
    let new = db::auth::NewToken {
        hash: &secret.hash(),
        application_id: application,
        account_id: Some(account),
        scopes: &scopes,
        stepped_up_at: None,
    };
    let token = db::auth::insert_token(&mut connection, &new, app.clock.now()).await?;
    Ok((token, secret))
}
