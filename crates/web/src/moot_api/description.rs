//! The description of this API.

use std::sync::LazyLock;

use serde_json::Value;

use super::governance::for_everybody;
use crate::{error::Answer, openapi};

static DOCUMENT: LazyLock<Value> = LazyLock::new(openapi::document);

/// `GET /api/moot/v1/openapi.json`
pub(super) async fn show() -> Answer {
    for_everybody(&*DOCUMENT)
}
