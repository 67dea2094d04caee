//! Key pairs for members, made beforehand: making one takes a tenth of a second, and tests make many members.
//!
//! There are eight, handed out in turn, so that the members of one test sign with different keys.

use std::sync::{
    OnceLock,
    atomic::{AtomicUsize, Ordering},
};

use aws_lc_rs::{
    encoding::{AsDer, PublicKeyX509Der},
    rsa::KeyPair,
    signature::KeyPair as _,
};
use base64::{Engine, engine::general_purpose::STANDARD};

const COUNT: usize = 8;

/// PKCS#8. They protect nothing: whoever reads this has them.
const PRIVATE: [&[u8]; COUNT] = [
    include_bytes!("../keys/0.der"),
    include_bytes!("../keys/1.der"),
    include_bytes!("../keys/2.der"),
    include_bytes!("../keys/3.der"),
    include_bytes!("../keys/4.der"),
    include_bytes!("../keys/5.der"),
    include_bytes!("../keys/6.der"),
    include_bytes!("../keys/7.der"),
];

/// A key pair in the forms in which the server keeps it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Keypair {
    /// PKCS#8, DER.
    pub(crate) private_der: &'static [u8],
    /// SPKI, PEM.
    pub(crate) public_pem: &'static str,
}

/// The next of the ready-made key pairs.
pub(crate) fn next() -> Keypair {
    static GIVEN: AtomicUsize = AtomicUsize::new(0);
    static PUBLIC: [OnceLock<String>; COUNT] = [const { OnceLock::new() }; COUNT];
    let turn = GIVEN.fetch_add(1, Ordering::Relaxed) % COUNT;
    let private_der = PRIVATE[turn];
    Keypair {
        private_der,
        public_pem: PUBLIC[turn].get_or_init(|| public_pem(private_der)),
    }
}

fn public_pem(private_der: &[u8]) -> String {
    let pair =
        KeyPair::from_pkcs8(private_der).expect("the ready-made keys are RSA keys in PKCS#8");
    let public: PublicKeyX509Der<'_> = pair
        .public_key()
        .as_der()
        .expect("an RSA key has a public half");
    let body = STANDARD.encode(public.as_ref());
    let lines: Vec<&str> = body
        .as_bytes()
        .chunks(64)
        .map(|line| str::from_utf8(line).expect("base64 is ASCII"))
        .collect();
    format!(
        "-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n",
        lines.join("\n")
    )
}
