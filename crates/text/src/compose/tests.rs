use proptest::prelude::*;

use super::*;
use crate::SafeHtml;

/// A server with two members of its own and one known stranger.
struct SmallWorld;

impl Links for SmallWorld {
    fn mention(&self, username: &str, domain: Option<&str>) -> Option<MentionLink> {
        let url = match (username.to_lowercase().as_str(), domain) {
            ("alice" | "bob", None | Some("club.example")) => {
                format!("https://social.club.example/@{username}")
            }
            ("carol", Some("far.example")) => "https://far.example/users/carol?a&b".to_owned(),
            _ => return None,
        };
        Some(MentionLink {
            url,
            username: username.to_owned(),
        })
    }

    fn hashtag(&self, name: &str) -> String {
        format!("https://social.club.example/tags/{name}")
    }
}

fn rendered(text: &str) -> String {
    render(text, &SmallWorld).into_string()
}

fn urls(text: &str) -> Vec<&str> {
    entities(text)
        .into_iter()
        .filter_map(|entity| match entity.kind {
            Kind::Url(url) | Kind::Uri(url) => Some(url),
            _ => None,
        })
        .collect()
}

#[test]
fn mentions_are_found_by_mastodons_grammar() {
    for (text, found) in [
        ("@alice", vec!["alice"]),
        ("hello @alice, @bob!", vec!["alice", "bob"]),
        ("@alice@far.example.", vec!["alice@far.example"]),
        ("(@alice@far.example)", vec!["alice@far.example"]),
        ("@al.i-ce_9.", vec!["al.i-ce_9"]),
        ("@alice-", vec!["alice"]),
        ("@alice@", vec![]),
        ("@alice@@bob", vec!["bob"]),
        ("@alice://x", vec![]),
        ("@aliceé", vec![]),
        ("@alice@bücher.example", vec!["alice@bücher.example"]),
        ("@alice@localhost:3000", vec!["alice@localhost:3000"]),
        ("@alice@127.0.0.1:3000!", vec!["alice@127.0.0.1:3000"]),
        ("@alice@far.club:3000", vec!["alice@far.club"]),
        ("@alice@localhost: yes", vec!["alice@localhost"]),
        ("mail@club.example", vec![]),
        ("x@alice", vec![]),
        ("é@alice", vec![]),
        ("/@alice", vec![]),
        ("=@alice", vec![]),
        (".@alice", vec!["alice"]),
        ("「@alice」", vec!["alice"]),
        ("@", vec![]),
        ("@ alice", vec![]),
        ("https://far.example/@carol", vec![]),
    ] {
        let handles: Vec<String> = mentions(text)
            .into_iter()
            .map(|mention| match mention.domain {
                Some(domain) => format!("{}@{domain}", mention.username),
                None => mention.username.to_owned(),
            })
            .collect();
        assert_eq!(handles, found, "{text}");
    }
}

#[test]
fn tags_are_found_by_mastodons_grammar() {
    for (text, found) in [
        ("#rust", vec!["rust"]),
        ("learn #Rust_lang2024 now #ok", vec!["Rust_lang2024", "ok"]),
        ("＃ｗｉｄｅ", vec!["ｗｉｄｅ"]),
        ("#2024", vec![]),
        ("#24h", vec!["24h"]),
        ("#h24", vec!["h24"]),
        ("#1_2", vec!["1_2"]),
        ("#_x", vec!["_x"]),
        ("#x_", vec!["x_"]),
        ("#ein·zwei·drei", vec!["ein·zwei·drei"]),
        ("#ein·zwei·", vec!["ein·zwei"]),
        ("#·ein", vec![]),
        ("#けいおん・りつ", vec!["けいおん・りつ"]),
        ("#می\u{200C}خواهم", vec!["می\u{200C}خواهم"]),
        ("#हिन्दी", vec!["हिन्दी"]),
        ("#한국어 #中文 #العربية", vec!["한국어", "中文", "العربية"]),
        ("#foo-bar", vec!["foo"]),
        ("#foo#bar", vec!["foo"]),
        ("x#foo", vec![]),
        ("(#foo)", vec![]),
        ("a\n#foo", vec!["foo"]),
        ("a\u{A0}#foo", vec!["foo"]),
        ("#foohttps://", vec!["foo"]),
        ("#foohttp://x.example", vec!["foo"]),
        ("#foo://", vec!["foo"]),
        ("#", vec![]),
        ("##foo", vec![]),
        ("https://x.example/#foo", vec![]),
    ] {
        assert_eq!(hashtags(text), found, "{text}");
    }
}

