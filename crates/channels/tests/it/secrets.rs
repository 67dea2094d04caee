//! Nothing that may be printed holds a token or a secret address.

use channels::{
    Address, Channel, Client,
    compatible::{Flavour, Hook},
    matrix, send, slack, webhook,
};
use url::Url;

use crate::{
    receiver::{Receiver, Says},
    said::{NOW, message},
};

const PLANTED: &str = "hunter2hunter2";

fn all(receiver: &Receiver) -> Vec<Channel> {
    let address = |target: &str| -> Address { receiver.url(target).parse().unwrap() };
    vec![
        Channel::SlackBot(slack::Bot {
            token: PLANTED.into(),
            channel: "C0CLUB".to_owned(),
            api: Url::parse(&receiver.url("/api/")).unwrap(),
        }),
        Channel::SlackHook(slack::Hook {
            address: address(&format!("/services/{PLANTED}")),
        }),
        Channel::Compatible(
            Hook::new(Flavour::Mattermost, address(&format!("/hooks/{PLANTED}"))).unwrap(),
        ),
        Channel::Matrix(matrix::Room {
            homeserver: Url::parse(&receiver.url("/")).unwrap(),
            room: "!room:club.example".to_owned(),
            token: PLANTED.into(),
        }),
        Channel::Webhook(webhook::Endpoint {
            address: address(&format!("/{PLANTED}")),
            secret: PLANTED.into(),
        }),
    ]
}

/// S43: not in debug output, and not in what is said of a failure, even when the other side repeats it.
#[tokio::test]
async fn neither_debug_output_nor_failures_hold_a_secret() {
    let client = Client::new().unwrap();
    for status in [200, 302, 400, 401, 429, 500] {
        let says = Says::status(status)
            .header("location", &format!("https://evil.example/{PLANTED}"))
            .body(&format!(
                r#"{{"ok":false,"error":"{PLANTED}","errcode":"{PLANTED}"}}"#
            ));
        let receiver = Receiver::start(|_| Ok(()), says).await;
        for channel in all(&receiver) {
            let shown = format!("{channel:?}");
            assert!(!shown.contains(PLANTED), "{shown}");

            let outcome = send(&client, &channel, &message(), NOW).await;

            if let Err(failure) = outcome {
                let shown = format!("{failure} {failure:?}");
                assert!(!shown.contains(PLANTED), "{shown}");
            }
        }
    }
}

#[tokio::test]
async fn a_token_with_a_line_end_is_no_header() {
    let receiver = Receiver::start(|_| Ok(()), Says::status(200)).await;
    let channel = Channel::SlackBot(slack::Bot {
        token: format!("{PLANTED}\r\nX: y").into(),
        channel: "C0CLUB".to_owned(),
        api: Url::parse(&receiver.url("/api/")).unwrap(),
    });

    let failure = send(&Client::new().unwrap(), &channel, &message(), NOW)
        .await
        .unwrap_err();

    assert!(!failure.to_string().contains(PLANTED));
    assert!(receiver.received().is_empty());
}
