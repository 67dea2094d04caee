//! Another password.

use axum::{
    extract::State as Extract,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde::Deserialize;
use service::{Error, members, second_factor::Verdict};

use super::{Done, HOME, gate, overview};
use crate::{
    State,
    pages::{PageError, sign_in::led_on},
    session::{self, Arrived, Form, Proved},
};

const WRONG: &str = "The old password is not right.";
const TOO_OFTEN: &str = "Too many tries. Wait a while, then try again.";

/// What is filled in.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::pages) struct Filled {
    old: String,
    new: String,
}

/// `POST /settings/security/password`
pub(in crate::pages) async fn change(
    Extract(state): Extract<State>,
    headers: HeaderMap,
    Form { browser, fields }: Form<Filled>,
) -> Result<Response, PageError> {
    let signed_in = gate::fully(&browser, HOME)?;
    let account = signed_in.member.account.id;
    let again = async |problem: &str| overview::page(&state, &browser, signed_in, problem).await;
    let changed = members::change_password(&state.app, account, &fields.old, &fields.new).await;
    match changed {
        Ok(Verdict::Right) => {
            // Everything has ended, this browser's session too; it goes on with a new one (S40, S56).
            let arrived = Arrived {
                account,
                headers: &headers,
                proved: Proved::OneThing,
                by: None,
            };
            let cookies = session::begin(&state, &browser, arrived).await?;
            Ok(led_on(cookies, &Done::Password.path()))
        }
        Ok(Verdict::Wrong) => {
            let page = again(WRONG).await?;
            Ok(page
                .status(StatusCode::UNPROCESSABLE_ENTITY)
                .into_response())
        }
        Ok(Verdict::TooMany { seconds }) => Ok(again(TOO_OFTEN)
            .await?
            .status(StatusCode::TOO_MANY_REQUESTS)
            .header(header::RETRY_AFTER, HeaderValue::from(seconds))
            .into_response()),
        Err(Error::Invalid(errors)) => {
            let problem = errors.first().map_or_else(String::new, |error| {
                format!("The new password {}.", error.message)
            });
            let page = again(&problem).await?;
            Ok(page
                .status(StatusCode::UNPROCESSABLE_ENTITY)
                .into_response())
        }
        Err(other) => Err(other.into()),
    }
}
