//! The one way by which HTML gets into a template unescaped: as [`SafeHtml`] (S24).

use std::fmt;

use askama::filters::HtmlSafe;
use text::SafeHtml;

/// Safe HTML as a template prints it.
#[derive(Clone, Debug, Default)]
pub(super) struct Html(pub(super) SafeHtml);

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str())
    }
}

impl HtmlSafe for Html {}
