//! What is believed of a token.

use super::{
    super::token::{Expected, Untrue, check_id, header, verify},
    *,
};

fn judge(token: &str, keys: &Keys) -> Result<(), Untrue> {
    let verified = verify(token, &header(token)?, keys)?;
    let expected = Expected {
        issuer: ISSUER,
        client_id: "moot",
        now: NOW,
    };
    check_id(&verified, &expected, "n")
}

fn published(keys: &[Value]) -> Keys {
    Keys::of(&json!({ "keys": keys }))
}

#[test]
fn tokens_are_believed_in_each_of_the_four_algorithms() {
    let (rsa, ec, ed) = (Key::rsa(), Key::ec(), Key::ed());
    let keys = published(&[
        json!({"kty": "lattice", "kid": "of the future"}),
        rsa.public("r"),
        ec.public("c"),
        ed.public("d"),
    ]);

    for (key, algorithm, id) in [
        (&rsa, "RS256", "r"),
        (&rsa, "PS256", "r"),
        (&ec, "ES256", "c"),
        (&ed, "EdDSA", "d"),
    ] {
        let token = key.sign(&json!({"alg": algorithm, "kid": id}), &claims());

        assert_eq!(judge(&token, &keys), Ok(()), "{algorithm}");
    }
}

#[test]
fn a_token_cannot_choose_how_it_is_checked() {
    let key = Key::rsa();
    let public = key.public("r");
    let keys = published(&[
        public.clone(),
        json!({"kty": "oct", "kid": "shared", "k": encoded("secret")}),
    ]);
    let unsigned = |header: Value| {
        format!(
            "{}.{}.",
            encoded(header.to_string()),
            encoded(claims().to_string())
        )
    };
    let by_secret = |id: &str, secret: &[u8]| {
        let message = unsigned(json!({"alg": "HS256", "kid": id}));
        let message = message.trim_end_matches('.');
        let tag = hmac::sign(
            &hmac::Key::new(hmac::HMAC_SHA256, secret),
            message.as_bytes(),
        );
        format!("{message}.{}", encoded(tag))
    };
    let embedded = Key::rsa();
    let other = Key::rsa();

    for (token, expected) in [
        (unsigned(json!({"alg": "none"})), Untrue::Algorithm),
        (
            unsigned(json!({"alg": "None", "kid": "r"})),
            Untrue::Algorithm,
        ),
        (
            unsigned(json!({"alg": "RS256", "kid": "r"})),
            Untrue::Signature,
        ),
        // The public key, which everybody knows, as a shared secret.
        (
            by_secret("r", public["n"].as_str().unwrap().as_bytes()),
            Untrue::Algorithm,
        ),
        (by_secret("shared", b"secret"), Untrue::Algorithm),
        (
            embedded.sign(
                &json!({"alg": "RS256", "kid": "r", "jwk": embedded.public("r")}),
                &claims(),
            ),
            Untrue::Signature,
        ),
        (
            other.sign(&json!({"alg": "RS256", "kid": "r"}), &claims()),
            Untrue::Signature,
        ),
        (
            key.sign(&json!({"alg": "RS256", "kid": "s"}), &claims()),
            Untrue::UnknownKey,
        ),
        (
            key.sign(&json!({"alg": "ES256", "kid": "r"}), &claims()),
            Untrue::UnknownKey,
        ),
        (
            key.sign(
                &json!({"alg": "RS256", "kid": "r", "crit": ["b64"]}),
                &claims(),
            ),
            Untrue::Algorithm,
        ),
        (
            format!("{}.x", key.sign(&json!({"alg": "RS256"}), &claims())),
            Untrue::Malformed,
        ),
        ("a.b".to_owned(), Untrue::Malformed),
        ("..".to_owned(), Untrue::Algorithm),
    ] {
        assert_eq!(judge(&token, &keys), Err(expected), "{token}");
    }
}

#[test]
fn a_changed_token_is_not_believed() {
    let key = Key::ec();
    let keys = published(&[key.public("c")]);
    let token = key.sign(&json!({"alg": "ES256"}), &claims());
    let parts: Vec<&str> = token.split('.').collect();
    let changed = encoded(but(&json!({"sub": "1"})).to_string());

    let forged = format!("{}.{changed}.{}", parts[0], parts[2]);

    assert_eq!(judge(&token, &keys), Ok(()));
    assert_eq!(judge(&forged, &keys), Err(Untrue::Signature));
}

