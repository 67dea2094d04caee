//! The one type in which HTML travels through Moot.
//!
//! S24: in other servers, cards, translations, names and warnings reached browsers without having
//! passed the cleaner. Here a template can only print HTML unescaped if it holds this type, and the type comes from
//! the cleaner, from our own renderers, or from our own database that was filled by these.

use std::fmt;

use serde::Serialize;

use crate::clean;
use crate::compose::escape;

/// HTML that has passed the cleaner: only the listed elements, attributes, classes and schemes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct SafeHtml(String);

impl SafeHtml {
    /// Cleans HTML of unknown origin with Mastodon's allow-list.
    ///
    /// Cleaning twice equals cleaning once, so that it does no harm to clean again.
    pub fn clean(html: &str) -> Self {
        Self(clean::clean(html))
    }

    /// Takes back what an earlier `SafeHtml` left in our own database. Never for text that
    /// anybody else wrote there.
    pub const fn from_storage(html: String) -> Self {
        Self(html)
    }

    /// Plain text as HTML that shows it as it stands, for names and titles put between markup of our own.
    pub fn from_text(text: &str) -> Self {
        Self(escape(text))
    }

    /// For the renderers of this crate, which escape what they do not write themselves.
    pub(crate) const fn rendered(html: String) -> Self {
        Self(html)
    }

    /// The HTML itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Gives the HTML away, for storage.
    pub fn into_string(self) -> String {
        self.0
    }

    /// Whether there is nothing at all, not even markup.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What a reader sees, as plain text: a line for each `<br>` and list item, a blank line between paragraphs.
    pub fn to_text(&self) -> String {
        clean::plain_text(&self.0)
    }
}

impl fmt::Display for SafeHtml {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for SafeHtml {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_is_never_read_as_markup() {
        let html = SafeHtml::from_text("<b title=\"x\">&'");

        assert_eq!(html.as_str(), "&lt;b title=&quot;x&quot;&gt;&amp;&#39;");
        assert_eq!(html.to_text(), "<b title=\"x\">&'");
    }
}