#[test]
fn links_end_where_readers_end_them() {
    for (text, found) in [
        ("https://example.org", vec!["https://example.org"]),
        ("HTTP://EXAMPLE.ORG/", vec!["HTTP://EXAMPLE.ORG/"]),
        (
            "see http://example.org/a/b.html.",
            vec!["http://example.org/a/b.html"],
        ),
        ("http://www.example.org!", vec!["http://www.example.org"]),
        ("http://example.org'", vec!["http://example.org"]),
        ("<https://example.org/>", vec!["https://example.org/"]),
        ("\"https://example.org/\"", vec!["https://example.org/"]),
        ("(https://example.org/a)", vec!["https://example.org/a"]),
        (
            "https://example.org/Rust_(language)",
            vec!["https://example.org/Rust_(language)"],
        ),
        (
            "https://example.org/a_(b_(c)_d)/e",
            vec!["https://example.org/a_(b_(c)_d)/e"],
        ),
        ("https://example.org/a_(b", vec!["https://example.org/a_"]),
        ("https://example.org/a_()", vec!["https://example.org/a_"]),
        (
            "https://example.org/?q=a&b=c.",
            vec!["https://example.org/?q=a&b=c"],
        ),
        ("https://example.org?q=✓", vec!["https://example.org?q=✓"]),
        (
            "https://example.org/path#part",
            vec!["https://example.org/path#part"],
        ),
        (
            "https://example.org:8443/x",
            vec!["https://example.org:8443/x"],
        ),
        ("https://bücher.example/ä", vec!["https://bücher.example/ä"]),
        ("https://nic.みんな/", vec!["https://nic.みんな/"]),
        (
            "https://xn--bcher-kva.example",
            vec!["https://xn--bcher-kva.example"],
        ),
        ("https://x.xn--p1ai/y", vec!["https://x.xn--p1ai/y"]),
        ("https://example.comを見て", vec!["https://example.com"]),
        ("「[https://example.org/」", vec!["https://example.org/"]),
        (
            "https://example.org/\u{3000}abc",
            vec!["https://example.org/"],
        ),
        ("https://example.org/日本", vec!["https://example.org/日本"]),
        (
            "https://example.org/b<del>b</del>",
            vec!["https://example.org/b"],
        ),
        ("https://example.org/x@ y", vec!["https://example.org/x@"]),
        ("gemini://example.org/x", vec!["gemini://example.org/x"]),
        (
            "https://a.example https://b.example",
            vec!["https://a.example", "https://b.example"],
        ),
        (
            "https://a.example,https://b.example",
            vec!["https://a.example", "https://b.example"],
        ),
        ("xmpp:user@example.org", vec!["xmpp:user@example.org"]),
        (
            "xmpp:room@example.org?join now",
            vec!["xmpp:room@example.org?join"],
        ),
        (
            "magnet:?xt=urn:btih:c12fe1",
            vec!["magnet:?xt=urn:btih:c12fe1"],
        ),
        ("example.org", vec![]),
        ("xhttps://example.org", vec![]),
        ("@https://example.org", vec![]),
        ("https://localhost/", vec![]),
        ("https://127.0.0.1/", vec![]),
        ("https://good.example@evil.example/", vec![]),
        ("https://user:secret@evil.example/", vec![]),
        ("http://www\\.example\\.org", vec![]),
        ("https://.example.org", vec![]),
        ("https://", vec![]),
        ("javascript:alert(1)", vec![]),
        ("ftp://example.org", vec![]),
        ("magnet:", vec![]),
        ("xmpp:", vec![]),
    ] {
        assert_eq!(urls(text), found, "{text}");
    }
}

#[test]
fn paragraphs_and_lines_are_as_typed() {
    for (text, html) in [
        ("", ""),
        ("  \n ", ""),
        ("text", "<p>text</p>"),
        ("one\ntwo", "<p>one<br />two</p>"),
        ("one\r\ntwo\r\n\r\nthree", "<p>one<br />two</p><p>three</p>"),
        ("one\n\n\n\ntwo\n", "<p>one</p><p>two</p>"),
        ("<b>&\"'", "<p>&lt;b&gt;&amp;&quot;&#39;</p>"),
    ] {
        assert_eq!(rendered(text), html, "{text:?}");
    }
}

