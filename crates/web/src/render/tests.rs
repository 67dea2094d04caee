//! What apps see of views.

use std::sync::Arc;

use model::moderation::document::{Document, DocumentKind};
use model::{
    Account, AccountId, ActorType, Domain, Emoji, ProfileField, Status, StatusId, Username, Viewer,
    Visibility,
    account::{SuspensionOrigin, UriScheme},
    instance::{Profile, Registrations, Usage},
    member::{Member, PostingDefaults, Role},
    relationship::{FollowOptions, Relationship},
    status::{Attachment, Marks, StatusView, TagView},
};
use serde_json::{Value, json, to_value};
use service::moderation::board::documents::{self, Source};
use service::{
    Settings, Urls,
    settings::{EmailDomains, Limits, PasswordCost, Presentation},
};
use text::SafeHtml;
use time::{OffsetDateTime, macros::datetime};

use super::{Renderer, relationships::relationship, statuses::status_source};

const NOW: OffsetDateTime = datetime!(2026-11-22 20:01:30.5 UTC);

fn renderer() -> Renderer {
    let web_domain = Domain::parse("social.club.example").unwrap();
    let settings = Settings {
        profile: Profile::Production,
        local_domain: Domain::parse("club.example").unwrap(),
        web_domain: web_domain.clone(),
        alternate_domains: vec![],
        https: true,
        presentation: Presentation {
            title: "Club".into(),
            description: "A club".into(),
            contact_email: "board@club.example".into(),
            languages: vec!["en".into()],
            source_url: "https://code.example/moot".into(),
            rules: vec!["Be kind".into(), "Stay on topic".into()],
            about: "# About".into(),
            privacy_policy: "We keep little.".into(),
            terms_of_service: String::new(),
        },
        registrations: Registrations::Approval,
        confirms_mail: false,
        email_domains: EmailDomains::default(),
        limits: Limits::default(),
        user_active_days: 7,
        password_cost: PasswordCost::Cheap,
        shelf_bytes: 0,
        limited_federation: false,
        sign_in: service::settings::SignIn::default(),
        governance: model::moderation::Governance::default(),
    };
    Renderer::new(Urls::new(&web_domain, true), Arc::new(settings), NOW)
}

fn account(id: i64, name: &str) -> Account {
    Account {
        id: AccountId::new(id),
        username: Username::from_storage(name.into()),
        domain: None,
        uri: format!("https://social.club.example/ap/users/{id}"),
        url: format!("https://social.club.example/@{name}"),
        uri_scheme: UriScheme::Numeric,
        display_name: "Name".into(),
        note: SafeHtml::from_storage("<p>Hi</p>".into()),
        note_source: "Hi".into(),
        fields: vec![ProfileField {
            name: "site".into(),
            value: SafeHtml::from_storage("<a>x</a>".into()),
            source: "x".into(),
            verified_at: None,
        }],
        emojis: vec![Emoji {
            shortcode: "blob".into(),
            url: "https://e.example/blob.png".into(),
        }],
        actor_type: ActorType::Person,
        locked: true,
        discoverable: Some(true),
        indexable: true,
        hides_collections: false,
        memorial: false,
        avatar_url: None,
        avatar_description: String::new(),
        header_url: None,
        header_description: String::new(),
        also_known_as: vec![],
        moved_to: None,
        suspended: None,
        silenced_at: None,
        sensitised_at: None,
        followers_count: 1,
        following_count: 2,
        statuses_count: 3,
        last_status_on: None,
        created_at: NOW,
        fetched_at: None,
    }
}

fn remote(id: i64) -> Account {
    Account {
        domain: Some(Domain::parse("peer.example").unwrap()),
        avatar_url: Some("https://peer.example/a.png".into()),
        ..account(id, "carol")
    }
}

fn view(author: Account) -> StatusView {
    StatusView {
        status: Status {
            id: StatusId::new(42),
            uri: "https://peer.example/s/42".into(),
            url: "https://peer.example/@carol/42".into(),
            account_id: author.id,
            local: author.domain.is_none(),
            in_reply_to_id: None,
            in_reply_to_account_id: None,
            in_reply_to_uri: None,
            boost_of_id: None,
            source: "hello".into(),
            content: SafeHtml::from_storage("<p>hello</p>".into()),
            title: None,
            spoiler: String::new(),
            visibility: Visibility::Public,
            sensitive: false,
            language: Some("en".into()),
            conversation_uri: None,
            emojis: vec![],
            application_id: None,
            created_at: NOW,
            edited_at: None,
            replies_count: 0,
            boosts_count: 0,
            favourites_count: 0,
        },
        author,
        boost_of: None,
        mentions: vec![],
        tags: vec![TagView {
            name: "moot".into(),
            display_name: "Moot".into(),
        }],
        attachments: vec![],
        application: None,
        marks: None,
    }
}

fn shown(view: &StatusView, viewer: Viewer) -> Value {
    to_value(renderer().status(view, viewer)).unwrap()
}