#[test]
fn a_key_made_for_something_else_checks_nothing() {
    let key = Key::rsa();
    let token = key.sign(&json!({"alg": "RS256"}), &claims());
    let with = |name: &str, value: &str| {
        let mut public = key.public("r");
        public[name] = value.into();
        judge(&token, &published(&[public]))
    };

    assert_eq!(with("use", "sig"), Ok(()));
    assert_eq!(with("use", "enc"), Err(Untrue::UnknownKey));
    assert_eq!(with("alg", "RS256"), Ok(()));
    assert_eq!(with("alg", "PS256"), Err(Untrue::UnknownKey));
}

#[test]
fn a_token_without_a_key_id_needs_one_key_that_fits() {
    let (one, other) = (Key::ed(), Key::ed());
    let token = one.sign(&json!({"alg": "EdDSA"}), &claims());

    assert_eq!(judge(&token, &published(&[one.public("1")])), Ok(()));
    assert_eq!(
        judge(&token, &published(&[one.public("1"), other.public("2")])),
        Err(Untrue::UnknownKey)
    );
}

/// S44: what a token says must answer what this browser asked, here and now.
#[test]
fn a_token_for_another_place_time_or_question_is_not_believed() {
    let key = Key::ed();
    let keys = published(&[key.public("d")]);
    let at = |offset: i64| (NOW + Duration::seconds(offset)).unix_timestamp();

    for (changes, expected) in [
        (json!({}), Ok(())),
        (
            json!({"iss": "https://sso.club.example/"}),
            Err(Untrue::Issuer),
        ),
        (json!({"iss": null}), Err(Untrue::Issuer)),
        (json!({"aud": "other"}), Err(Untrue::Audience)),
        (json!({"aud": null}), Err(Untrue::Audience)),
        (json!({"aud": ["moot"]}), Ok(())),
        (
            json!({"aud": ["moot", "other"]}),
            Err(Untrue::AuthorizedParty),
        ),
        (json!({"aud": ["moot", "other"], "azp": "moot"}), Ok(())),
        (json!({"azp": "other"}), Err(Untrue::AuthorizedParty)),
        (json!({"exp": at(-59)}), Ok(())),
        (json!({"exp": at(-60)}), Err(Untrue::Expired)),
        (json!({"exp": null}), Err(Untrue::Expired)),
        (json!({"iat": at(60)}), Ok(())),
        (json!({"iat": at(61)}), Err(Untrue::Early)),
        (json!({"iat": null}), Err(Untrue::Early)),
        (json!({"nbf": at(61)}), Err(Untrue::Early)),
        (json!({"nonce": "m"}), Err(Untrue::Nonce)),
        (json!({"nonce": null}), Err(Untrue::Nonce)),
        (json!({"sub": ""}), Err(Untrue::Subject)),
        (json!({"sub": null}), Err(Untrue::Subject)),
    ] {
        let token = key.sign(&json!({"alg": "EdDSA"}), &but(&changes));

        assert_eq!(judge(&token, &keys), expected, "{changes}");
    }
}

#[test]
fn a_logout_token_and_an_id_token_never_pass_for_each_other() {
    let key = Key::ed();
    let keys = published(&[key.public("d")]);
    let judged = |typ: &str, claims: &Value| {
        let token = key.sign(&json!({"alg": "EdDSA", "typ": typ}), claims);
        verify(&token, &header(&token).unwrap(), &keys).unwrap()
    };
    let expected = Expected {
        issuer: ISSUER,
        client_id: "moot",
        now: NOW,
    };
    let logout = |changes: &Value| {
        let mut claims = logout_claims();
        let all = claims.as_object_mut().unwrap();
        for (name, value) in changes.as_object().unwrap() {
            all.insert(name.clone(), value.clone());
        }
        logout::check(&judged("logout+jwt", &claims), &expected)
    };

    let taken = logout(&json!({})).unwrap();
    assert_eq!(taken.subject.as_deref(), Some("24400320"));
    assert_eq!(taken.session.as_deref(), Some("s"));
    assert_eq!(logout(&json!({"nonce": "n"})), Err(Untrue::Kind));
    assert_eq!(logout(&json!({"events": {}})), Err(Untrue::Kind));
    assert_eq!(logout(&json!({"jti": null})), Err(Untrue::Id));
    assert_eq!(logout(&json!({"aud": "other"})), Err(Untrue::Audience));
    assert_eq!(
        logout(&json!({"sub": null, "sid": null})),
        Err(Untrue::Subject)
    );
    let old = (NOW - Duration::minutes(12)).unix_timestamp();
    assert_eq!(logout(&json!({"iat": old})), Err(Untrue::Expired));
    assert_eq!(
        logout::check(&judged("JWT", &claims()), &expected),
        Err(Untrue::Kind)
    );
    assert_eq!(
        check_id(&judged("logout+jwt", &claims()), &expected, "n"),
        Err(Untrue::Kind)
    );
}
