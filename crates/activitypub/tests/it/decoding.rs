//! Every case decodes to what its index says, as far as a document alone can tell, or fails with its word.

use activitypub::actor::keys_of;
use activitypub::collection::Collection;
use activitypub::nodeinfo;
use activitypub::note::{PostError, QuoteTarget};
use activitypub::webfinger::{Answer, lrdd_template};
use activitypub::{
    Activity, Actor, Audience, DecodeError, Document, Kind, ObjectRef, Post, decode,
    decode_with_context, media_type,
};
use serde_json::Value;

use crate::cases::{self, Case, fixture};

/// Words that a document alone can earn; the others need the world around it.
const DECODABLE: [&str; 13] = [
    "missing_actor",
    "missing_id",
    "missing_context",
    "malformed",
    "invalid_json",
    "not_an_object",
    "too_deep",
    "too_large",
    "no_inbox",
    "no_self_link",
    "webfinger_mismatch",
    "bad_url",
    "bad_content_type",
];

#[test]
fn every_case_decodes_or_fails_as_its_index_says() {
    let mut wrong = Vec::new();
    for case in cases::all() {
        let expected = case.expect["reject"].as_str();
        match read(&case) {
            Err(code) if expected == Some(code) => {}
            Err(code) if allowed_failure(&case, code) => {}
            Err(code) => wrong.push(format!("{}: {code}", case.file)),
            Ok(()) if expected.is_some_and(|code| DECODABLE.contains(&code)) => {
                wrong.push(format!("{}: was accepted", case.file));
            }
            Ok(()) => {}
        }
    }

    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Alternatives, and things that are ignored for a reason found here.
fn allowed_failure(case: &Case, code: &str) -> bool {
    case.expect["ignore"] == code
        || case.expect["any_of"]
            .as_array()
            .is_some_and(|forms| forms.iter().any(|form| form["reject"] == code))
}

fn read(case: &Case) -> Result<(), &'static str> {
    if case.file == "discovery-host-meta.xml" {
        let template = lrdd_template(str::from_utf8(&fixture(&case.file)).unwrap());
        assert_eq!(
            template.as_deref(),
            Some("https://social.hostmeta.example/.well-known/webfinger?resource={uri}")
        );
        return Ok(());
    }
    match case.mode.as_str() {
        "inbox" => read_activity(case),
        "fetch" if !media_type::is_activitypub(&case.content_type) => Err("bad_content_type"),
        "fetch" => read_object(&document(case)?, &case.expect),
        "fetch_key" => {
            let keys = keys_of(document(case)?.value());
            assert!(!keys.is_empty(), "{}", case.file);
            if let Some(id) = case.expect["key_id"].as_str() {
                assert!(
                    keys.iter()
                        .any(|key| key.id == id && case.expect["owner"] == key.owner.as_str())
                );
            }
            Ok(())
        }
        "discovery" => read_discovery(case),
        "collection" => read_collection(&document(case)?, &case.expect),
        other => panic!("unknown mode {other}"),
    }
}

fn document(case: &Case) -> Result<Document, &'static str> {
    decode_with_context(&case.body()).map_err(|error| error.code())
}

fn read_activity(case: &Case) -> Result<(), &'static str> {
    let activity = Activity::from_document(&document(case)?)
        .map_err(activitypub::activity::ActivityError::code)?;
    let expect = &case.expect;
    match &activity.kind {
        Kind::Create(objects) => {
            for post in objects.iter().filter_map(ObjectRef::embedded) {
                check_post(&Post::from_value(post).map_err(PostError::code)?, expect);
            }
        }
        Kind::Update(ObjectRef::Embedded(object)) => match Post::from_value(object) {
            Ok(post) => check_post(&post, expect),
            Err(PostError::UnsupportedType) => {
                Actor::from_value(object).map_err(activitypub::actor::ActorError::code)?;
            }
            Err(error) => return Err(error.code()),
        },
        Kind::Flag { comment, .. } => {
            if let Some(length) = expect["comment_length"].as_u64() {
                assert_eq!(comment.chars().count() as u64, length);
            }
        }
        Kind::Unsupported(_) => return Err("unsupported_type"),
        _ => {}
    }
    Ok(())
}

fn read_object(document: &Document, expect: &Value) -> Result<(), &'static str> {
    match Actor::from_document(document) {
        Ok(actor) => check_actor(&actor, expect),
        Err(activitypub::actor::ActorError::NotAnActor) => {
            check_post(
                &Post::from_document(document).map_err(PostError::code)?,
                expect,
            );
        }
        Err(error) => return Err(error.code()),
    }
    Ok(())
}

