//! What is asked of others, how far, and what is believed.

use std::sync::Arc;

use federation::client::{Client, ClientError, Rules, UrlRefused};
use http::Method;
use serde_json::json;
use service::remote::Found;
use testkit::FakeClock;
use url::Url;

use crate::wire::{Elsewhere, Served};
use crate::world::{key, key_id, recorded};

const AP: &str = "application/activity+json";

fn client(elsewhere: &Elsewhere) -> Client {
    let clock = FakeClock::default().to_clock();
    Client::new(
        Arc::new(elsewhere.clone()),
        Arc::new(Rules::default()),
        clock,
        "https://moot.test",
    )
}

fn redirect(to: &str) -> Served {
    Served {
        redirect: Some(to.to_owned()),
        ..Served::status(302)
    }
}

/// S19: each hop is judged like the first.
#[tokio::test]
async fn a_redirect_leads_nowhere_that_could_not_be_asked_at_once() {
    for inside in [
        "http://127.0.0.1/",
        "https://169.254.169.254/latest",
        "https://localhost/",
        "file:///etc/passwd",
        "data:text/plain,x",
        "https://[::ffff:10.0.0.1]/",
        "https://a@b.example/",
        "http://b.example/",
        "https://b.example:8443/",
    ] {
        let elsewhere = Elsewhere::default();
        elsewhere.serve("https://a.example/", redirect(inside));

        let answer = client(&elsewhere)
            .get(&Url::parse("https://a.example/").unwrap(), AP, None)
            .await;

        assert!(
            matches!(answer, Err(ClientError::Url(_))),
            "{inside}: {answer:?}"
        );
        assert_eq!(elsewhere.sent(&Method::GET).len(), 1);
    }
}

/// S23: three hops, and no address twice.
#[tokio::test]
async fn redirects_end() {
    let elsewhere = Elsewhere::default();
    for number in 0..10 {
        elsewhere.serve(
            &format!("https://a.example/{number}"),
            redirect(&format!("/{}", number + 1)),
        );
    }
    elsewhere.serve("https://a.example/loop", redirect("https://a.example/loop"));

    for (path, asked) in [("0", 4), ("loop", 1)] {
        elsewhere.forget();
        let url = Url::parse(&format!("https://a.example/{path}")).unwrap();
        let answer = client(&elsewhere).get(&url, AP, None).await;
        assert!(matches!(answer, Err(ClientError::Redirects)), "{answer:?}");
        assert_eq!(elsewhere.sent(&Method::GET).len(), asked);
    }
}

#[tokio::test]
async fn every_hop_is_signed_for_itself() {
    let elsewhere = Elsewhere::default();
    elsewhere.serve("https://a.example/1", redirect("https://b.example/2?x=y"));
    let signer = federation::client::Signer {
        key_id: key_id("https://moot.test/actor").into(),
        key: key().clone(),
    };

    client(&elsewhere)
        .get(
            &Url::parse("https://a.example/1").unwrap(),
            AP,
            Some(&signer),
        )
        .await
        .unwrap();

    let sent = elsewhere.sent(&Method::GET);
    assert_eq!(sent.len(), 2);
    assert_ne!(sent[0].headers["signature"], sent[1].headers["signature"]);
    assert_eq!(sent[1].headers["host"], "b.example");
}

#[tokio::test]
async fn a_delivery_follows_only_redirects_that_keep_it_a_delivery() {
    let elsewhere = Elsewhere::default();
    let moved = Served {
        status: 307,
        ..redirect("https://a.example/new")
    };
    elsewhere.serve("https://a.example/old", moved);
    elsewhere.serve("https://a.example/gone", redirect("https://a.example/new"));
    let signer = federation::client::Signer {
        key_id: key_id("https://moot.test/actor").into(),
        key: key().clone(),
    };
    let digest = activitypub::signature::digest(b"{}");
    let delivery = federation::client::Delivery {
        body: "{}",
        digest: &digest,
    };

    for (path, status) in [("old", 202), ("gone", 302)] {
        let url = Url::parse(&format!("https://a.example/{path}")).unwrap();
        let answer = client(&elsewhere)
            .post(&url, delivery, &signer)
            .await
            .unwrap();
        assert_eq!(answer.status.as_u16(), status);
    }
}

#[tokio::test]
async fn the_open_network_is_refused_what_only_the_inside_may_name() {
    let elsewhere = Elsewhere::default();
    let answer = client(&elsewhere)
        .get(&Url::parse("https://10.0.0.1/").unwrap(), AP, None)
        .await;
    assert!(matches!(
        answer,
        Err(ClientError::Url(UrlRefused::PrivateAddress))
    ));
    assert!(elsewhere.sent(&Method::GET).is_empty());
}

/// S17: whoever is met at many doors at once is still one person.
#[tokio::test(flavor = "multi_thread")]
async fn twenty_meetings_with_one_stranger_make_one_account() {
    let world = recorded().await;
    let id = "https://stranger.example/users/sam";
    let actor = json!({
        "@context": ["https://www.w3.org/ns/activitystreams", "https://w3id.org/security/v1"],
        "id": id, "type": "Person", "preferredUsername": "sam", "inbox": format!("{id}/inbox"),
        "publicKey": { "id": key_id(id), "owner": id, "publicKeyPem": key().public_pem().unwrap() },
    });
    world.elsewhere.serve(id, Served::json(&actor));
    let jrd = json!({ "subject": "acct:sam@stranger.example", "links": [{ "rel": "self", "type": AP, "href": id }] });
    world.elsewhere.serve(
        "https://stranger.example/.well-known/webfinger?resource=acct:sam@stranger.example",
        Served::bytes("application/jrd+json", serde_json::to_vec(&jrd).unwrap()),
    );

    let meetings = (0..20).map(|_| federation::resolve::refresh(&world.state, id));
    let found = futures_util::future::join_all(meetings).await;

    let first = found[0].as_ref().unwrap();
    assert!(matches!(first, Ok(Found::Account(_))), "{first:?}");
    assert!(found.iter().all(|found| found.as_ref().unwrap() == first));
}

/// S17: local hosts can never be remote.
#[tokio::test]
async fn our_own_addresses_are_never_asked_of_others() {
    let world = recorded().await;

    let found = federation::resolve::refresh(&world.state, "https://moot.example/users/alice")
        .await
        .unwrap();

    assert_eq!(found, Err("ours"));
    assert!(world.elsewhere.sent(&Method::GET).is_empty());
}

/// S03: a redirect on an honest host does not speak for it.
#[tokio::test]
async fn an_open_redirect_forges_nothing() {
    let world = recorded().await;
    let asked = "https://victim.example/away";
    world
        .elsewhere
        .serve(asked, redirect("https://evil.example/n"));
    let forged = json!({
        "@context": "https://www.w3.org/ns/activitystreams", "id": asked, "type": "Note", "content": "forged",
        "attributedTo": "https://victim.example/users/vera", "to": ["https://www.w3.org/ns/activitystreams#Public"],
    });
    world
        .elsewhere
        .serve("https://evil.example/n", Served::json(&forged));

    let found = federation::resolve::refresh(&world.state, asked)
        .await
        .unwrap();

    assert_eq!(found, Err("id_mismatch"));
}
