//! Cleaning HTML that others wrote.
//!
//! Three passes, each linear in its input:
//! 1. [`outline`] reads the tag soup with a tokeniser of our own and writes well-nested markup of
//!    listed elements, at most [`outline::MAX_DEPTH`] deep. A browser's parser may take quadratic
//!    time and copy formatting elements without end on hostile nesting; it is spared that (S62).
//! 2. ammonia parses this as a browser would and has the last word on elements, attributes, schemes and
//!    classes (S24).
//! 3. [`finish`] turns links that lost their address into text and puts attributes in one order, so
//!    that cleaning twice equals cleaning once.

mod allow;
mod finish;
mod outline;
mod plain_text;
mod references;
mod tokens;

pub(crate) use plain_text::plain_text;

/// Cleans with Mastodon's allow-list.
pub(crate) fn clean(html: &str) -> String {
    let html = references::prepare(html);
    let outlined = outline::outline(&html);
    let cleaned = allow::POSTS.clean(&outlined).to_string();
    finish::finish(&references::restore(&cleaned))
}

/// Cleans the organisation's own documents, which may have headings, tables and rules as well.
pub(crate) fn clean_document(html: &str) -> String {
    allow::DOCUMENTS.clean(html).to_string()
}

#[cfg(test)]
mod tests;
