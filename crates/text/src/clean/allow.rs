//! The second pass: ammonia with our two allow-lists.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

use super::outline::ELEMENTS;

/// Where a link may lead. Mastodon's list; none of these can run code in a page.
pub(super) const LINK_SCHEMES: [&str; 11] = [
    "http", "https", "dat", "dweb", "ipfs", "ipns", "ssb", "gopher", "xmpp", "magnet", "gemini",
];

/// What goes with all it holds, should the first pass ever let it through.
const DROPPED_WITH_CONTENT: [&str; 15] = [
    "script",
    "style",
    "iframe",
    "object",
    "embed",
    "svg",
    "math",
    "noscript",
    "template",
    "textarea",
    "title",
    "xmp",
    "plaintext",
    "noframes",
    "noembed",
];

/// The cleaner of everything that members and other servers write.
pub(super) static POSTS: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let attributes: HashMap<&str, HashSet<&str>> = ELEMENTS
        .into_iter()
        .map(|(element, attributes)| (element, attributes.iter().copied().collect()))
        .collect();
    let mut builder = Builder::empty();
    builder
        .tags(ELEMENTS.into_iter().map(|(element, _)| element).collect())
        .clean_content_tags(HashSet::from(DROPPED_WITH_CONTENT))
        .tag_attributes(attributes)
        .generic_attributes(HashSet::from(["lang"]))
        .url_schemes(HashSet::from(LINK_SCHEMES))
        .url_relative(UrlRelative::Deny)
        .link_rel(None)
        .strip_comments(true)
        .attribute_filter(|_, attribute, value| match attribute {
            "class" => kept_classes(value),
            "translate" => (value == "no").then_some(Cow::Borrowed("no")),
            "href" => has_listed_scheme(value).then_some(Cow::Borrowed(value)),
            "start" | "value" => value.parse::<i32>().is_ok().then_some(Cow::Borrowed(value)),
            "reversed" => Some(Cow::Borrowed("")),
            _ => Some(Cow::Borrowed(value)),
        });
    builder
});

/// The cleaner of what the organisation itself publishes: headings, tables and rules stay.
pub(super) static DOCUMENTS: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let elements = [
        "p",
        "br",
        "a",
        "del",
        "pre",
        "blockquote",
        "code",
        "strong",
        "em",
        "ul",
        "ol",
        "li",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "sup",
        "sub",
        "abbr",
    ];
    let mut builder = Builder::empty();
    builder
        .tags(HashSet::from(elements))
        .clean_content_tags(HashSet::from(DROPPED_WITH_CONTENT))
        .tag_attributes(HashMap::from([
            ("a", HashSet::from(["href"])),
            ("abbr", HashSet::from(["title"])),
            ("ol", HashSet::from(["start"])),
        ]))
        .generic_attributes(HashSet::from(["lang"]))
        .url_schemes(HashSet::from(["http", "https", "mailto", "xmpp", "tel"]))
        .url_relative(UrlRelative::PassThrough)
        .link_rel(Some("noopener"))
        .strip_comments(true);
    builder
});

/// The classes of microformats, of mentions and tags, of shortened links and of quote fallbacks.
fn kept_classes(value: &str) -> Option<Cow<'_, str>> {
    let kept: Vec<&str> = value
        .split([' ', '\t', '\n', '\r', '\u{C}'])
        .filter(|class| is_kept_class(class))
        .collect();
    (!kept.is_empty()).then(|| Cow::Owned(kept.join(" ")))
}

fn is_kept_class(class: &str) -> bool {
    // References are not decoded yet, and one may hide a space.
    if !class
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
    {
        return false;
    }
    let is_microformat = ["h-", "p-", "u-", "dt-", "e-"]
        .iter()
        .any(|prefix| class.starts_with(prefix));
    is_microformat
        || matches!(
            class,
            "mention" | "hashtag" | "ellipsis" | "invisible" | "quote-inline"
        )
}

/// Browsers forgive blanks and line ends in and before a scheme; we do not.
fn has_listed_scheme(href: &str) -> bool {
    href.split_once(':').is_some_and(|(scheme, _)| {
        LINK_SCHEMES
            .iter()
            .any(|listed| scheme.eq_ignore_ascii_case(listed))
    })
}