#[test]
fn members_have_plain_names_and_others_their_host() {
    let renderer = renderer();

    let member = to_value(renderer.account(&account(1, "alice"))).unwrap();
    let stranger = to_value(renderer.account(&remote(2))).unwrap();

    assert_eq!(member["acct"], "alice");
    assert_eq!(
        member["avatar"],
        "https://social.club.example/avatars/original/missing.png"
    );
    assert_eq!(member["roles"], json!([]));
    assert_eq!(stranger["acct"], "carol@peer.example");
    assert_eq!(stranger["avatar"], "https://peer.example/a.png");
    assert!(stranger.get("roles").is_none());
}

#[test]
fn a_suspended_account_says_nothing_of_itself() {
    let suspended = Account {
        suspended: Some((NOW, SuspensionOrigin::Local)),
        ..remote(2)
    };

    let shown = to_value(renderer().account(&suspended)).unwrap();

    assert_eq!(shown["suspended"], true);
    assert_eq!(shown["display_name"], "");
    assert_eq!(shown["note"], "");
    assert_eq!(shown["fields"], json!([]));
    assert_eq!(shown["emojis"], json!([]));
    assert_eq!(shown["locked"], false);
    assert!(shown["avatar"].as_str().unwrap().ends_with("/missing.png"));
}

#[test]
fn strangers_see_no_marks_and_members_their_own() {
    let mut marked = view(remote(2));
    marked.marks = Some(Marks {
        favourited: true,
        ..Marks::default()
    });

    let to_stranger = shown(&view(remote(2)), Viewer::Anybody);
    let to_member = shown(&marked, Viewer::Account(AccountId::new(1)));

    for key in [
        "favourited",
        "reblogged",
        "muted",
        "bookmarked",
        "pinned",
        "filtered",
    ] {
        assert!(to_stranger.get(key).is_none(), "{key}");
    }
    assert_eq!(to_member["favourited"], true);
    assert_eq!(to_member["bookmarked"], false);
    assert_eq!(to_member["filtered"], json!([]));
    assert!(
        to_member.get("pinned").is_none(),
        "only one's own posts can be pinned"
    );
}

#[test]
fn only_ones_own_post_says_whether_it_is_pinned_and_only_if_it_can_be() {
    let own = |visibility| {
        let mut own = view(account(1, "alice"));
        own.marks = Some(Marks::default());
        own.status.visibility = visibility;
        shown(&own, Viewer::Account(AccountId::new(1)))
    };

    assert_eq!(own(Visibility::Private)["pinned"], false);
    assert!(own(Visibility::Direct).get("pinned").is_none());
}

#[test]
fn a_boost_holds_the_boosted_post_with_its_own_author() {
    let mut boost = view(account(1, "alice"));
    boost.boost_of = Some(Box::new(view(remote(2))));

    let shown = shown(&boost, Viewer::Anybody);

    assert_eq!(shown["account"]["acct"], "alice");
    assert_eq!(shown["reblog"]["account"]["acct"], "carol@peer.example");
    assert_eq!(shown["reblog"]["content"], "<p>hello</p>");
}

#[test]
fn apps_are_told_private_where_peers_say_limited() {
    let mut limited = view(remote(2));
    limited.status.visibility = Visibility::Limited;

    assert_eq!(shown(&limited, Viewer::Anybody)["visibility"], "private");
}

#[test]
fn media_of_an_account_marked_as_sensitive_are_hidden_from_others_only() {
    let author = Account {
        sensitised_at: Some(NOW),
        ..account(1, "alice")
    };
    let post = view(author);

    assert_eq!(shown(&post, Viewer::Anybody)["sensitive"], true);
    assert_eq!(
        shown(&post, Viewer::Account(AccountId::new(1)))["sensitive"],
        false
    );
}

#[test]
fn a_picture_from_elsewhere_is_its_own_preview_and_a_film_is_not() {
    let attachment = |kind: &str| Attachment {
        id: 7,
        kind: kind.into(),
        remote_url: "https://peer.example/file".into(),
        preview_url: None,
        media_type: None,
        description: Some("a cat".into()),
        blurhash: None,
        focus: Some((0.5, -0.5)),
        width: Some(400),
        height: Some(200),
        duration: None,
    };
    let mut post = view(remote(2));
    post.attachments = vec![attachment("image"), attachment("video")];

    let shown = shown(&post, Viewer::Anybody);

    let files = &shown["media_attachments"];
    assert_eq!(files[0]["id"], "7");
    assert_eq!(files[0]["preview_url"], "https://peer.example/file");
    assert_eq!(files[0]["meta"]["original"]["size"], "400x200");
    assert_eq!(files[0]["meta"]["original"]["aspect"], 2.0);
    assert_eq!(files[0]["meta"]["focus"], json!({"x": 0.5, "y": -0.5}));
    assert_eq!(files[1]["preview_url"], json!(null));
}

#[test]
fn tags_lead_to_their_pages() {
    let shown = shown(&view(remote(2)), Viewer::Anybody);

    assert_eq!(
        shown["tags"],
        json!([{"name": "moot", "url": "https://social.club.example/tags/moot"}])
    );
}

