//! No request, however senseless, makes the server fail.

use http::Method;
use serde_json::{Value, json};
use testkit::{
    Bearer,
    http::{Answer, Client, Request},
};
use web::client_api::{Caller, RouteDescription};

use super::world::{USUAL, World, world};

/// Every parameter that some route reads.
const PARAMETERS: &[&str] = &[
    "max_id",
    "min_id",
    "since_id",
    "limit",
    "offset",
    "q",
    "acct",
    "id",
    "id[]",
    "type",
    "types[]",
    "exclude_types[]",
    "account_id",
    "resolve",
    "following",
    "local",
    "remote",
    "only_media",
    "any[]",
    "all[]",
    "none[]",
    "tagged",
    "pinned",
    "exclude_replies",
    "exclude_reblogs",
    "timeline[]",
    "with_suspended",
    "status",
    "in_reply_to_id",
    "visibility",
    "language",
    "spoiler_text",
    "sensitive",
    "media_ids[]",
    "poll[options][]",
    "scheduled_at",
    "reblogs",
    "notify",
    "languages[]",
    "home[last_read_id]",
    "notifications[last_read_id]",
    "display_name",
    "note",
    "locked",
    "bot",
    "discoverable",
    "fields_attributes[0][name]",
    "fields_attributes[0][value]",
    "source[privacy]",
    "source[language]",
    "source[sensitive]",
    "client_name",
    "redirect_uris",
    "scopes",
    "website",
    "username",
    "email",
    "password",
    "agreement",
    "locale",
    "reason",
    "date_of_birth",
];

/// Values that no parameter means, as they stand in an address.
const VALUES: &[&str] = &[
    "",
    "%00",
    "a%00b",
    "%FF%FE",
    "-1",
    "0",
    "99999999999999999999",
    "-9223372036854775809",
    "1e400",
    "NaN",
    "null",
    "%F0%9F%A6%80",
    "%E2%80%AE%F0%9D%94%84",
    "%25%5C%27%22%3B--",
    "%D9%A3",
    "public",
    "@@@",
    "%40a%40b%40c",
    "9223372036854775807",
];

/// Everything that asks for something, with things that exist in its path, so that what is behind is reached.
struct Walk {
    world: World,
    member: Bearer,
    app: Bearer,
    account: String,
    status: String,
}

impl Walk {
    async fn begin() -> Self {
        let world = world().await;
        let alice = world.person("alice").await;
        let bob = world.person("bob").await;
        let status = bob.says("hello #moot").await;
        let account = bob.id();
        let member = world
            .app
            .token_for(&alice.member, &format!("{USUAL} profile"))
            .await;
        let app = world.app.app_token(USUAL).await;
        Self {
            world,
            member,
            app,
            account,
            status,
        }
    }

    fn request(&self, route: &RouteDescription, query: &str) -> Request {
        let id = if route.path.contains("/statuses/") {
            &self.status
        } else {
            &self.account
        };
        let path = route.path.replace("{id}", id).replace("{hashtag}", "moot");
        self.send_to(route, &format!("{path}{query}"))
    }

    fn send_to(&self, route: &RouteDescription, path: &str) -> Request {
        let client: &Client = &self.world.client;
        let request = client.request(route.method.clone(), path);
        match route.caller {
            Caller::App => request.as_(&self.app),
            _ => request.as_(&self.member),
        }
    }
}

fn check(answer: &Answer, route: &RouteDescription, with: &str) {
    assert!(
        answer.status.as_u16() < 500,
        "{} {} with {with}: {} {}",
        route.method,
        route.path,
        answer.status,
        answer.text()
    );
}

/// Each parameter with each value makes a thousand addresses; a few with many parameters reach as much.
fn queries() -> Vec<String> {
    let count = PARAMETERS.len();
    let value = |place: usize| VALUES[place % VALUES.len()];
    (0..VALUES.len())
        .map(|turn| {
            (0..count)
                .map(|place| format!("{}={}", PARAMETERS[place], value(place + turn)))
                .collect::<Vec<_>>()
                .join("&")
        })
        .chain([
            "a[b][c][d][e][f][g][h]=1".into(),
            "id[][]=1&id[0][1]=2&id=3".into(),
            "&&&===&".into(),
            "%=%&%zz=%zz".into(),
        ])
        .collect()
}