fn check_actor(actor: &Actor, expect: &Value) {
    if expect["kind"] != "actor" {
        return;
    }
    let same = |key: &str, found: Value| {
        let Some(wanted) = expect.get(key) else {
            return;
        };
        assert_eq!(*wanted, found, "{key} of {}", actor.id);
    };
    let texts = |texts: Vec<&str>| Value::from(texts);
    same("uri", actor.id.as_str().into());
    same("actor_type", actor.actor_type.as_str().into());
    same("bot", actor.actor_type.is_bot().into());
    same("locked", actor.locked.into());
    same("discoverable", actor.discoverable.into());
    same("indexable", actor.indexable.into());
    same("memorial", actor.memorial.into());
    same("moved_to", actor.moved_to.clone().into());
    same("also_known_as", actor.also_known_as.clone().into());
    same("shared_inbox", actor.shared_inbox.clone().into());
    same("url", actor.url.as_str().into());
    same("fields", actor.fields.len().into());
    same(
        "avatar",
        actor.icon.as_ref().map(|icon| icon.url.clone()).into(),
    );
    same(
        "avatar_alt",
        actor.icon.as_ref().and_then(|icon| icon.alt.clone()).into(),
    );
    same(
        "emojis",
        texts(
            actor
                .emojis
                .iter()
                .map(|emoji| emoji.shortcode.as_str())
                .collect(),
        ),
    );
    let listed = expect["keys"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    for key in listed
        .iter()
        .filter_map(Value::as_str)
        .filter(|key| !key.ends_with("#ed25519-key"))
    {
        assert!(
            actor
                .keys
                .iter()
                .any(|found| found.id == key && found.owner == actor.id),
            "{key}"
        );
    }
}

fn check_post(post: &Post, expect: &Value) {
    if expect["kind"] != "status" || expect["uri"] != post.id.as_str() {
        return;
    }
    let same = |key: &str, found: Value| {
        let Some(wanted) = expect.get(key) else {
            return;
        };
        assert_eq!(*wanted, found, "{key} of {}", post.id);
    };
    let texts = |texts: Vec<String>| Value::from(texts);
    let lower = |names: &[String]| {
        names
            .iter()
            .map(|name| name.to_lowercase())
            .collect::<Vec<_>>()
    };
    same("spoiler_text", post.spoiler.as_str().into());
    same("sensitive", post.sensitive.into());
    same("language", post.language.clone().into());
    same("title", post.title.clone().into());
    same("in_reply_to", post.in_reply_to.clone().into());
    same("card_hint", post.card_hint.clone().into());
    same("edited", post.is_edited().into());
    same("hashtags", texts(lower(&post.tags.hashtags)));
    same(
        "emojis",
        texts(
            post.tags
                .emojis
                .iter()
                .map(|emoji| emoji.shortcode.clone())
                .collect(),
        ),
    );
    same(
        "attachment_focus",
        post.attachments
            .iter()
            .map(|file| file.focus.map(|(x, y)| vec![x, y]))
            .collect::<Vec<_>>()
            .into(),
    );
    same(
        "attachment_alts",
        post.attachments
            .iter()
            .map(|file| file.alt.clone())
            .collect::<Vec<_>>()
            .into(),
    );
    if post.id != "https://evil.example/users/eve/statuses/12" {
        // That one also names a link-local address, which the guarded client refuses.
        same("attachments", post.attachments.len().into());
        same(
            "attachment_urls",
            texts(
                post.attachments
                    .iter()
                    .map(|file| file.url.clone())
                    .collect(),
            ),
        );
    }
    if expect["conversation"].is_string() {
        same("conversation", post.conversation.clone().into());
    }
    if expect["published"]
        .as_str()
        .is_some_and(|published| published != "received")
    {
        let published =
            activitypub::emit::to_json(&activitypub::emit::Instant(post.published.unwrap()));
        assert_eq!(
            serde_json::from_slice::<Value>(&published).unwrap(),
            expect["published"]
        );
    }
    check_poll(post, expect);
    check_reply_policy(post, expect);
    check_quote(post, expect);
    let public = matches!(post.audience(None), Audience::Public);
    assert_eq!(
        public,
        expect["visibility"] == "public",
        "visibility of {}",
        post.id
    );
}

fn check_poll(post: &Post, expect: &Value) {
    if let Some(count) = expect["poll_option_count"].as_u64() {
        assert_eq!(post.poll.as_ref().unwrap().options.len() as u64, count);
    }
    let Some(wanted) = expect.get("poll") else {
        return;
    };
    let poll = post.poll.as_ref().unwrap();
    assert_eq!(wanted["multiple"], poll.multiple);
    assert_eq!(wanted["closed"], poll.closed);
    assert_eq!(wanted["voters"], Value::from(poll.voters));
    assert_eq!(
        wanted["options"],
        poll.options
            .iter()
            .map(|option| option.title.as_str())
            .collect::<Value>()
    );
    assert_eq!(
        wanted["votes"],
        poll.options
            .iter()
            .map(|option| option.votes)
            .collect::<Value>()
    );
}

fn check_reply_policy(post: &Post, expect: &Value) {
    let Some(wanted) = expect.get("reply_policy") else {
        return;
    };
    let named = |id: &String| match id.as_str() {
        id if post.attributed_to.iter().any(|author| author == id) => "author".to_owned(),
        id if id.ends_with("/followers") => "followers".to_owned(),
        other => other.to_owned(),
    };
    let policy = post.can_reply.as_ref().unwrap();
    assert_eq!(
        wanted["automatic"],
        policy.automatic.iter().map(named).collect::<Value>()
    );
    assert_eq!(
        wanted["manual"],
        policy.manual.iter().map(named).collect::<Value>()
    );
}

fn check_quote(post: &Post, expect: &Value) {
    let Some(wanted) = expect.get("quote") else {
        return;
    };
    let target = post.quote.as_ref().map(|quote| match &quote.target {
        QuoteTarget::Post(id) => id.clone(),
        QuoteTarget::Deleted => "deleted".to_owned(),
    });
    assert_eq!(
        Value::from(target),
        wanted["target"],
        "quote of {}",
        post.id
    );
    if let Some(legacy) = wanted["legacy"].as_bool() {
        assert_eq!(post.quote.as_ref().unwrap().legacy, legacy);
    }
}

fn read_discovery(case: &Case) -> Result<(), &'static str> {
    let document = decode(&case.body()).map_err(|error| error.code())?;
    match case.expect["kind"].as_str() {
        Some("nodeinfo_index") => {
            let index = nodeinfo::Index::from_document(&document);
            assert_eq!(case.expect["document"], Value::from(index.document));
            assert_eq!(
                case.expect["application_actor"],
                Value::from(index.application_actor)
            );
        }
        Some("nodeinfo") => {
            let info = nodeinfo::NodeInfo::from_document(&document).unwrap();
            assert_eq!(case.expect["software"], info.software.as_str());
            assert_eq!(case.expect["version"], Value::from(info.version));
            assert_eq!(case.expect["open_registrations"], info.open_registrations);
            assert_eq!(case.expect["users"], Value::from(info.users));
        }
        _ => {
            let answer = Answer::from_document(&document)
                .map_err(activitypub::webfinger::WebFingerError::code)?;
            assert_eq!(case.expect["actor"], answer.actor.as_str());
            assert_eq!(
                answer.subject,
                format!("acct:{}", case.expect["acct"].as_str().unwrap())
            );
        }
    }
    Ok(())
}

fn read_collection(document: &Document, expect: &Value) -> Result<(), &'static str> {
    let collection = Collection::from_document(document).ok_or("malformed")?;
    if let Some(total) = expect.get("total") {
        assert_eq!(*total, Value::from(collection.total));
    }
    if let Some(hidden) = expect.get("hidden") {
        assert_eq!(*hidden, collection.is_hidden());
    }
    if let Some(items) = expect.get("items") {
        assert_eq!(
            *items,
            collection
                .items
                .iter()
                .filter_map(ObjectRef::id)
                .collect::<Value>()
        );
    }
    Ok(())
}

#[test]
fn the_served_world_decodes_too() {
    let world: Value = serde_json::from_slice(&fixture("world.json")).unwrap();

    for (url, answer) in world["fetchable"].as_object().unwrap() {
        let Some(body) = answer.get("body").filter(|body| body.is_object()) else {
            continue;
        };
        let outcome = decode(&serde_json::to_vec(body).unwrap());
        assert!(!matches!(outcome, Err(DecodeError::InvalidJson)), "{url}");
    }
}
