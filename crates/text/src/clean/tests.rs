use proptest::prelude::*;

use super::tokens::{Token, Tokens};
use super::*;

const LISTED: [&str; 20] = [
    "p",
    "br",
    "span",
    "a",
    "del",
    "s",
    "pre",
    "blockquote",
    "code",
    "b",
    "strong",
    "u",
    "i",
    "em",
    "ul",
    "ol",
    "li",
    "ruby",
    "rt",
    "rp",
];

#[test]
fn html_is_cleaned_as_mastodon_cleans_it() {
    for (html, cleaned) in [
        ("<p>Hi <b>there</b></p>", "<p>Hi <b>there</b></p>"),
        ("a<br/>b</br>c", "a<br>b<br>c"),
        (
            "<h1>Big</h1><h6>small</h6>",
            "<p><strong>Big</strong></p><p><strong>small</strong></p>",
        ),
        (
            "<ol start=3 reversed><li value=7>x<li>y</ol>",
            "<ol start=\"3\" reversed=\"\"><li value=\"7\">x</li><li>y</li></ol>",
        ),
        ("<ol start=x><li>x</ol>", "<ol><li>x</li></ol>"),
        (
            "<ruby>明日<rp>(<rt>Ashita<rp>)</ruby>",
            "<ruby>明日<rp>(</rp><rt>Ashita</rt><rp>)</rp></ruby>",
        ),
        ("<a>Test</a>", "Test"),
        (
            "<a><span class=\"invisible\">x&amp;</span><span>y</span></a>",
            "x&amp;y",
        ),
        ("<a href=\"foo://bar\">Test</a>", "Test"),
        ("<a href=\"/relative\">Test</a>", "Test"),
        ("<a href=\"//host.example\">Test</a>", "Test"),
        ("<a href=\" https://host.example\">Test</a>", "Test"),
        ("<a href=\"java&#x0A;script:x()\">Test</a>", "Test"),
        ("<a href=\"JaVaScRiPt&colon;x()\">Test</a>", "Test"),
        ("<a href=\"data:text/html,x\">Test</a>", "Test"),
        (
            "<a href=\"foo:x\">&lt;a href=\"https://x.example\"&gt;y&lt;/a&gt;</a>",
            "&lt;a href=\"https://x.example\"&gt;y&lt;/a&gt;",
        ),
        (
            "<a target=\"_top\" rel=\"me tag\" onclick=\"x\" class=\"mention evil u-url\" href=\"https://x.example/?a=1&amp;b=2\">Test</a>",
            "<a href=\"https://x.example/?a=1&amp;b=2\" class=\"mention u-url\" rel=\"nofollow noopener\" target=\"_blank\">Test</a>",
        ),
        (
            "<a href=\"gemini://x.example\" translate=\"no\">T</a><a href=\"dweb:/a/b\" translate=\"yes\">U</a>",
            "<a href=\"gemini://x.example\" translate=\"no\" rel=\"nofollow noopener\" target=\"_blank\">T</a>\
             <a href=\"dweb:/a/b\" rel=\"nofollow noopener\" target=\"_blank\">U</a>",
        ),
        (
            "<p class=\"quote-inline x\" lang=de style=\"color:red\">RE</p>",
            "<p class=\"quote-inline\" lang=\"de\">RE</p>",
        ),
        ("<span class=\"evil\">x</span>", "<span>x</span>"),
        ("a<script>alert(1)</script>b<style>x{}</style>c", "abc"),
        ("a<svg><script>x</script><p>y</p></svg>b<svg/>c", "abc"),
        (
            "a<iframe src=x><p>y</p></iframe>b<object><embed><p>z</object>c",
            "abc",
        ),
        (
            "a<textarea><b>x</b></textarea>b<template><p>x</p></template>c<noscript><b>x</noscript>d",
            "abcd",
        ),
        ("a<!-- x -->b", "ab"),
        ("<div>one</div><div>two</div>", " one  two "),
        (
            "<img src=\"https://x.example/cat.png\" alt=\"A cat\" onerror=x>",
            "<a href=\"https://x.example/cat.png\" rel=\"nofollow noopener\" target=\"_blank\">[🖼 A cat]</a>",
        ),
        ("<img src=x onerror=alert(1)>", "[🖼]"),
        ("1 < 2 & 3 > 2", "1 &lt; 2 &amp; 3 &gt; 2"),
        ("<b><p>x</b>y</p>z", "<b><p>x</p></b>yz"),
        (
            "<p>a<p>b<ul><li>c<li>d</ul>e",
            "<p>a</p><p>b</p><ul><li>c</li><li>d</li></ul>e",
        ),
        ("<pre>\n\n  x\n</pre>", "<pre>  x\n</pre>"),
        (
            "<a href=\"http:a\">x<a href=\"http:b\">y",
            "<a href=\"http:a\" rel=\"nofollow noopener\" target=\"_blank\">x</a><a href=\"http:b\" rel=\"nofollow noopener\" target=\"_blank\">y</a>",
        ),
        (
            "<span class=\"h-x&#32;evil u-url&Tab;evil\">x</span>",
            "<span>x</span>",
        ),
        (
            "AT&T &hellip; &copy &am<i></i>p; a&b;c",
            "AT&amp;T &hellip; &amp;copy &amp;am<i></i>p; a&b;c",
        ),
        (
            "<a href='https://x.example/?a=1&copy=2&quot;\"<'>x</a>",
            "<a href=\"https://x.example/?a=1&amp;copy=2&quot;&quot;&lt;\" rel=\"nofollow noopener\" target=\"_blank\">x</a>",
        ),
        ("a\r\nb\rc\u{FDD1}d", "a\nb\ncd"),
        ("a\0b", "ab"),
        ("", ""),
    ] {
        assert_eq!(clean(html), cleaned, "{html}");
    }
}

