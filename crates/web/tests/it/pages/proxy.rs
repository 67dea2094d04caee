//! A proxy in front that says who people are, and everybody else who says so (S54).

use std::net::IpAddr;

use signin::{
    Ways,
    proxy::{Peer, Proxy, Settings, SharedSecret},
};
use testkit::{TestApp, http::Request};
use web::ClientAddress;

use crate::browser::{Browser, SESSION, hidden};

const PAGE: &str = "/auth/sign_in/proxy";
const PROXY: &str = "192.0.2.10";
const SECRET: &str = "between the two of us";

async fn server() -> TestApp {
    let settings = Settings {
        header: "x-remote-user".parse().unwrap(),
        addresses: vec!["192.0.2.10/32".parse().unwrap()],
        secret: Some(SharedSecret {
            header: "x-moot-proxy-secret".parse().unwrap(),
            value: SECRET.into(),
        }),
        realm: None,
        email_domain: None,
        display_name: "your club account".into(),
    };
    let ways = Ways {
        proxy: Some(Proxy::new(settings)),
        ..Ways::default()
    };
    testkit::app().ways(ways).await
}

fn address(text: &str) -> IpAddr {
    text.parse().unwrap()
}

/// The button's form, sent by whoever sits at the other end of the connection.
async fn pressed(app: &TestApp, send: impl FnOnce(Request) -> Request) -> (Browser, u16) {
    let mut browser = Browser::new(app);
    let page = browser.open("/auth/sign_in").await;
    let token = hidden(&page, PAGE).remove(0).1;
    let request = browser
        .client
        .post(PAGE)
        .header("origin", "https://moot.test")
        .form(&[("form_token", &token)]);
    let answer = browser.ask(send(request)).await;
    (browser, answer.status.as_u16())
}

fn named(request: Request) -> Request {
    request
        .header("x-remote-user", "alice")
        .header("x-moot-proxy-secret", SECRET)
}

#[tokio::test]
async fn whom_the_proxy_names_comes_in_whoever_it_speaks_for() {
    let app = server().await;

    let (browser, status) = pressed(&app, |request| {
        named(request)
            .header("x-forwarded-for", "198.51.100.7")
            .extension(ClientAddress(address("198.51.100.7")))
            .extension(Peer::Address(address(PROXY)))
    })
    .await;

    assert_eq!(status, 303);
    assert!(browser.cookies.contains_key(SESSION));
}

/// S61: only who is at the other end counts, whatever anybody says of who is behind them, and also where another proxy
/// is trusted with the addresses of those it speaks for.
#[tokio::test]
async fn no_header_makes_somebody_else_the_proxy() {
    let app = server().await;
    let stranger = Peer::Address(address("198.51.100.7"));

    for (name, value) in [
        ("x-forwarded-for", "192.0.2.10"),
        ("x-forwarded-for", "192.0.2.10, 192.0.2.10"),
        ("forwarded", "for=192.0.2.10"),
        ("x-real-ip", "192.0.2.10"),
        ("x-client-ip", "192.0.2.10"),
        ("true-client-ip", "192.0.2.10"),
        ("via", "1.1 192.0.2.10"),
    ] {
        let (browser, status) = pressed(&app, |request| {
            named(request)
                .header(name, value)
                // As the server finds it behind a proxy of its own that it trusts.
                .extension(ClientAddress(address(PROXY)))
                .extension(stranger)
        })
        .await;

        assert_eq!(status, 403, "{name}: {value}");
        assert!(!browser.cookies.contains_key(SESSION), "{name}: {value}");
    }
    // Nor is anybody believed of whom nothing is known.
    let (browser, status) = pressed(&app, named).await;
    assert_eq!(status, 403);
    assert!(!browser.cookies.contains_key(SESSION));
}

#[tokio::test]
async fn the_proxy_itself_is_not_believed_without_the_secret_or_with_two_names() {
    let app = server().await;
    let user = |request: Request| request.header("x-remote-user", "alice");
    let tries: [fn(Request) -> Request; 6] = [
        |request| request.header("x-remote-user", "alice"),
        |request| {
            let request = request.header("x-remote-user", "alice");
            request.header("x-moot-proxy-secret", "guessed")
        },
        |request| named(request).header("x-moot-proxy-secret", SECRET),
        |request| named(request).header("x-remote-user", "mallory"),
        |request| named(request).header("x_remote_user", "mallory"),
        |request| request.header("x-moot-proxy-secret", SECRET),
    ];
    for (number, sends) in tries.into_iter().enumerate() {
        let (browser, status) = pressed(&app, |request| {
            sends(request).extension(Peer::Address(address(PROXY)))
        })
        .await;

        assert_eq!(status, 403, "{number}");
        assert!(!browser.cookies.contains_key(SESSION), "{number}");
    }
    // And on no other page.
    let mut browser = Browser::new(&app);
    let request = named(user(browser.client.get("/settings/security")));
    let answer = browser
        .ask(request.extension(Peer::Address(address(PROXY))))
        .await;
    answer.expect(303);
}