#[test]
fn entities_are_linked_in_mastodons_shapes() {
    for (text, html) in [
        (
            "@alice",
            "<p><span class=\"h-card\" translate=\"no\"><a href=\"https://social.club.example/@alice\" \
             class=\"u-url mention\">@<span>alice</span></a></span></p>",
        ),
        (
            "@carol@far.example",
            "<p><span class=\"h-card\" translate=\"no\"><a href=\"https://far.example/users/carol?a&amp;b\" \
             class=\"u-url mention\">@<span>carol</span></a></span></p>",
        ),
        ("@nobody@far.example!", "<p>@nobody@far.example!</p>"),
        (
            "#Rust",
            "<p><a href=\"https://social.club.example/tags/Rust\" class=\"mention hashtag\" rel=\"tag\">#<span>Rust</span></a></p>",
        ),
        (
            "http://www.example.org/x",
            "<p><a href=\"http://www.example.org/x\" target=\"_blank\" rel=\"nofollow noopener\" translate=\"no\">\
             <span class=\"invisible\">http://www.</span><span class=\"\">example.org/x</span>\
             <span class=\"invisible\"></span></a></p>",
        ),
    ] {
        assert_eq!(rendered(text), html, "{text}");
    }
}

#[test]
fn a_long_link_hides_its_end_but_not_a_single_character() {
    let hidden = rendered("https://example.org/123456789012345678901");
    let whole = rendered("https://example.org/1234567890123456789");

    assert!(hidden.contains("<span class=\"ellipsis\">example.org/123456789012345678</span><span class=\"invisible\">901</span>"), "{hidden}");
    assert!(whole.contains("<span class=\"\">example.org/1234567890123456789</span><span class=\"invisible\"></span>"), "{whole}");
}

#[test]
fn a_fields_link_claims_its_author() {
    let html = render_line("https://example.org", &SmallWorld);

    assert!(
        html.as_str().contains("rel=\"nofollow noopener me\""),
        "{html}"
    );
    assert!(!html.as_str().contains("<p>"), "{html}");
}

/// S62: a megabyte of what looks like the beginning of something costs no more than any other.
#[test]
fn hostile_text_is_read_in_no_time() {
    for text in [
        "http://".repeat(150_000),
        "http://a.bc/(".repeat(80_000),
        "http://a.bc/(-".repeat(80_000),
        format!("http://a.bc/{}", "(".repeat(1_000_000)),
        format!("http://a.bc/?{}", ".".repeat(1_000_000)),
        format!("http://{}", "a.".repeat(500_000)),
        "@a".repeat(500_000),
        format!("@a{}", "-.".repeat(500_000)),
        "@a@".repeat(300_000),
        " #1".repeat(300_000),
        format!("#{}", "·".repeat(500_000)),
        ":a".repeat(500_000),
        "xmpp:".repeat(200_000),
        "-http://a.b".repeat(90_000),
        "@a- ".repeat(250_000),
        "-https://a.a.a.a.a.a".repeat(50_000),
    ] {
        let begin = std::time::Instant::now();

        let _ = entities(&text);
        let _ = crate::emoji::shortcodes(&text);

        let spent = begin.elapsed().as_secs();
        assert!(spent < 30, "{} … {spent} s", &text[..12]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn entities_stand_in_order_and_never_overlap(
        text in "([@#＃:/.()?-]|https?://|xmpp:|[a-z]{1,4}|\\.org|[0-9]|·|タ|é|\\n| |\\PC){0,40}"
    ) {
        let mut end = 0;
        for entity in entities(&text) {
            prop_assert!(entity.range.start >= end);
            prop_assert!(entity.range.end > entity.range.start);
            prop_assert!(text.get(entity.range.clone()).is_some());
            end = entity.range.end;
        }
        prop_assert!(end <= text.len());
    }

    #[test]
    fn what_was_rendered_survives_the_cleaner_as_text(
        text in "([@#:/.()?<>&\"']|https?://|[a-z]{1,4}|\\.org|\\n| ){0,40}"
    ) {
        let rendered = render(&text, &SmallWorld);
        let cleaned = SafeHtml::clean(rendered.as_str());

        prop_assert_eq!(cleaned.to_text(), rendered.to_text());
    }

    #[test]
    fn a_normalised_tag_is_its_own_normal_form(name in "#?[a-zA-ZÀ-ž0-9_·・ぁ-ん]{0,20}") {
        if let Some(tag) = crate::hashtag::normalise(&name) {
            let again = crate::hashtag::normalise(&tag);
            let typed = format!("#{tag}");

            prop_assert_eq!(again.as_deref(), Some(tag.as_str()));
            prop_assert_eq!(hashtags(&typed), vec![tag.as_str()]);
        }
    }

    #[test]
    fn every_small_parser_takes_any_text(text in "\\PC{0,80}") {
        let _ = crate::count(&text);
        let _ = crate::emoji::shortcodes(&text);
        let _ = crate::language::guess(&text);
        let _ = crate::plain::display_name(&text);
        let _ = crate::documents::markdown(&text);
        let _ = crate::summary::excerpt(&SafeHtml::clean(&text), 10);
    }
}
