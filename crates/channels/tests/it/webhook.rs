//! A program that takes Mastodon's webhooks.

use aws_lc_rs::{digest, hmac};
use base64::{Engine, engine::general_purpose::STANDARD};
use channels::{Channel, Client, send, webhook::Endpoint};
use serde_json::{Value, json};

use crate::{
    receiver::{Received, Receiver, Says},
    said::{ATTACKS, NOW, attack, flood, has_unseen_signs, message},
};

const SECRET: &[u8] = b"a secret of theirs and ours";

/// The three members of <https://docs.joinmastodon.org/admin/webhooks/>, and both signatures.
fn check(request: &Received) -> Result<(), String> {
    let key = hmac::Key::new(hmac::HMAC_SHA256, SECRET);
    let hub = request
        .header("x-hub-signature")
        .strip_prefix("sha256=")
        .ok_or("no signature")?;
    let hub = hex::decode(hub).map_err(|error| error.to_string())?;
    hmac::verify(&key, &request.body, &hub).map_err(|_| "a wrong X-Hub-Signature")?;
    message_signature(request, &key)?;
    let body: serde_json::Map<String, Value> = request.json()?;
    let names: Vec<_> = body.keys().map(String::as_str).collect();
    if names != ["created_at", "event", "object"] && names != ["event", "created_at", "object"] {
        return Err(format!("strange members: {names:?}"));
    }
    Ok(())
}

/// RFC 9421, 3.2, for `hmac-sha256`, and RFC 9530.
fn message_signature(request: &Received, key: &hmac::Key) -> Result<(), String> {
    let digest = digest::digest(&digest::SHA256, &request.body);
    let digest = format!("sha-256=:{}:", STANDARD.encode(digest));
    if request.header("content-digest") != digest {
        return Err("a wrong Content-Digest".to_owned());
    }
    let input = request.header("signature-input");
    let (label, parameters) = input.split_once('=').ok_or("no Signature-Input")?;
    let (covered, rest) = parameters
        .strip_prefix('(')
        .and_then(|text| text.split_once(')'))
        .ok_or("nothing covered")?;
    let now = NOW.unix_timestamp();
    if rest != format!(";created={now};keyid=\"moot\";alg=\"hmac-sha256\"") {
        return Err(format!("strange parameters: {rest}"));
    }
    let mut base = String::new();
    for name in covered.split(' ') {
        let value = match name.trim_matches('"') {
            "@method" => request.method.clone(),
            "@target-uri" => format!("http://{}{}", request.header("host"), request.target),
            other => request.header(other).to_owned(),
        };
        base.extend([name, ": ", &value, "\n"]);
    }
    base.extend(["\"@signature-params\": ", parameters]);
    let signature = request
        .header("signature")
        .strip_prefix(&format!("{label}=:"))
        .and_then(|text| text.strip_suffix(':'))
        .ok_or("no Signature")?;
    let signature = STANDARD
        .decode(signature)
        .map_err(|error| error.to_string())?;
    hmac::verify(key, base.as_bytes(), &signature).map_err(|_| "a wrong Signature".to_owned())
}

async fn start() -> (Receiver, Channel) {
    let receiver = Receiver::start(check, Says::status(202)).await;
    let endpoint = Endpoint {
        address: receiver.url("/hook?token=x%20y").parse().unwrap(),
        secret: String::from_utf8(SECRET.to_vec()).unwrap().into(),
    };
    (receiver, Channel::Webhook(endpoint))
}

#[tokio::test]
async fn a_program_is_told_in_mastodons_form_signed_twice() {
    let (receiver, channel) = start().await;
    let mut said = message();
    said.facts = json!({ "id": "12", "kind": "account.suspend", "title": "not this" })
        .as_object()
        .unwrap()
        .clone();

    let kept = send(&Client::new().unwrap(), &channel, &said, NOW)
        .await
        .unwrap();

    assert_eq!(kept, None);
    assert_eq!(receiver.last().header("moot-delivery"), "1-slack");
    let body: Value = receiver.last().json().unwrap();
    assert_eq!(
        body,
        json!({
            "event": "proposal.opened",
            "created_at": "2026-11-22T12:30:15.123Z",
            "object": {
                "id": "12",
                "kind": "account.suspend",
                "title": "Suspend an account on spam.example",
                "lines": ["Spam, waiting for 2 h", "Needs one more approval"],
                "url": "https://social.club.example/moderation/cases/12?tab=a&b=c",
                "thread": "Case 12",
                "urgent": false,
            },
        })
    );
}

#[tokio::test]
async fn a_bridge_gets_lines_that_are_lines_and_no_longer_than_said() {
    let (receiver, channel) = start().await;
    let client = Client::new().unwrap();
    for mut message in ATTACKS.iter().map(|text| attack(text)).chain([flood()]) {
        message.key = "a\r\nb: c".to_owned();
        send(&client, &channel, &message, NOW).await.unwrap();

        let received = receiver.last();
        assert_eq!(received.header("moot-delivery"), "a%0D%0Ab:%20c");
        let body: Value = received.json().unwrap();
        let object = &body["object"];
        let title = object["title"].as_str().unwrap();
        assert!(title.chars().count() <= 150 && !has_unseen_signs(title));
        for line in object["lines"].as_array().unwrap() {
            let line = line.as_str().unwrap();
            assert!(
                line.chars().count() <= 3000 && !has_unseen_signs(line),
                "{line}"
            );
        }
    }
}
