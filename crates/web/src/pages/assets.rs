//! The stylesheet, the icon and the one script, under names that change with their content: browsers keep them for good.

use std::sync::LazyLock;

use aws_lc_rs::digest::{SHA256, digest};
use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, StatusCode, header};

use super::PageError;

/// A file that is part of the program.
pub(super) struct Asset {
    name: &'static str,
    extension: &'static str,
    media_type: &'static str,
    bytes: &'static [u8],
    path: LazyLock<String>,
    tag: LazyLock<String>,
}

/// How every page looks.
pub(super) static STYLESHEET: Asset = Asset {
    name: "moot",
    extension: "css",
    media_type: "text/css; charset=utf-8",
    bytes: include_bytes!("../../assets/moot.css"),
    path: LazyLock::new(|| path(&STYLESHEET)),
    tag: LazyLock::new(|| tag(&STYLESHEET)),
};

/// Stands in the browser's tab.
pub(super) static ICON: Asset = Asset {
    name: "icon",
    extension: "svg",
    media_type: "image/svg+xml",
    bytes: include_bytes!("../../assets/icon.svg"),
    path: LazyLock::new(|| path(&ICON)),
    tag: LazyLock::new(|| tag(&ICON)),
};

/// Hands questions to the browser's passkeys.
pub(super) static PASSKEYS: Asset = Asset {
    name: "passkeys",
    extension: "js",
    media_type: "text/javascript; charset=utf-8",
    bytes: include_bytes!("../../assets/passkeys.js"),
    path: LazyLock::new(|| path(&PASSKEYS)),
    tag: LazyLock::new(|| tag(&PASSKEYS)),
};

impl Asset {
    /// Where it is, below the server's base.
    pub(super) fn path(&self) -> &str {
        &self.path
    }
}

fn hash(asset: &Asset) -> String {
    hex::encode(digest(&SHA256, asset.bytes))
}

fn path(asset: &Asset) -> String {
    format!(
        "/assets/{}-{}.{}",
        asset.name,
        &hash(asset)[..12],
        asset.extension
    )
}

fn tag(asset: &Asset) -> String {
    format!("\"{}\"", &hash(asset)[..32])
}

/// `GET /assets/{file}`
pub(super) async fn serve(
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    let wanted = format!("/assets/{file}");
    let asset = [&STYLESHEET, &ICON, &PASSKEYS]
        .into_iter()
        .find(|asset| asset.path() == wanted);
    let asset = asset.ok_or(PageError::NotFound)?;
    let answer = [
        (header::CONTENT_TYPE, asset.media_type),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::ETAG, &asset.tag),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // An icon opened by itself is a document that could run script.
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'"),
    ];
    let known = headers
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok());
    if known.is_some_and(|known| known.split(',').any(|tag| tag.trim() == *asset.tag)) {
        return Ok((StatusCode::NOT_MODIFIED, answer).into_response());
    }
    Ok((answer, asset.bytes).into_response())
}