#[tokio::test]
async fn no_query_and_no_form_makes_a_route_fail() {
    let walk = Walk::begin().await;

    for route in web::client_api::routes() {
        for query in queries() {
            let request = if route.method == Method::GET {
                walk.request(&route, &format!("?{query}"))
            } else {
                walk.request(&route, "")
                    .body("application/x-www-form-urlencoded", query.as_bytes())
            };

            check(&request.send().await, &route, &query);
        }
    }
}

#[tokio::test]
async fn no_parameter_alone_makes_a_route_fail() {
    let walk = Walk::begin().await;
    let reads: Vec<_> = web::client_api::routes()
        .into_iter()
        .filter(|route| route.method == Method::GET)
        .collect();

    // One nonsense at a time: together, the first that is refused hides the others.
    for (place, parameter) in PARAMETERS.iter().enumerate() {
        for turn in 0..3 {
            let value = VALUES[(place + turn * 7) % VALUES.len()];
            let query = format!("?{parameter}={value}");
            for route in reads.iter().skip(turn).step_by(3) {
                check(&walk.request(route, &query).send().await, route, &query);
            }
        }
    }
}

#[tokio::test]
async fn no_body_makes_a_route_fail() {
    let walk = Walk::begin().await;
    let deep = format!("{}{}", "[".repeat(5000), "]".repeat(5000));
    let bodies: Vec<(&str, Vec<u8>)> = vec![
        ("application/json", br#"{"status": "#.to_vec()),
        (
            "application/json",
            br#"{"status": "a\u0000b", "client_name": "a\u0000b", "note": "a\u0000b"}"#.to_vec(),
        ),
        ("application/json", br#"{"status": "\ud800"}"#.to_vec()),
        ("application/json", b"{\"status\": \"\xff\"}".to_vec()),
        ("application/json", deep.clone().into_bytes()),
        (
            "application/json",
            format!(r#"{{"status": {deep}}}"#).into_bytes(),
        ),
        ("application/json", b"null".to_vec()),
        ("application/json", b"1e999".to_vec()),
        ("application/json", Vec::new()),
        (
            "multipart/form-data; boundary=x",
            b"--x\r\nContent-Disposition: form-data; name=\"status\"\r\n\r\nhi".to_vec(),
        ),
        ("multipart/form-data", b"--x".to_vec()),
        ("application/xml", b"<a/>".to_vec()),
        ("text/plain", b"hi".to_vec()),
        ("application/json", vec![b' '; 3 * 1024 * 1024]),
    ];
    let writes = web::client_api::routes()
        .into_iter()
        .filter(|route| route.method != Method::GET);

    for route in writes {
        for (content_type, body) in &bodies {
            let request = walk.request(&route, "").body(content_type, body.clone());
            let start = String::from_utf8_lossy(&body[..body.len().min(40)]).into_owned();

            check(
                &request.send().await,
                &route,
                &format!("{content_type} {start}"),
            );
        }
    }
}

#[tokio::test]
async fn no_wrong_type_makes_a_route_fail() {
    let walk = Walk::begin().await;
    let names = PARAMETERS
        .iter()
        .map(|name| name.split('[').next().unwrap());
    let values = [
        json!(null),
        json!(true),
        json!(-1),
        json!(1e300),
        json!([]),
        json!([[null]]),
        json!({"a": {"b": 1}}),
        json!("x"),
    ];
    let forms: Vec<Value> = values
        .iter()
        .map(|value| {
            Value::Object(
                names
                    .clone()
                    .map(|name| (name.to_owned(), value.clone()))
                    .collect(),
            )
        })
        .collect();
    let writes = web::client_api::routes()
        .into_iter()
        .filter(|route| route.method != Method::GET);

    for route in writes {
        for form in &forms {
            check(
                &walk.request(&route, "").json(form).send().await,
                &route,
                &form["q"].to_string(),
            );
        }
    }
}

#[tokio::test]
async fn no_path_makes_a_route_fail() {
    let walk = Walk::begin().await;
    let moving = |route: &RouteDescription| route.path.contains('{');

    for route in web::client_api::routes().into_iter().filter(moving) {
        for part in [
            "%00",
            "0",
            "-1",
            "99999999999999999999",
            "%FF",
            "%2F",
            "..",
            "%20",
            "%F0%9F%A6%80",
            "a%00b",
        ] {
            let path = route.path.replace("{id}", part).replace("{hashtag}", part);

            check(&walk.send_to(&route, &path).send().await, &route, part);
        }
    }
}
