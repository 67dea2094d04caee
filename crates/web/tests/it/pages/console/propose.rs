//! Writing proposals down.

use super::world::{at_desk, number};
use crate::browser::location;

const PAGE: &str = "/console/propose";

fn form(kind: &str) -> String {
    format!("{PAGE}?kind={kind}")
}

#[tokio::test]
async fn a_proposal_is_opened_with_its_proposers_approval() {
    let app = testkit::app().await;
    let council = app.council().await;
    app.remote("mia@mastodon.example").await;
    let mut mona = at_desk(&app, &council.moderators[0]).await;

    let fields = [
        ("targets", "@mia@mastodon.example"),
        ("category", "violation"),
        ("rule-1", "on"),
        ("reason_public", "Insults in replies, after a warning."),
        ("reason_private", "See the other case, too."),
    ];
    let opened = mona
        .browser
        .fill(&form("account.limit"), PAGE, &fields)
        .await
        .expect(303);
    let page = mona.follow(opened).await.expect(200).text();

    assert!(page.contains("Limit @mia@mastodon.example"), "{page}");
    assert!(page.contains("1 of 2 approvals"));
    assert!(page.contains("1. Be kind."));
    assert!(page.contains("Insults in replies, after a warning."));
    assert!(page.contains("See the other case, too."));
}

#[tokio::test]
async fn a_public_reason_that_names_somebody_is_asked_about_once() {
    let app = testkit::app().await;
    let council = app.council().await;
    app.member("alice").await;
    let mut mona = at_desk(&app, &council.moderators[0]).await;
    let fields = [
        ("targets", "alice"),
        ("category", "violation"),
        ("reason_public", "Wrote to bob@club.example, see @bob"),
    ];

    let doubted = mona
        .browser
        .fill(&form("account.warn"), PAGE, &fields)
        .await
        .expect(422)
        .text();
    let sure = [fields[0], fields[1], fields[2], ("sure", "on")];
    let opened = mona
        .browser
        .fill(&form("account.warn"), PAGE, &sure)
        .await
        .expect(303);

    assert!(doubted.contains("Look at the public reason once more."));
    assert!(doubted.contains("mail address"));
    assert!(doubted.contains("Wrote to bob@club.example, see @bob"));
    assert!(location(&opened).starts_with("/console/proposals/"));
}

#[tokio::test]
async fn what_is_wrong_is_said_and_what_was_typed_is_kept() {
    let app = testkit::app().await;
    let council = app.council().await;
    app.member("alice").await;
    let mut mona = at_desk(&app, &council.moderators[0]).await;

    for (fields, problem) in [
        (
            [
                ("targets", "nobody"),
                ("category", "spam"),
                ("reason_public", "Advertising"),
            ],
            "“nobody” is no account that this server knows.",
        ),
        (
            [
                ("targets", "alice"),
                ("category", ""),
                ("reason_public", "Advertising"),
            ],
            "Say of what sort the trouble is.",
        ),
        (
            [
                ("targets", "alice"),
                ("category", "spam"),
                ("reason_public", " "),
            ],
            "The reason in the public log is missing.",
        ),
        (
            [
                ("targets", ""),
                ("category", "spam"),
                ("reason_public", "Advertising"),
            ],
            "Say what it is about.",
        ),
    ] {
        let refused = mona
            .browser
            .fill(&form("account.warn"), PAGE, &fields)
            .await
            .expect(422)
            .text();

        assert!(refused.contains(problem), "{problem}: {refused}");
        assert!(refused.contains(fields[0].1), "{problem}");
    }
}

#[tokio::test]
async fn the_same_is_not_proposed_twice() {
    let app = testkit::app().await;
    let council = app.council().await;
    app.member("alice").await;
    let mut mona = at_desk(&app, &council.moderators[0]).await;
    let mut mark = at_desk(&app, &council.moderators[1]).await;
    let fields = [
        ("targets", "alice"),
        ("category", "spam"),
        ("reason_public", "Advertising in replies"),
    ];
    let opened = mona
        .browser
        .fill(&form("account.freeze"), PAGE, &fields)
        .await
        .expect(303);

    let refused = mark
        .browser
        .fill(&form("account.freeze"), PAGE, &fields)
        .await
        .expect(422)
        .text();

    assert!(refused.contains(&number(&location(&opened))), "{refused}");
}

#[tokio::test]
async fn every_kind_has_a_form_or_says_what_is_missing() {
    let app = testkit::app().await;
    let council = app.council().await;
    let mut mona = at_desk(&app, &council.moderators[0]).await;
    let kinds = mona.browser.open(PAGE).await.expect(200).text();

    for kind in model::moderation::Kind::all() {
        let link = format!("{PAGE}?kind={}", kind.as_str());
        if let Some(sentence) = kind.lacks() {
            assert!(!kinds.contains(&link), "{kind:?}");
            assert!(kinds.contains(sentence), "{kind:?}");
        } else {
            assert!(kinds.contains(&link), "{kind:?}");
            let page = mona.browser.open(&link).await.expect(200).text();
            assert!(page.contains("name=\"reason_public\""), "{kind:?}");
        }
    }
}

#[tokio::test]
async fn a_domain_an_address_and_a_name_are_read_as_they_are_typed() {
    let app = testkit::app().await;
    let council = app.council().await;
    let mut mona = at_desk(&app, &council.moderators[0]).await;

    for (kind, target, more, shown) in [
        (
            "domain.block",
            "Spam.Example",
            ("severity", "suspend"),
            "Block spam.example",
        ),
        (
            "ip.block",
            "192.0.2.0/24",
            ("ip_severity", "sign_up_block"),
            "192.0.2.0/24",
        ),
        (
            "email_domain.block",
            "Throwaway.Example",
            ("x", "y"),
            "throwaway.example",
        ),
        (
            "username.block",
            "adm1n",
            ("comparison", "contains"),
            "Block user names like",
        ),
        ("registrations.lock", "", ("x", "y"), "Let nobody sign up"),
    ] {
        let fields = [
            ("targets", target),
            ("category", "spam"),
            ("reason_public", "A flood of new accounts"),
            more,
        ];
        let page = mona
            .fill(&form(kind), PAGE, &fields)
            .await
            .expect(200)
            .text();
        assert!(page.contains(shown), "{kind}: {page}");
        assert!(page.contains("1 of 2 approvals"), "{kind}");
    }
}
