//! Telling moderators, tried from the command line.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::thread;

use crate::moot::{Moot, said};

/// Takes one request, answers this, and gives what came.
fn once(status: &'static str, body: &'static str) -> (String, thread::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let taken = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut request = Vec::new();
        while !is_whole(&request) {
            let mut part = [0; 4096];
            let length = stream.read(&mut part).unwrap();
            assert_ne!(length, 0, "the request ended early");
            request.extend_from_slice(&part[..length]);
        }
        let length = body.len();
        write!(
            stream,
            "HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
        )
        .unwrap();
        String::from_utf8(request).unwrap()
    });
    (address, taken)
}

fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request).into_owned();
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let length = head.to_ascii_lowercase();
    let length = length
        .split("content-length:")
        .nth(1)
        .and_then(|rest| rest.lines().next());
    length.is_some_and(|length| body.len() >= length.trim().parse::<usize>().unwrap())
}

/// S43: the addresses are secrets, and are not shown.
#[test]
fn a_word_is_said_in_every_channel_and_what_became_of_it_is_told() {
    let (slack, by_slack) = once("200 OK", "ok");
    let (chat, by_chat) = once("403 Forbidden", "");
    let mut moot = Moot::new("channels");
    moot.set(
        "MOOT_MODERATION_SLACK_WEBHOOK",
        &format!("{slack}/services/planted"),
    );
    moot.set(
        "MOOT_MODERATION_CHAT_WEBHOOKS",
        &format!("mattermost={chat}/hooks/planted"),
    );

    let tried = moot.run(&["channels", "test"]);

    let text = said(&tried);
    assert_eq!(tried.status.code(), Some(1), "{text}");
    assert!(text.contains("slack-webhook: told"), "{text}");
    assert!(text.contains("mattermost: answered 403"), "{text}");
    assert!(text.contains("1 of 2"), "{text}");
    assert!(!text.contains("planted"), "{text}");
    assert!(by_slack.join().unwrap().contains("A word from"));
    assert!(by_chat.join().unwrap().starts_with("POST /hooks/planted "));
}

#[test]
fn without_channels_there_is_nothing_to_try() {
    let tried = Moot::new("no-channels").run(&["channels", "test"]);

    assert_eq!(tried.status.code(), Some(1));
    assert!(
        said(&tried).contains("MOOT_MODERATION_"),
        "{}",
        said(&tried)
    );
}
