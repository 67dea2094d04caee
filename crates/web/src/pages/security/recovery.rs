//! New recovery codes.

use axum::{
    extract::State as Extract,
    response::{IntoResponse, Response},
};
use service::second_factor;

use super::{HOME, app::Nothing, codes, gate};
use crate::{State, pages::PageError, session::Form};

/// `POST /settings/security/recovery_codes`
pub(in crate::pages) async fn renew(
    Extract(state): Extract<State>,
    Form { browser, .. }: Form<Nothing>,
) -> Result<Response, PageError> {
    let signed_in = gate::fully(&browser, HOME)?;
    gate::proved(&state, signed_in, HOME)?;
    let made = second_factor::renew_recovery_codes(&state.app, &signed_in.member).await?;
    Ok(codes::page(&state, &browser, &made, ("", HOME)).into_response())
}
