//! What no service may do to us.

use channels::{Address, Channel, Client, Failure, send, slack};
use tokio::net::TcpListener;

use crate::{
    receiver::{Receiver, Says},
    said::{NOW, message},
};

fn hook(address: &str) -> Channel {
    let address: Address = address.parse().unwrap();
    Channel::SlackHook(slack::Hook { address })
}

#[tokio::test]
async fn a_redirect_is_refused_and_nobody_else_is_told() {
    let elsewhere = Receiver::start(|_| Ok(()), Says::status(200).body("ok")).await;
    let client = Client::new().unwrap();
    for status in [301, 302, 303, 307, 308] {
        let says = Says::status(status).header("location", &elsewhere.url("/services/x"));
        let receiver = Receiver::start(|_| Ok(()), says).await;

        let outcome = send(
            &client,
            &hook(&receiver.url("/services/x")),
            &message(),
            NOW,
        )
        .await;

        assert!(matches!(outcome, Err(Failure::Refused { .. })));
    }
    assert!(elsewhere.received().is_empty());
}

#[tokio::test]
async fn an_answer_that_is_too_long_is_left_unread() {
    let says = Says::status(200).body(&"ok ".repeat(100_000));
    let receiver = Receiver::start(|_| Ok(()), says).await;

    let outcome = send(
        &Client::new().unwrap(),
        &hook(&receiver.url("/services/x")),
        &message(),
        NOW,
    )
    .await;

    assert_eq!(
        outcome,
        Err(Failure::Retry {
            after: None,
            why: "the answer is too long".to_owned()
        })
    );
}

/// The clock stands still and jumps to the next deadline as soon as all wait.
#[tokio::test(start_paused = true)]
async fn a_service_that_never_answers_is_given_up() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/services/x", listener.local_addr().unwrap());

    let outcome = send(&Client::new().unwrap(), &hook(&address), &message(), NOW).await;

    assert!(matches!(outcome, Err(Failure::Retry { .. })));
    drop(listener);
}

#[tokio::test]
async fn a_service_that_is_not_there_is_tried_again() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/services/planted", listener.local_addr().unwrap());
    drop(listener);

    let outcome = send(&Client::new().unwrap(), &hook(&address), &message(), NOW).await;

    let Err(Failure::Retry { after: None, why }) = outcome else {
        panic!("{outcome:?}")
    };
    assert!(
        why.starts_with("no connection") && !why.contains("planted"),
        "{why}"
    );
}
