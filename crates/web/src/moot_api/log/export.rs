//! The log as a file that grows while it is sent: nobody's memory has to hold all of it.

use std::io::{self, Write as _};

use axum::{body::Body, extract::State as Extract, response::IntoResponse};
use flate2::{Compression, write::GzEncoder};
use futures_util::{Stream, StreamExt as _, stream};
use http::header;
use service::moderation::log;

use crate::{State, error::Answer};

/// `GET /api/moot/v1/log/export.jsonl.gz`
pub(super) async fn export(Extract(state): Extract<State>) -> Answer {
    let lines = log::export(&state.app).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/gzip"),
        (header::CACHE_CONTROL, "public, max-age=60"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"moderation-log.jsonl.gz\"",
        ),
    ];
    Ok((headers, Body::from_stream(packed(lines))).into_response())
}

/// Packs what comes, piece by piece. Where it breaks off, the file has no end and whoever unpacks it notices.
fn packed(
    lines: impl Stream<Item = service::Result<String>> + Send + 'static,
) -> impl Stream<Item = io::Result<Vec<u8>>> + Send + 'static {
    let packer = Some(GzEncoder::new(Vec::new(), Compression::default()));
    let pieces = stream::unfold(
        (Box::pin(lines), packer),
        |(mut lines, packer)| async move {
            let mut packer = packer?;
            match lines.next().await {
                Some(Ok(text)) => {
                    let piece = packer
                        .write_all(text.as_bytes())
                        .map(|()| std::mem::take(packer.get_mut()));
                    Some((piece, (lines, Some(packer))))
                }
                Some(Err(error)) => Some((Err(io::Error::other(error)), (lines, None))),
                None => Some((packer.finish(), (lines, None))),
            }
        },
    );
    // What was read may still be with the packer.
    pieces.filter(|piece| {
        let says_something = piece.as_ref().map_or(true, |bytes| !bytes.is_empty());
        std::future::ready(says_something)
    })
}
