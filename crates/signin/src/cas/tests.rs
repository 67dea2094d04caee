use std::sync::{Arc, Mutex};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

use super::*;

fn settings(base: &str) -> Settings {
    Settings {
        display_name: None,
        login: Url::parse(&format!("{base}/login")).unwrap(),
        validate: Url::parse(&format!("{base}/serviceValidate")).unwrap(),
        callback: None,
        attributes: Attributes::default(),
        assume_email_is_verified: false,
        trust: Trust::System,
    }
}

fn success(inside: &str) -> String {
    format!(
        "<cas:serviceResponse xmlns:cas='http://www.yale.edu/tp/cas'>
           <cas:authenticationSuccess>{inside}</cas:authenticationSuccess>
         </cas:serviceResponse>"
    )
}

fn recognise(answer: &str) -> Result<Identity, Unrecognised> {
    let said = answer::read(answer.as_bytes())?;
    said.recognise(&settings("https://cas.club.example"))
}

#[test]
fn somebody_is_recognised_with_attributes_of_either_style() {
    let nested = recognise(&success(
        "<cas:user>alice</cas:user><cas:attributes><cas:email>alice@club.example</cas:email>
         <cas:firstname>Alice</cas:firstname><cas:lastname>A &amp; &#66;</cas:lastname></cas:attributes>",
    ));
    let flat = recognise(&success(
        "<cas:user>alice</cas:user><cas:name><![CDATA[Alice]]></cas:name>",
    ));

    let nested = nested.unwrap();
    assert_eq!(
        (nested.source.as_str(), nested.subject.as_str()),
        ("cas", "alice")
    );
    assert_eq!(nested.email.as_deref(), Some("alice@club.example"));
    assert!(!nested.email_is_verified);
    assert_eq!(nested.display_name.as_deref(), Some("Alice A & B"));
    assert_eq!(flat.unwrap().display_name.as_deref(), Some("Alice"));
}

#[test]
fn attributes_cannot_say_who_it_is() {
    let first = recognise(&success(
        "<cas:attributes><cas:user>bob</cas:user></cas:attributes><cas:user>alice</cas:user>",
    ));
    let only = recognise(&success(
        "<cas:attributes><cas:user>bob</cas:user></cas:attributes>",
    ));
    let foreign = recognise(&success(
        "<user xmlns='x'>bob</user><cas:user>alice</cas:user>",
    ));
    let commented = recognise(&success("<cas:user>al<!-- x -->ice</cas:user>"));

    assert_eq!(first.unwrap().subject, "alice");
    assert!(only.is_err());
    assert_eq!(foreign.unwrap().subject, "alice");
    assert_eq!(commented.unwrap().subject, "alice");
}

#[test]
fn what_is_no_answer_of_a_cas_server_recognises_nobody() {
    for answer in [
        "",
        "<html></html>",
        "no\nalice\n",
        "<cas:serviceResponse xmlns:cas='http://evil.example'><cas:authenticationSuccess><cas:user>alice</cas:user></cas:authenticationSuccess></cas:serviceResponse>",
        "<serviceResponse><authenticationSuccess><user>alice</user></authenticationSuccess></serviceResponse>",
        "<x><cas:serviceResponse xmlns:cas='http://www.yale.edu/tp/cas'><cas:authenticationSuccess><cas:user>alice</cas:user></cas:authenticationSuccess></cas:serviceResponse></x>",
        "<cas:serviceResponse xmlns:cas='http://www.yale.edu/tp/cas'><cas:authenticationSuccess><cas:user>alice</cas:user>",
        "<cas:serviceResponse xmlns:cas='http://www.yale.edu/tp/cas'><cas:authenticationSuccess/></cas:serviceResponse>",
    ] {
        assert!(recognise(answer).is_err(), "{answer}");
    }
}

#[test]
fn document_types_and_entities_of_their_own_are_not_read() {
    let with_type = format!(
        "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>{}",
        success("<cas:user>&e;</cas:user>")
    );

    assert!(recognise(&with_type).is_err());
    assert!(recognise(&success("<cas:user>&e;</cas:user>")).is_err());
    assert!(recognise(&success(&"<a>".repeat(50))).is_err());
}

#[test]
fn a_refusal_says_what_it_means() {
    let refusal = |code: &str| {
        recognise(&format!(
            "<cas:serviceResponse xmlns:cas='http://www.yale.edu/tp/cas'>
               <cas:authenticationFailure code=\"{code}\">words</cas:authenticationFailure>
             </cas:serviceResponse>"
        ))
        .unwrap_err()
    };

    assert_eq!(refusal("INVALID_TICKET"), Unrecognised::Spent);
    assert!(matches!(
        refusal("INVALID_SERVICE"),
        Unrecognised::Untrue(_)
    ));
    assert!(matches!(
        refusal("INTERNAL_ERROR"),
        Unrecognised::Unavailable(_)
    ));
}

