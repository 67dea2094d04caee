//! The documents we send and serve.
//!
//! Each is a struct whose fields come out in a fixed order, so that the bytes of one document are the same every time:
//! they are made once, digested once, and sent to every inbox. Fill in the struct, then call [`to_document`].

mod activity;
mod actor;
mod collection;
mod context;
mod discovery;
mod note;
mod time;

pub use activity::{
    Activity, Tombstone, accept, add, announce, block, create, delete_actor, delete_post, flag,
    follow, like, move_to, reject, remove, undo, update_actor, update_post,
};
pub use actor::{Actor, Endpoints, Image, InstanceActor, PropertyValue, PublicKey};
pub use collection::{Collection, CollectionPage};
pub use context::Context;
pub use discovery::{
    HostMeta, Jrd, JrdLink, NodeInfo, NodeInfoIndex, NodeInfoServices, NodeInfoSoftware,
    NodeInfoUsage, NodeInfoUsers, NodeInfoVersion,
};
pub use note::{Attachment, Collected, ContentMap, Note, QuestionChoice, Tag, Thumbnail};
pub use time::Instant;

use serde::Serialize;

/// The bytes of a document, with its context in front.
pub fn to_document<T: Serialize>(context: Context, object: &T) -> Vec<u8> {
    #[derive(Serialize)]
    struct WithContext<'a, T> {
        #[serde(rename = "@context")]
        context: &'a serde_json::value::RawValue,
        #[serde(flatten)]
        object: &'a T,
    }
    to_json(&WithContext {
        context: context.json(),
        object,
    })
}

/// The bytes of a document that needs no context, such as `WebFinger`'s.
pub fn to_json<T: Serialize>(object: &T) -> Vec<u8> {
    serde_json::to_vec(object).expect("our documents have string keys and finite numbers")
}

#[cfg(test)]
mod tests {
    use ::time::macros::datetime;
    use serde_json::{Value, json};

    use super::*;
    use crate::actor::ActorType;
    use crate::{Kind, PUBLIC, Post, decode_with_context};

    fn note() -> Note {
        let published = Instant(datetime!(2026-08-01 10:00 UTC));
        Note {
            id: "https://m.example/1".into(),
            note_type: "Question",
            summary: None,
            in_reply_to: None,
            published,
            updated: None,
            url: "https://m.example/@al/1".into(),
            attributed_to: "https://m.example/u".into(),
            to: vec![PUBLIC.into()],
            cc: vec!["https://m.example/u/followers".into()],
            sensitive: false,
            atom_uri: None,
            in_reply_to_atom_uri: None,
            conversation: None,
            context: None,
            content: "<p>x</p>".into(),
            content_map: Some(ContentMap {
                language: "en".into(),
                content: "<p>x</p>".into(),
            }),
            attachment: vec![Attachment {
                media_type: "image/png".into(),
                url: "https://m.example/i.png".into(),
                name: None,
                blurhash: None,
                focal_point: Some([0.5, -0.5]),
                width: Some(3),
                height: None,
                duration: None,
                icon: None,
            }],
            tag: vec![Tag::Hashtag {
                href: "https://m.example/tags/x".into(),
                name: "#x".into(),
            }],
            replies: None,
            likes: Some(Collected {
                id: "https://m.example/1/likes".into(),
                total_items: 2,
            }),
            shares: None,
            one_of: vec![QuestionChoice {
                name: "Tea".into(),
                votes: 1,
            }],
            any_of: Vec::new(),
            end_time: Some(published),
            closed: None,
            voters_count: Some(1),
        }
    }

    #[test]
    fn what_we_say_of_a_post_we_understand_ourselves() {
        let bytes = to_document(Context::Note, &create(note()));

        let document = decode_with_context(&bytes).unwrap();
        let activity = crate::Activity::from_document(&document).unwrap();
        let Kind::Create(objects) = &activity.kind else {
            panic!("not a Create")
        };
        let post = Post::from_value(objects[0].embedded().unwrap()).unwrap();
        assert_eq!(activity.id.as_deref(), Some("https://m.example/1/activity"));
        assert_eq!((&activity.to, &activity.cc), (&post.to, &post.cc));
        assert_eq!(
            (post.language.as_deref(), post.likes),
            (Some("en"), Some(2))
        );
        assert_eq!(post.attachments[0].focus, Some((0.5, -0.5)));
        assert_eq!(post.tags.hashtags, ["x"]);
        assert_eq!(post.poll.unwrap().options[0].votes, 1);
    }

