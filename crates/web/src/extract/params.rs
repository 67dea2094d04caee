//! A handler's form, from the query string and the body alike.

use axum::extract::{FromRequest, Request};
use http::Method;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::{
    body::{self, FileField},
    nesting,
};
use crate::error::ApiError;

/// The form of an operation, from the query string and the body, whatever its encoding. Where both
/// name a field, the query string's counts, as in Mastodon.
///
/// A NUL byte is refused wherever it stands: the database cannot keep it, and dropping it would
/// change what somebody wrote.
#[derive(Debug)]
pub(crate) struct Params<T>(pub(crate) T);

/// A form with the files that came along.
#[derive(Debug)]
pub(crate) struct ParamsAndFiles<T>(pub(crate) T, pub(crate) Vec<FileField>);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Params<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let ParamsAndFiles(form, _) = ParamsAndFiles::from_request(request, state).await?;
        Ok(Self(form))
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for ParamsAndFiles<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &S) -> Result<Self, ApiError> {
        let mut from_query = Map::new();
        if let Some(query) = request.uri().query() {
            nesting::parse(query.as_bytes(), &mut from_query)?;
        }
        let has_body = !matches!(*request.method(), Method::GET | Method::HEAD);
        let (mut fields, files) = if has_body {
            body::read(request).await?
        } else {
            Default::default()
        };
        fields.extend(from_query);
        if fields.iter().any(|(name, value)| has_nul(name, value)) {
            return Err(ApiError::Malformed(
                "The request contains a NUL byte".into(),
            ));
        }
        let form = T::deserialize(Value::Object(fields))
            .map_err(|_| ApiError::Malformed("The parameters could not be read".into()))?;
        Ok(Self(form, files))
    }
}

fn has_nul(name: &str, value: &Value) -> bool {
    name.contains('\0')
        || match value {
            Value::String(text) => text.contains('\0'),
            Value::Array(items) => items.iter().any(|item| has_nul("", item)),
            Value::Object(fields) => fields.iter().any(|(name, value)| has_nul(name, value)),
            Value::Null | Value::Bool(_) | Value::Number(_) => false,
        }
}

#[cfg(test)]
mod tests {
    use axum::{body::Body, extract::DefaultBodyLimit, response::IntoResponse, routing::post};
    use http::StatusCode;
    use mastodon::forms::CreateStatus;
    use tower::ServiceExt;

    use super::*;

    fn request(content_type: &str, body: &str) -> Request {
        Request::builder()
            .method("POST")
            .uri("/api/v1/statuses?language=fi")
            .header("content-type", content_type)
            .body(Body::from(body.to_owned()))
            .unwrap()
    }

    async fn read(content_type: &str, body: &str) -> Result<CreateStatus, StatusCode> {
        let form = Params::from_request(request(content_type, body), &()).await;
        form.map(|Params(form)| form)
            .map_err(|error| error.into_response().status())
    }

    #[tokio::test]
    async fn the_three_encodings_read_the_same() {
        let multipart = "--b\r\nContent-Disposition: form-data; name=\"status\"\r\n\r\nhi\r\n\
            --b\r\nContent-Disposition: form-data; name=\"media_ids[]\"\r\n\r\n7\r\n--b--\r\n";

        let from_json = read(
            "application/json; charset=utf-8",
            r#"{"status":"hi","media_ids":[7]}"#,
        );
        let from_form = read(
            "application/x-www-form-urlencoded",
            "status=hi&media_ids[]=7",
        );
        let from_parts = read("multipart/form-data; boundary=b", multipart);

        let from_json = from_json.await.unwrap();
        assert_eq!(from_json.status.as_deref(), Some("hi"));
        assert_eq!(
            from_json.language.as_deref(),
            Some("fi"),
            "from the query string"
        );
        assert_eq!(from_form.await.unwrap(), from_json);
        assert_eq!(from_parts.await.unwrap(), from_json);
    }

    #[tokio::test]
    async fn what_cannot_be_read_is_a_bad_request() {
        let bodies = [
            ("application/json", r#"{"status":"hi""#),
            ("application/json", r#"["hi"]"#),
            ("application/json", r#"{"status":"a\u0000b"}"#),
            ("application/x-www-form-urlencoded", "status=a%00b"),
            ("application/x-www-form-urlencoded", "status=a&status[x]=b"),
            ("multipart/form-data; boundary=b", "--b\r\nnonsense"),
            ("multipart/form-data", "no boundary"),
        ];

        for (content_type, body) in bodies {
            assert_eq!(
                read(content_type, body).await,
                Err(StatusCode::BAD_REQUEST),
                "{body}"
            );
        }
    }

    #[tokio::test]
    async fn a_body_over_the_limit_is_too_large_in_any_encoding() {
        let handler = post(|_: Params<CreateStatus>| async {});
        let router = axum::Router::new()
            .route("/api/v1/statuses", handler)
            .layer(DefaultBodyLimit::max(100));
        let long = "x".repeat(200);
        let part = format!(
            "--b\r\nContent-Disposition: form-data; name=\"status\"\r\n\r\n{long}\r\n--b--"
        );
        let bodies = [
            ("application/json", format!(r#"{{"status":"{long}"}}"#)),
            (
                "application/x-www-form-urlencoded",
                format!("status={long}"),
            ),
            ("multipart/form-data; boundary=b", part),
        ];

        for (content_type, body) in bodies {
            let response = router
                .clone()
                .oneshot(request(content_type, &body))
                .await
                .unwrap();
            assert_eq!(
                response.status(),
                StatusCode::PAYLOAD_TOO_LARGE,
                "{content_type}"
            );
        }
    }
}
