use crate::browser::Browser;

#[tokio::test]
async fn a_post_is_shown_with_what_it_answers_and_what_answers_it() {
    let app = testkit::app().await;
    let (alice, bob) = (app.member("alice").await, app.member("bob").await);
    let question = alice.posts("What is a moot?").await;
    let answer = bob
        .posts("@alice An assembly")
        .in_reply_to(question.status.id)
        .await;
    let thanks = alice
        .posts("@bob Thanks")
        .in_reply_to(answer.status.id)
        .await;
    let secret = bob
        .posts("@alice between us")
        .direct()
        .in_reply_to(answer.status.id)
        .await;
    let mut browser = Browser::new(&app);

    let page = browser
        .open(&format!("/@bob/{}", answer.status.id))
        .await
        .expect(200);

    let html = page.text();
    for words in ["What is a moot?", "An assembly", "Thanks"] {
        assert!(html.contains(words), "{words}: {html}");
    }
    assert!(!html.contains("between us"), "{html}");
    assert!(page.header("link").unwrap().contains(&answer.status.uri));
    assert!(html.contains("<meta property=\"og:url\""), "{html}");
    assert!(
        html.contains(&format!("/@alice/{}", thanks.status.id)),
        "{html}"
    );
    browser
        .open(&format!("/@bob/{}", secret.status.id))
        .await
        .expect(404);
}

// S33: that something is hidden must not show.
#[tokio::test]
async fn what_is_not_for_everybody_and_what_never_was_answer_alike() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let hidden = alice.posts("friends only").followers_only().await;
    let direct = alice.posts("nobody").direct().await;
    app.member("bob").with_password().await;
    let mut anybody = Browser::new(&app);
    let mut bob = Browser::new(&app);
    bob.sign_in("bob").await.expect(303);

    for browser in [&mut anybody, &mut bob] {
        let never = browser.open("/@alice/1").await.expect(404);
        let nobody = browser.open("/@nobody/1").await.expect(404);
        assert_eq!(never.body, nobody.body);
        for id in [hidden.status.id, direct.status.id] {
            let answer = browser.open(&format!("/@alice/{id}")).await.expect(404);
            assert_eq!(answer.body, never.body);
            assert_eq!(answer.headers, never.headers);
        }
    }
}

#[tokio::test]
async fn the_author_sees_a_private_post_and_no_cache_keeps_it() {
    let app = testkit::app().await;
    let alice = app.member("alice").with_password().await;
    let hidden = alice.posts("friends only").followers_only().await;
    let mut browser = Browser::new(&app);
    browser.sign_in("alice").await.expect(303);

    let page = browser
        .open(&format!("/@alice/{}", hidden.status.id))
        .await
        .expect(200);

    assert!(page.text().contains("friends only"));
    assert_eq!(page.header("cache-control"), Some("private, no-store"));
    assert!(page.text().contains("noindex"));
}

// S36: previews must not tell what a warning hides.
#[tokio::test]
async fn what_is_behind_a_warning_is_not_in_the_preview() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let post = alice.posts("the butler did it").warns("ending").await;
    let mut browser = Browser::new(&app);

    let html = browser
        .open(&format!("/@alice/{}", post.status.id))
        .await
        .expect(200)
        .text();

    let head = html.split("</head>").next().unwrap();
    assert!(
        head.contains("ending") && !head.contains("butler"),
        "{head}"
    );
    assert!(html.contains("<summary>"));
}

#[tokio::test]
async fn a_post_is_found_under_its_authors_name_only() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    app.member("bob").await;
    let post = alice.posts("hello").await;
    let mut browser = Browser::new(&app);

    browser
        .open(&format!("/@bob/{}", post.status.id))
        .await
        .expect(404);
    browser
        .open(&format!("/@alice/{}x", post.status.id))
        .await
        .expect(404);
    browser
        .open(&format!("/@ALICE/{}", post.status.id))
        .await
        .expect(200);
}