    #[test]
    fn fields_keep_their_order() {
        let text = String::from_utf8(to_document(
            Context::Plain,
            &like(
                "https://m.example/l",
                "https://m.example/u",
                "https://a.example/1",
            ),
        ))
        .unwrap();

        assert_eq!(
            text,
            r#"{"@context":"https://www.w3.org/ns/activitystreams","id":"https://m.example/l","type":"Like","actor":"https://m.example/u","object":"https://a.example/1"}"#
        );
    }

    #[test]
    fn a_page_of_a_collection_is_understood_by_ourselves() {
        let page = CollectionPage {
            id: "https://m.example/outbox?page=true".into(),
            total_items: None,
            next: Some("https://m.example/outbox?max_id=1".into()),
            prev: None,
            part_of: "https://m.example/outbox".into(),
            ordered_items: vec![create(note())],
        };

        let document = decode_with_context(&to_document(Context::Note, &page)).unwrap();

        let read = crate::collection::Collection::from_document(&document).unwrap();
        assert_eq!(read.next, page.next);
        assert_eq!(read.items[0].id(), Some("https://m.example/1/activity"));
    }

    #[test]
    fn taking_back_and_saying_yes_repeat_the_activity() {
        let follow = follow(
            "https://a.example/f",
            "https://a.example/u",
            "https://m.example/u",
        );

        let yes: Value = serde_json::from_slice(&to_json(&accept(
            "https://m.example/y",
            "https://m.example/u",
            follow.clone(),
        )))
        .unwrap();
        let undone: Value =
            serde_json::from_slice(&to_json(&undo("https://a.example/u", follow))).unwrap();

        assert_eq!(yes["object"]["id"], "https://a.example/f");
        assert_eq!(yes["to"], json!(["https://a.example/u"]));
        assert_eq!(
            (&undone["id"], &undone["object"]["type"]),
            (&json!("https://a.example/f#undo"), &json!("Follow"))
        );
    }

    #[test]
    fn our_actor_is_understood_by_ourselves() {
        let actor = InstanceActor {
            id: "https://m.example/actor".into(),
            actor_type: ActorType::Application,
            inbox: "https://m.example/actor/inbox".into(),
            outbox: "https://m.example/actor/outbox".into(),
            preferred_username: "m.example".into(),
            url: "https://m.example/about".into(),
            manually_approves_followers: true,
            public_key: PublicKey {
                id: "https://m.example/actor#main-key".into(),
                owner: "https://m.example/actor".into(),
                public_key_pem: "PEM".into(),
            },
            endpoints: Endpoints {
                shared_inbox: "https://m.example/inbox".into(),
            },
        };

        let document = decode_with_context(&to_document(Context::Actor, &actor)).unwrap();

        let read = crate::Actor::from_document(&document).unwrap();
        assert_eq!(read.actor_type, ActorType::Application);
        assert_eq!(
            read.shared_inbox.as_deref(),
            Some("https://m.example/inbox")
        );
        assert_eq!(read.keys[0].pem, "PEM");
        assert!(read.locked);
    }

    #[test]
    fn where_we_are_found_is_understood_by_ourselves() {
        let jrd = Jrd::for_actor(
            "al@club.example",
            "https://m.example/ap/users/1",
            "https://m.example/@al",
            "https://m.example",
        );
        let answer =
            crate::webfinger::Answer::from_document(&crate::decode(&to_json(&jrd)).unwrap())
                .unwrap();
        let meta = HostMeta::new("https://m.example");
        let index = NodeInfoIndex::new("https://m.example", "https://m.example/actor");

        assert_eq!(
            (answer.subject.as_str(), answer.actor.as_str()),
            ("acct:al@club.example", "https://m.example/ap/users/1")
        );
        let template = crate::webfinger::lrdd_template(&meta.to_xml());
        assert_eq!(
            template.as_deref(),
            Some("https://m.example/.well-known/webfinger?resource={uri}")
        );
        assert_eq!(
            template,
            crate::webfinger::lrdd_template_json(&crate::decode(&to_json(&meta)).unwrap())
        );
        let index =
            crate::nodeinfo::Index::from_document(&crate::decode(&to_json(&index)).unwrap());
        assert_eq!(
            index.document.as_deref(),
            Some("https://m.example/nodeinfo/2.1")
        );
        assert_eq!(
            index.application_actor.as_deref(),
            Some("https://m.example/actor")
        );
    }
}
