//! Those in office, with the app they use.

use axum::extract::FromRequestParts;
use http::request::Parts;
use service::moderation::{Acting, acting};

use super::Holder;
use crate::{State, error::ApiError};

/// Somebody who holds a seat or sits on the board. Whoever else has a token with the right scope is refused: the scope says
/// what the app may do, and the office what its owner may.
#[derive(Clone, Debug)]
pub(crate) struct Officer(pub(crate) Acting);

/// Somebody who holds a seat and can act from it now.
#[derive(Clone, Debug)]
pub(crate) struct Moderator(pub(crate) Acting);

/// Somebody who sits on the board.
#[derive(Clone, Debug)]
pub(crate) struct OfBoard(pub(crate) Acting);

impl FromRequestParts<State> for Officer {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, ApiError> {
        let Holder(principal) = Holder::from_request_parts(parts, state).await?;
        Ok(Self(acting::with_token(&state.app, &principal).await?))
    }
}

impl FromRequestParts<State> for Moderator {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, ApiError> {
        let Officer(acting) = Officer::from_request_parts(parts, state).await?;
        acting.seat()?;
        Ok(Self(acting))
    }
}

impl FromRequestParts<State> for OfBoard {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, ApiError> {
        let Officer(acting) = Officer::from_request_parts(parts, state).await?;
        acting.board()?;
        Ok(Self(acting))
    }
}
