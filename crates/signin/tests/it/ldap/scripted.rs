//! A server that answers what it is told to, for what no slapd would say.

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
};

use signin::ldap::{Encryption, Plaintext, Server};

/// What somebody asks a directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Question {
    Bind,
    Search,
    Extended,
}

/// Tag and content of each answer (RFC 4511, 4).
pub(crate) type Answers = Vec<(u8, Vec<u8>)>;

/// Answers every connection by this script until the test ends.
pub(crate) fn serve(script: fn(Question) -> Answers) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let stream = stream.unwrap();
            std::thread::spawn(move || converse(stream, script));
        }
    });
    let url = format!("ldap://localhost:{port}");
    Server::at(&url, Encryption::None, Plaintext::Loopback).unwrap()
}

pub(crate) fn bound(code: u8) -> Answers {
    vec![(0x61, result(code))]
}

pub(crate) fn found(dn: &str, attributes: &[(&str, &[u8])]) -> Answers {
    let attributes = attributes.iter().map(|(name, value)| {
        let values = element(0x31, &element(4, value));
        element(0x30, &[element(4, name.as_bytes()), values].concat())
    });
    let attributes = element(0x30, &attributes.collect::<Vec<_>>().concat());
    vec![
        (0x64, [element(4, dn.as_bytes()), attributes].concat()),
        (0x65, result(0)),
    ]
}

/// The answer to "who am I".
pub(crate) fn you_are(name: &str) -> Answers {
    let name = if name.is_empty() {
        Vec::new()
    } else {
        element(0x8b, name.as_bytes())
    };
    vec![(0x78, [result(0), name].concat())]
}

fn result(code: u8) -> Vec<u8> {
    [element(0x0a, &[code]), element(4, b""), element(4, b"")].concat()
}

fn element(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len()).unwrap().to_be_bytes();
    [&[tag, 0x82, length[0], length[1]], content].concat()
}

fn converse(mut stream: TcpStream, script: fn(Question) -> Answers) {
    while let Some(message) = read_element(&mut stream) {
        // A message is its number and the operation; ours number below 128.
        let number = &message[..3];
        let question = match message[3] {
            0x60 => Question::Bind,
            0x63 => Question::Search,
            0x77 => Question::Extended,
            _ => return,
        };
        for (tag, content) in script(question) {
            let answer = element(0x30, &[number, &element(tag, &content)].concat());
            if stream.write_all(&answer).is_err() {
                return;
            }
        }
    }
}

fn read_element(stream: &mut TcpStream) -> Option<Vec<u8>> {
    let mut head = [0; 2];
    stream.read_exact(&mut head).ok()?;
    let mut length = usize::from(head[1]);
    if length >= 0x80 {
        let mut digits = vec![0; length - 0x80];
        stream.read_exact(&mut digits).ok()?;
        length = digits
            .iter()
            .fold(0, |length, digit| length << 8 | usize::from(*digit));
    }
    let mut content = vec![0; length];
    stream.read_exact(&mut content).ok()?;
    Some(content)
}