#[test]
fn a_formula_becomes_its_source() {
    let formula = |opening: &str, annotations: &str| {
        clean(&format!(
            "{opening}<semantics><mrow><mi>x</mi></mrow>{annotations}</semantics></math>"
        ))
    };
    let tex = "<annotation encoding=\"application/x-tex\">x^2 &lt; y</annotation>";
    let plain = "<annotation encoding=\"text/plain\">x squared</annotation>";

    assert_eq!(formula("<math>", tex), "$x^2 &lt; y$");
    assert_eq!(formula("<math display=\"block\">", tex), "$$x^2 &lt; y$$");
    assert_eq!(formula("<math>", plain), "x squared");
    assert_eq!(formula("<math>", &format!("{plain}{tex}")), "$x^2 &lt; y$");
    assert_eq!(formula("<math>", ""), "");
    // S26: one such element without its attribute failed whole pages elsewhere.
    assert_eq!(formula("<math>", "<annotation>x</annotation>"), "");
    assert_eq!(clean("a<math><mi>x</mi></math>b<math/>c"), "abc");
    assert_eq!(
        clean("a<math><semantics><annotation encoding=\"text/plain\">never closed"),
        "a"
    );
}

#[test]
fn plain_text_has_lines_where_readers_see_them() {
    for (html, text) in [
        ("<p>Hi<br>there</p><p>you</p>", "Hi\nthere\n\nyou"),
        (
            "<p>a &lt;b&gt; &amp;amp; &quot;c&quot;&nbsp;d &#39;e&#x27;</p>",
            "a <b> &amp; \"c\"\u{A0}d 'e'",
        ),
        ("x<ul><li>one</li><li>two</li></ul>y", "x\n\none\ntwo\n\ny"),
        ("<p>@<span>alice</span></p>", "@alice"),
        ("AT&T &unknown; &#0; &", "AT&T &unknown; &#0; &"),
        ("", ""),
    ] {
        assert_eq!(plain_text(html), text, "{html}");
    }
}

