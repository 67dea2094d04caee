//! The hidden value by which a form shows that our own page was its origin.
//!
//! A MAC over the cookie that ties the form to one browser: a foreign page can make a browser send
//! the cookie, but cannot read what belongs to it. Somebody not signed in has a cookie too, since
//! otherwise a foreign page could sign them in as somebody else (S44).

use aws_lc_rs::hmac::{self, HMAC_SHA256, Key};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use service::keys::{MasterKey, Purpose};

/// To whose cookie a form is tied.
#[derive(Clone, Copy)]
pub(super) enum TiedTo<'a> {
    /// A session's.
    Session(&'a str),
    /// That of somebody who is not signed in.
    Visitor(&'a str),
}

/// The hidden value.
pub(super) fn make(keys: &MasterKey, tied_to: TiedTo<'_>) -> String {
    URL_SAFE_NO_PAD.encode(hmac::sign(&key(keys), &text(tied_to)))
}

/// Whether a form brought the right value.
pub(super) fn is_right(keys: &MasterKey, tied_to: TiedTo<'_>, brought: &str) -> bool {
    let Ok(brought) = URL_SAFE_NO_PAD.decode(brought) else {
        return false;
    };
    hmac::verify(&key(keys), &text(tied_to), &brought).is_ok()
}

fn key(keys: &MasterKey) -> Key {
    Key::new(HMAC_SHA256, &keys.derive(Purpose::Forms))
}

fn text(tied_to: TiedTo<'_>) -> Vec<u8> {
    let (kind, cookie) = match tied_to {
        TiedTo::Session(cookie) => ("form of session ", cookie),
        TiedTo::Visitor(cookie) => ("form of visitor ", cookie),
    };
    [kind.as_bytes(), cookie.as_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_fits_one_cookie_of_one_kind_on_one_server() {
        let keys = MasterKey::from_bytes(&[7; 32]);
        let token = make(&keys, TiedTo::Session("abc"));

        assert!(is_right(&keys, TiedTo::Session("abc"), &token));
        assert!(!is_right(&keys, TiedTo::Session("abd"), &token));
        assert!(!is_right(&keys, TiedTo::Visitor("abc"), &token));
        assert!(!is_right(
            &MasterKey::from_bytes(&[8; 32]),
            TiedTo::Session("abc"),
            &token
        ));
        for rubbish in ["", "!", "AAAA"] {
            assert!(
                !is_right(&keys, TiedTo::Session("abc"), rubbish),
                "{rubbish}"
            );
        }
    }
}
