//! Bodies in the three encodings apps use.

use axum::{
    body::Bytes,
    extract::{FromRequest, Multipart, Request, multipart::MultipartError},
};
use http::{StatusCode, header};
use serde_json::{Map, Value};

use super::nesting::{self, Tangled};
use crate::error::ApiError;

/// A file that came in a form.
#[derive(Debug)]
pub(crate) struct FileField {
    /// The field it came in.
    pub(crate) field: String,
}

/// The fields of a body, and its files.
pub(super) type Fields = (Map<String, Value>, Vec<FileField>);

/// Reads a body, whatever it is encoded in. One of an unknown type counts as none, as in Mastodon.
pub(super) async fn read(request: Request) -> Result<Fields, ApiError> {
    let fields = match Encoding::of(&request) {
        Encoding::Json => (json(&bytes(request).await?)?, Vec::new()),
        Encoding::Form => (form(&bytes(request).await?)?, Vec::new()),
        Encoding::Multipart => multipart(request).await?,
        Encoding::None => Fields::default(),
    };
    Ok(fields)
}

enum Encoding {
    Json,
    Form,
    Multipart,
    None,
}

impl Encoding {
    fn of(request: &Request) -> Self {
        let Some(declared) = request.headers().get(header::CONTENT_TYPE) else {
            return Self::None;
        };
        let declared = declared
            .to_str()
            .ok()
            .and_then(|text| text.parse::<mime::Mime>().ok());
        let Some(declared) = declared else {
            return Self::None;
        };
        match (declared.type_(), declared.subtype()) {
            (mime::APPLICATION, mime::JSON) => Self::Json,
            (mime::APPLICATION, mime::WWW_FORM_URLENCODED) => Self::Form,
            (mime::MULTIPART, mime::FORM_DATA) => Self::Multipart,
            (mime::APPLICATION, _) if declared.suffix() == Some(mime::JSON) => Self::Json,
            _ => Self::None,
        }
    }
}

async fn bytes(request: Request) -> Result<Bytes, ApiError> {
    Bytes::from_request(request, &())
        .await
        .map_err(|rejection| {
            if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
                ApiError::TooLarge
            } else {
                ApiError::Malformed("The request could not be read to its end".into())
            }
        })
}

fn json(body: &[u8]) -> Result<Map<String, Value>, ApiError> {
    if body.iter().all(u8::is_ascii_whitespace) {
        return Ok(Map::new());
    }
    match serde_json::from_slice(body) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(_) => Err(ApiError::Malformed(
            "The JSON you submitted is not an object".into(),
        )),
        Err(error) => Err(ApiError::Malformed(
            format!(
                "There was a problem in the JSON you submitted, at line {} column {}",
                error.line(),
                error.column()
            )
            .into(),
        )),
    }
}

fn form(body: &[u8]) -> Result<Map<String, Value>, ApiError> {
    let mut fields = Map::new();
    nesting::parse(body, &mut fields)?;
    Ok(fields)
}

async fn multipart(request: Request) -> Result<Fields, ApiError> {
    let unreadable = || ApiError::Malformed("The form could not be read".into());
    let mut form = Multipart::from_request(request, &())
        .await
        .map_err(|_| unreadable())?;
    let (mut fields, mut files) = Fields::default();
    let mut count = 0;
    while let Some(part) = form.next_field().await.map_err(|error| refusal(&error))? {
        count += 1;
        if count > nesting::MAX_PAIRS {
            return Err(Tangled.into());
        }
        let Some(name) = part.name().map(str::to_owned) else {
            continue;
        };
        if part.file_name().is_some() {
            files.push(FileField { field: name });
            continue;
        }
        let text = part.text().await.map_err(|error| refusal(&error))?;
        nesting::insert(&mut fields, &name, text)?;
    }
    Ok((fields, files))
}

fn refusal(error: &MultipartError) -> ApiError {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        ApiError::TooLarge
    } else {
        ApiError::Malformed("The form could not be read".into())
    }
}

impl From<Tangled> for ApiError {
    fn from(_: Tangled) -> Self {
        Self::Malformed("The parameters contradict each other or nest too deep".into())
    }
}
