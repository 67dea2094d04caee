//! Apps registering themselves and asking who they are.

use axum::extract::State as Extract;
use mastodon::forms::RegisterApp;
use model::Scopes;
use service::auth::{self, NewApplication};

use super::answer;
use crate::{
    State,
    error::{Answer, ApiError},
    extract::{Holder, Params},
    render::applications,
};

/// What an app may ask for that did not say.
const USUAL_SCOPES: &str = "read";

/// `POST /api/v1/apps`
pub(super) async fn create(
    Extract(state): Extract<State>,
    Params(form): Params<RegisterApp>,
) -> Answer {
    let new = new_application(form)?;
    let (registered, secret) = auth::register_application(&state.app, new).await?;
    answer(&applications::credential_application(
        &registered,
        secret.reveal(),
    ))
}

/// `GET /api/v1/apps/verify_credentials`
pub(super) async fn verify_credentials(
    Extract(state): Extract<State>,
    Holder(principal): Holder,
) -> Answer {
    let id = principal.application_id.ok_or(ApiError::NotFound)?;
    let found = auth::application(&state.app, id).await?;
    answer(&applications::application(&found))
}

fn new_application(form: RegisterApp) -> Result<NewApplication, ApiError> {
    let scopes = form.scopes.filter(|words| !words.trim().is_empty());
    let scopes: Scopes = scopes
        .as_deref()
        .unwrap_or(USUAL_SCOPES)
        .parse()
        .map_err(|_| {
            ApiError::invalid("Validation failed: Scopes doesn't match configured on the server.")
        })?;
    Ok(NewApplication {
        name: form.client_name.unwrap_or_default(),
        website: form.website,
        redirect_uris: form.redirect_uris,
        scopes,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn toot() -> RegisterApp {
        RegisterApp {
            client_name: Some("toot".into()),
            redirect_uris: vec!["urn:ietf:wg:oauth:2.0:oob".into()],
            ..RegisterApp::default()
        }
    }

    #[test]
    fn an_app_that_names_no_scopes_may_read() {
        let new = new_application(toot()).unwrap();

        assert_eq!(new.scopes.to_string(), "read");
    }

    #[test]
    fn a_scope_that_does_not_exist_is_refused() {
        let greedy = RegisterApp {
            scopes: Some("read everything".into()),
            ..toot()
        };

        assert!(new_application(greedy).is_err());
    }
}