/// S62: elsewhere, recursive parsers of markup ran out of stack and backtracking ones out of time.
/// Sizes are such that a quadratic step would take minutes.
#[test]
fn a_megabyte_of_hostile_markup_is_cleaned_in_no_time() {
    let attributes: String = (0..150_000)
        .map(|n| format!(" a{n}=1"))
        .collect::<Vec<_>>()
        .concat();
    let formatting: String = (0..20_000)
        .map(|n| format!("<b lang={n}><p>"))
        .collect::<Vec<_>>()
        .concat();
    for (what, html) in [
        ("nested listed", "<b>".repeat(300_000)),
        ("nested blocks", "<blockquote>".repeat(100_000)),
        ("nested lists", "<ul><li>".repeat(100_000)),
        ("nested unlisted", "<div>".repeat(200_000)),
        ("nested dropped", "<svg>".repeat(200_000)),
        ("nested formulas", "<math><semantics>".repeat(50_000)),
        ("paragraphs in formatting", formatting),
        ("links in links", "<a href=http:x>".repeat(70_000)),
        ("attributes", format!("<a {attributes}>")),
        ("open comments", "<!--".repeat(250_000)),
        ("comments with hyphens", "<!----".repeat(150_000)),
        ("open quotes", "<a b='<a b=\"".repeat(90_000)),
        ("less-than signs", "<".repeat(1_000_000)),
        ("end tags", "</b>".repeat(250_000)),
        ("open scripts", "<script></scrip".repeat(70_000)),
        ("ampersands", "&".repeat(1_000_000)),
        ("references", "&#x".repeat(300_000)),
        ("good references", "&lt;".repeat(250_000)),
        ("line ends", "\n".repeat(1_000_000)),
        ("spaces", "&nbsp;\u{a0}".repeat(150_000)),
        (
            "references in links",
            format!("<a href='http:{}'>", "&amp;&".repeat(160_000)),
        ),
        ("misnesting", "<b><i></b></i>".repeat(70_000)),
        ("ruby", "<ruby><rt><rp>".repeat(70_000)),
        ("pre", "<pre>\n".repeat(150_000)),
        ("images", "<img src=http:x>".repeat(60_000)),
    ] {
        let begin = cpu_time();

        let cleaned = clean(&html);
        let _ = plain_text(&cleaned);

        let spent = cpu_time() - begin;
        assert!(spent < 20.0, "{what}: {spent} s");
        assert!(
            cleaned.len() < html.len() * 12 + 1_000,
            "{what}: {}",
            cleaned.len()
        );
    }
}

/// Seconds of processor time that this thread has used, which other tests cannot lengthen.
fn cpu_time() -> f64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds: f64 = stat
        .split(' ')
        .next()
        .and_then(|first| first.parse().ok())
        .unwrap_or_default();
    nanoseconds / 1e9
}

fn tag_soup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        5 => prop::sample::select(vec![
            "<p>", "</p>", "<b>", "</b>", "<i>", "</i>", "<a href=\"https://x.example\">", "<a>", "</a>",
            "<a href='javascript:x'>", "<ul>", "</ul>", "<ol start=2>", "</ol>", "<li>", "</li>", "<pre>", "</pre>",
            "<pre lang=x>", "\n", "\r", "&#13;", "&#10;", "&#0;", "<blockquote>", "</blockquote>", "<br>", "</br>",
            "<ruby>", "</ruby>", "<rt>", "</rt>", "<rp>", "<h2>", "</h2>", "<div>", "</div>", "<span class=\"x h-card\">",
            "</span>", "<code>", "</code>", "<table>", "<tr>", "<td>", "</table>", "<svg>", "</svg>", "<math>",
            "<semantics>", "<annotation encoding=\"text/plain\">", "</annotation>", "</math>", "<script>", "</script>",
            "<style>", "</style>", "<!--", "-->", "<![CDATA[", "]]>", "<img src=http:x alt='&lt;'>", "<template>",
            "</template>", "<noscript>", "</noscript>", "<select>", "<option>", "<form>", "<button>", "<title>",
            "<textarea>", "</textarea>", "<plaintext>", "&", "&amp", "lt;", "&lt;", "&nbsp;", "\"", "'", "<", ">", "=", "/",
            "<a href=\"", "class=", "<strong>", "</strong>", "<u lang='\"'>", "<s>", "</s>", "<del>", "<em>", "x",
        ])
        .prop_map(String::from),
        1 => "\\PC{0,6}",
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// S24: whatever comes in, only the list comes out, and cleaning again changes nothing.
    #[test]
    fn only_listed_markup_remains_and_cleaning_twice_equals_once(html in tag_soup()) {
        let once = clean(&html);

        prop_assert_eq!(&clean(&once), &once);
        for token in Tokens::new(&once) {
            match token {
                Token::Start(tag) => {
                    prop_assert!(LISTED.contains(&tag.name.as_str()), "{}", once);
                    for (name, value) in &tag.attributes {
                        prop_assert!(
                            ["href", "class", "lang", "translate", "start", "reversed", "value", "rel", "target"]
                                .contains(&name.as_str()),
                            "{}", once
                        );
                        prop_assert!(name != "href" || value.starts_with("http"), "{}", once);
                    }
                }
                Token::End(name) => prop_assert!(LISTED.contains(&name.as_str()), "{}", once),
                Token::Text(text) => prop_assert!(!text.contains(['<', '>']), "{}", once),
            }
        }
    }

    #[test]
    fn any_text_can_be_cleaned_and_read(html in "\\PC{0,200}") {
        let once = clean(&html);

        prop_assert_eq!(&clean(&once), &once);
        let _ = plain_text(&html);
    }
}