/// S52
#[test]
fn a_ticket_has_the_shape_of_one() {
    for (text, expected) in [
        ("ST-1-abc.DEF_9-cas", true),
        ("ST-", false),
        ("PT-1-abc", false),
        ("a&service=evil", false),
        ("ST-1&service=https://evil.example", false),
        ("ST-1%26service", false),
        ("ST-1\n", false),
        ("ST-ä", false),
        (&format!("ST-{}", "a".repeat(600)), false),
    ] {
        assert_eq!(is_service_ticket(text), expected, "{text}");
    }
}

/// Answers every request with success, and notes what was asked.
async fn fake() -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let asked: Arc<Mutex<Vec<String>>> = Arc::default();
    let noting = asked.clone();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut request = vec![0; 16 * 1024];
            let length = stream.read(&mut request).await.unwrap_or_default();
            let request = String::from_utf8_lossy(&request[..length]).into_owned();
            noting
                .lock()
                .unwrap()
                .push(request.split(' ').nth(1).unwrap_or_default().to_owned());
            let body = success("<cas:user>alice</cas:user>");
            let answer = format!(
                "HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
                body.len()
            );
            let _ = stream.write_all(answer.as_bytes()).await;
        }
    });
    (base, asked)
}

fn cas(base: &str) -> Cas {
    let web = Url::parse("https://social.club.example").unwrap();
    Cas::new(settings(base), &web).unwrap()
}

/// S44, S52: the address that a ticket is for is ours, holds the state, and is asked about in exactly the same words.
#[tokio::test]
async fn a_ticket_is_checked_for_our_own_address_once() {
    let (base, asked) = fake().await;
    let cas = cas(&base);
    let start = cas.start("https://social.club.example/about?a=1&b=2");
    let service = start.address.split_once("?service=").unwrap().1.to_owned();
    let state = Some(start.pending.state.as_str());

    let alice = cas.finish(&start.pending, state, Some("ST-1")).await;
    let again = cas.finish(&start.pending, state, Some("ST-2")).await;
    let other = cas.start("https://social.club.example/");
    let other_state = Some(other.pending.state.as_str());
    let same_ticket = cas.finish(&other.pending, other_state, Some("ST-1")).await;

    assert_eq!(alice.unwrap().subject, "alice");
    assert_eq!(again, Err(Unrecognised::Spent));
    assert_eq!(same_ticket, Err(Unrecognised::Spent));
    let asked = asked.lock().unwrap();
    assert_eq!(
        *asked,
        [format!("/serviceValidate?service={service}&ticket=ST-1")]
    );
    assert!(
        service.starts_with(
            "https%3A%2F%2Fsocial.club.example%2Fauth%2Fauth%2Fcas%2Fcallback%3Furl%3D"
        ),
        "{service}"
    );
}

#[tokio::test]
async fn a_ticket_of_another_browser_or_shape_is_never_shown_to_the_server() {
    let (base, asked) = fake().await;
    let cas = cas(&base);
    let start = cas.start("https://social.club.example/");
    let other = cas.start("https://social.club.example/");
    let state = Some(start.pending.state.as_str());

    let foreign = cas.finish(&other.pending, state, Some("ST-1")).await;
    let stateless = cas.finish(&start.pending, None, Some("ST-1")).await;
    let crooked = cas
        .finish(&start.pending, state, Some("a&service=evil"))
        .await;
    let turned_round = cas.finish(&start.pending, state, None).await;

    assert_eq!(foreign, Err(Unrecognised::Foreign));
    assert_eq!(stateless, Err(Unrecognised::Foreign));
    assert!(matches!(crooked, Err(Unrecognised::Untrue(_))));
    assert!(matches!(turned_round, Err(Unrecognised::Denied(_))));
    assert!(asked.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_server_that_is_away_is_told() {
    let cas = cas("http://127.0.0.1:1");
    let start = cas.start("https://social.club.example/");

    let answer = cas
        .finish(&start.pending, Some(&start.pending.state), Some("ST-1"))
        .await;

    assert!(matches!(answer, Err(Unrecognised::Unavailable(_))));
}

/// Its system accepts connections for it, and nobody answers them. The clock goes on by itself when all wait.
#[tokio::test(start_paused = true)]
async fn a_server_that_hangs_is_told_within_the_deadline() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let cas = cas(&format!("http://{}", listener.local_addr().unwrap()));
    let start = cas.start("https://social.club.example/");
    let begun = tokio::time::Instant::now();

    let answer = cas
        .finish(&start.pending, Some(&start.pending.state), Some("ST-1"))
        .await;

    assert!(matches!(answer, Err(Unrecognised::Unavailable(_))));
    assert!(begun.elapsed() <= DEADLINE + std::time::Duration::from_millis(10));
}
