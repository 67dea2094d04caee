//! Where programs find the thing that a page is about.
//!
//! Who asks the page's own address for the document is answered by `federation`, before the page is.

use http::HeaderValue;

/// The Link header of a page about the thing with this id, which is one of ours.
pub(super) fn document_link(uri: &str) -> HeaderValue {
    HeaderValue::try_from(format!(
        "<{uri}>; rel=\"alternate\"; type=\"application/activity+json\""
    ))
    .expect("our own ids are ASCII")
}
