//! The `@context` of our documents: what the terms mean, for the few peers that do full JSON-LD.

use std::sync::LazyLock;

use serde_json::value::RawValue;

/// Which terms a document uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Context {
    /// Nothing but `ActivityStreams`.
    Plain,
    /// A profile with its keys.
    Actor,
    /// A post, or an activity that includes one.
    Note,
}

impl Context {
    pub(super) fn json(self) -> &'static RawValue {
        match self {
            Self::Plain => &PLAIN,
            Self::Actor => &ACTOR,
            Self::Note => &NOTE,
        }
    }
}

static PLAIN: LazyLock<Box<RawValue>> =
    LazyLock::new(|| raw(r#""https://www.w3.org/ns/activitystreams""#));

static ACTOR: LazyLock<Box<RawValue>> = LazyLock::new(|| {
    raw(concat!(
        r#"["https://www.w3.org/ns/activitystreams","https://w3id.org/security/v1","https://purl.archive.org/socialweb/webfinger","#,
        r#"{"manuallyApprovesFollowers":"as:manuallyApprovesFollowers","Hashtag":"as:Hashtag","#,
        r#""alsoKnownAs":{"@id":"as:alsoKnownAs","@type":"@id"},"movedTo":{"@id":"as:movedTo","@type":"@id"},"#,
        r#""schema":"http://schema.org#","PropertyValue":"schema:PropertyValue","value":"schema:value","#,
        r#""toot":"http://joinmastodon.org/ns#","Emoji":"toot:Emoji","#,
        r#""featured":{"@id":"toot:featured","@type":"@id"},"featuredTags":{"@id":"toot:featuredTags","@type":"@id"},"#,
        r#""discoverable":"toot:discoverable","indexable":"toot:indexable","memorial":"toot:memorial","#,
        r#""suspended":"toot:suspended","attributionDomains":{"@id":"toot:attributionDomains","@container":"@set"}}]"#,
    ))
});

static NOTE: LazyLock<Box<RawValue>> = LazyLock::new(|| {
    raw(concat!(
        r#"["https://www.w3.org/ns/activitystreams","#,
        r#"{"sensitive":"as:sensitive","Hashtag":"as:Hashtag","#,
        r#""ostatus":"http://ostatus.org#","atomUri":"ostatus:atomUri","inReplyToAtomUri":"ostatus:inReplyToAtomUri","conversation":"ostatus:conversation","#,
        r#""toot":"http://joinmastodon.org/ns#","Emoji":"toot:Emoji","votersCount":"toot:votersCount","blurhash":"toot:blurhash","#,
        r#""focalPoint":{"@container":"@list","@id":"toot:focalPoint"},"#,
        r#""quote":{"@id":"https://w3id.org/fep/044f#quote","@type":"@id"},"#,
        r#""quoteAuthorization":{"@id":"https://w3id.org/fep/044f#quoteAuthorization","@type":"@id"},"#,
        r#""quoteUri":"http://fedibird.com/ns#quoteUri","_misskey_quote":"https://misskey-hub.net/ns#_misskey_quote"}]"#,
    ))
});

fn raw(json: &str) -> Box<RawValue> {
    RawValue::from_string(json.to_owned()).expect("the contexts above are JSON")
}