#[test]
fn a_deleted_post_is_told_as_typed() {
    let shown = to_value(renderer().deleted_status(&view(account(1, "alice")))).unwrap();

    assert_eq!(shown["text"], "hello");
    assert!(shown.get("content").is_none());
}

#[test]
fn the_source_of_a_post_from_elsewhere_is_its_plain_text() {
    let mut post = view(remote(2));
    post.status.source = String::new();

    let source = to_value(status_source(&post)).unwrap();

    assert_eq!(
        source,
        json!({"id": "42", "text": "hello", "spoiler_text": ""})
    );
}

#[test]
fn a_member_sees_what_they_typed_and_chose() {
    let member = Member {
        account: account(1, "alice"),
        email: None,
        role: Role::Member,
        locale: "en".into(),
        defaults: PostingDefaults {
            visibility: Visibility::Unlisted,
            sensitive: true,
            language: Some("fi".into()),
        },
        confirmed_at: Some(NOW),
        approved_at: Some(NOW),
        disabled_at: None,
        last_active_at: None,
        created_at: NOW,
        eligible_for: vec![],
        left_at: None,
        ends_at: None,
    };

    let shown = to_value(renderer().credential_account(&member, 2, None)).unwrap();

    assert_eq!(shown["note"], "<p>Hi</p>");
    assert_eq!(shown["source"]["note"], "Hi");
    assert_eq!(shown["source"]["fields"][0]["value"], "x");
    assert_eq!(shown["source"]["privacy"], "unlisted");
    assert_eq!(shown["source"]["language"], "fi");
    assert_eq!(shown["source"]["follow_requests_count"], 2);
    assert_eq!(shown["role"]["permissions"], "0");
}

#[test]
fn a_request_to_follow_tells_its_options_but_is_no_follow() {
    let asked = Relationship {
        id: AccountId::new(2),
        following: None,
        requested: Some(FollowOptions {
            notifies: true,
            ..FollowOptions::default()
        }),
        followed_by: false,
        requested_by: false,
        blocking: false,
        blocked_by: false,
        muting: None,
    };

    let shown = to_value(relationship(&asked)).unwrap();

    assert_eq!(shown["following"], false);
    assert_eq!(shown["requested"], true);
    assert_eq!(shown["showing_reblogs"], true);
    assert_eq!(shown["notifying"], true);
    assert_eq!(shown["languages"], json!(null));
}

#[test]
fn the_server_tells_where_it_is_and_what_it_takes() {
    let renderer = renderer();
    let papers = papers();
    let shown =
        to_value(renderer.instance(Usage::default(), Registrations::Approval, &papers)).unwrap();

    assert_eq!(shown["domain"], "club.example");
    assert_eq!(
        shown["configuration"]["urls"]["streaming"],
        "wss://social.club.example"
    );
    assert_eq!(
        shown["configuration"]["urls"]["terms_of_service"],
        json!(null)
    );
    assert_eq!(shown["configuration"]["statuses"]["max_characters"], 500);
    assert_eq!(shown["registrations"]["enabled"], true);
    assert_eq!(shown["registrations"]["approval_required"], true);
    assert_eq!(shown["rules"][1]["id"], "2");
    let version = shown["version"].as_str().unwrap();
    assert!(version.contains("compatible; Moot"), "{version}");
}

#[test]
fn the_older_way_of_asking_tells_the_same() {
    let usage = Usage {
        members: 5,
        local_statuses: 7,
        peers: 3,
        ..Usage::default()
    };

    let renderer = renderer();
    let papers = papers();
    let shown = to_value(renderer.instance_v1(usage, Registrations::Approval, &papers)).unwrap();

    assert_eq!(shown["uri"], "club.example");
    assert_eq!(
        shown["stats"],
        json!({"user_count": 5, "status_count": 7, "domain_count": 3})
    );
    assert_eq!(shown["registrations"], true);
}

#[test]
fn documents_are_written_as_html_and_a_default_about_is_not_told() {
    let renderer = renderer();
    let document = Document {
        kind: DocumentKind::About,
        version: 0,
        text: "# About".into(),
        decision_id: None,
        effective_at: None,
    };
    let [written, unwritten] = [Source::Operator, Source::Default].map(|source| documents::Shown {
        document: document.clone(),
        source,
    });

    let about = to_value(renderer.extended_description(&written)).unwrap();
    let nothing = to_value(renderer.extended_description(&unwritten)).unwrap();
    let terms = to_value(renderer.terms_of_service(&document, true, None)).unwrap();

    assert_eq!(about["content"].as_str().unwrap().trim(), "<h2>About</h2>");
    assert_eq!(about["updated_at"], "2026-11-22T20:01:30.500Z");
    assert_eq!(nothing, json!({"updated_at": null, "content": ""}));
    assert_eq!(terms["effective_date"], "2026-11-22");
    assert_eq!(terms["succeeded_by"], json!(null));
}

fn papers() -> documents::Papers {
    documents::Papers {
        rules: vec!["Be kind".into(), "Stay on topic".into()],
        has_terms: false,
    }
}
