//! The moving part of a path.

use axum::extract::{FromRequestParts, RawPathParams};
use http::request::Parts;
use model::Id;

use crate::error::ApiError;

/// The first moving part of the path, an id. What is no id names nothing: not found.
pub(crate) struct PathId<T>(pub(crate) Id<T>);

/// The first moving part of the path, any text.
pub(crate) struct PathText(pub(crate) String);

impl<T, S: Send + Sync> FromRequestParts<S> for PathId<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let PathText(text) = PathText::from_request_parts(parts, state).await?;
        text.parse().map(Self).map_err(|_| ApiError::NotFound)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for PathText {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let params = RawPathParams::from_request_parts(parts, state)
            .await
            .map_err(|_| ApiError::NotFound)?;
        let (_, text) = params.iter().next().ok_or(ApiError::NotFound)?;
        if text.contains('\0') {
            return Err(ApiError::NotFound);
        }
        Ok(Self(text.to_owned()))
    }
}

/// The first few moving parts of the path, any texts.
pub(crate) struct PathTexts<const N: usize>(pub(crate) [String; N]);

impl<S: Send + Sync, const N: usize> FromRequestParts<S> for PathTexts<N> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let params = RawPathParams::from_request_parts(parts, state)
            .await
            .map_err(|_| ApiError::NotFound)?;
        let texts: Vec<String> = params.iter().map(|(_, text)| text.to_owned()).collect();
        let texts = <[String; N]>::try_from(texts).map_err(|_| ApiError::NotFound)?;
        if texts.iter().any(|text| text.contains('\0')) {
            return Err(ApiError::NotFound);
        }
        Ok(Self(texts))
    }
}
