//! What members hold in their hands: an app that makes codes, and a device with a passkey.

use aws_lc_rs::{
    digest::{SHA256, digest},
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use time::OffsetDateTime;
use totp_rs::{Builder, Secret};

/// The code that an authenticator app shows for a secret in base 32.
pub fn code(secret: &str, at: OffsetDateTime) -> String {
    let secret: String = secret.split_whitespace().collect();
    let secret = Secret::try_from_base32(secret).expect("the server gives secrets in base 32");
    let totp = Builder::new()
        .with_secret(secret)
        .build()
        .expect("the server gives good secrets");
    let seconds = u64::try_from(at.unix_timestamp()).expect("tests are after 1970");
    totp.generate(seconds).to_string()
}

/// A device with one passkey, as the browser presents it. What it answers is what the page's script would send.
pub struct Device {
    key: EcdsaKeyPair,
    id: Vec<u8>,
    handle: Vec<u8>,
    counter: u32,
    /// Whether it asks its owner for a finger or number.
    pub verifies: bool,
}

/// User present, user verified, key data included.
const PRESENT: u8 = 0x01;
const VERIFIED: u8 = 0x04;
const WITH_KEY: u8 = 0x40;

impl Device {
    /// Answers the question for a new passkey (`navigator.credentials.create`).
    pub fn create(question: &str, origin: &str) -> (Self, String) {
        let question: Value = serde_json::from_str(question).expect("questions are JSON");
        let random = URL_SAFE_NO_PAD
            .decode(text(&question, "/challenge"))
            .expect("challenges are base64url");
        let device = Self {
            key: EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING)
                .expect("the system gives randomness"),
            // Any bytes that no other device has.
            id: digest(&SHA256, &random).as_ref().to_vec(),
            handle: URL_SAFE_NO_PAD
                .decode(text(&question, "/user/id"))
                .expect("user handles are base64url"),
            counter: 0,
            verifies: true,
        };
        let mut data = device.data(text(&question, "/rp/id"), WITH_KEY);
        data.extend([0; 16]);
        data.extend(
            u16::try_from(device.id.len())
                .expect("32 bytes")
                .to_be_bytes(),
        );
        data.extend(&device.id);
        data.extend(device.public_key());
        let client = client_data("webauthn.create", &question, origin);
        let answer = json!({
            "id": URL_SAFE_NO_PAD.encode(&device.id),
            "rawId": URL_SAFE_NO_PAD.encode(&device.id),
            "type": "public-key",
            "response": {
                "attestationObject": URL_SAFE_NO_PAD.encode(attestation(&data)),
                "clientDataJSON": URL_SAFE_NO_PAD.encode(client),
            },
        });
        (device, answer.to_string())
    }

    /// Answers a challenge (`navigator.credentials.get`).
    pub fn answer(&mut self, question: &str, origin: &str) -> String {
        let question: Value = serde_json::from_str(question).expect("questions are JSON");
        self.counter += 1;
        let data = self.data(text(&question, "/rpId"), 0);
        let client = client_data("webauthn.get", &question, origin);
        let signed = [&data[..], digest(&SHA256, client.as_bytes()).as_ref()].concat();
        let signature = self
            .key
            .sign(&SystemRandom::new(), &signed)
            .expect("a fresh key signs");
        json!({
            "id": URL_SAFE_NO_PAD.encode(&self.id),
            "rawId": URL_SAFE_NO_PAD.encode(&self.id),
            "type": "public-key",
            "response": {
                "authenticatorData": URL_SAFE_NO_PAD.encode(data),
                "clientDataJSON": URL_SAFE_NO_PAD.encode(client),
                "signature": URL_SAFE_NO_PAD.encode(signature),
                "userHandle": URL_SAFE_NO_PAD.encode(&self.handle),
            },
        })
        .to_string()
    }

    /// Counts back, as a copy of the device would.
    pub fn turn_back(&mut self) {
        self.counter = 0;
    }

    fn data(&self, host: &str, flags: u8) -> Vec<u8> {
        let verified = if self.verifies { VERIFIED } else { 0 };
        let mut data = digest(&SHA256, host.as_bytes()).as_ref().to_vec();
        data.push(PRESENT | verified | flags);
        data.extend(self.counter.to_be_bytes());
        data
    }

    /// The public key as COSE has it (RFC 9052): kind 2, algorithm -7, curve 1, x, y.
    fn public_key(&self) -> Vec<u8> {
        let point = self.key.public_key().as_ref();
        let (x, y) = point[1..].split_at(32);
        [
            &[0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20][..],
            x,
            &[0x22, 0x58, 0x20],
            y,
        ]
        .concat()
    }
}

/// `{"fmt": "none", "attStmt": {}, "authData": …}` in CBOR.
fn attestation(data: &[u8]) -> Vec<u8> {
    let length = u8::try_from(data.len()).expect("one short key");
    [
        b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58",
        &[length][..],
        data,
    ]
    .concat()
}

fn client_data(kind: &str, question: &Value, origin: &str) -> String {
    json!({
        "type": kind,
        "challenge": text(question, "/challenge"),
        "origin": origin,
        "crossOrigin": false,
    })
    .to_string()
}

fn text<'a>(question: &'a Value, path: &str) -> &'a str {
    question
        .pointer(path)
        .and_then(Value::as_str)
        .unwrap_or_else(|| panic!("the question has no {path}: {question}"))
}
