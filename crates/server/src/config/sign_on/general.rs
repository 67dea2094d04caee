//! What all ways of signing in share, and what being recognised means here.

use model::member::Office;
use service::settings::{Claim, LeaverEnd, SignIn, UsernamePolicy};
use time::Duration;
use url::Url;

use super::{ldap, oidc};
use crate::config::reader::{Reader, parse_boolean};
use crate::config::table::{Kind, Section, accept};

/// The longest that a number of days or minutes can be meant.
const LONGEST: u32 = 10_000;

/// The chapter of the table.
pub const SECTION: Section = Section {
    title: "Sign-on",
    introduction: "Each way is described in [sign-in.md](sign-in.md), with a complete example.",
    variables: &[
        accept(
            "OMNIAUTH_ONLY",
            Kind::Boolean,
            "",
            "No password form: people come in by a provider or proxy only.",
        ),
        accept(
            "ONE_CLICK_SSO_LOGIN",
            Kind::Boolean,
            "",
            "Signing in leads straight to the one provider; needs `OMNIAUTH_ONLY`.",
        ),
        accept(
            "ALLOW_UNSAFE_AUTH_PROVIDER_REATTACH",
            Kind::Boolean,
            "",
            "Somebody whom a provider sends for the first time takes over the account with their mail address. Unsafe; warned of at each start.",
        ),
        accept(
            "SSO_ACCOUNT_SIGN_UP",
            Kind::Text,
            "",
            "Address shown to people who want an account.",
        ),
        accept(
            "SSO_ACCOUNT_SETTINGS",
            Kind::Text,
            "",
            "Address shown to people who want to change their account.",
        ),
        accept(
            "MOOT_LOCAL_PASSWORDS",
            Kind::Boolean,
            "true",
            "Members whom no directory or provider knows may have a password of this server's own. Without it, and with `OMNIAUTH_ONLY`, nobody signs up here.",
        ),
        accept(
            "MOOT_USERNAME_POLICY",
            Kind::Choice(&["directory", "free"]),
            "directory",
            "`directory`: a member's name is the organisation's, and a first sign-in stops when it is taken. `free`: a number is appended then, as Mastodon does for providers.",
        ),
        accept(
            "MOOT_REQUIRE_SECOND_FACTOR",
            Kind::List(','),
            "",
            "Offices whose holders must have a second factor: `candidate`, `board`, `operator`.",
        ),
        accept(
            "MOOT_LEAVER_GRACE_DAYS",
            Kind::Integer,
            "90",
            "Days for which somebody who has left the organisation can still open their page.",
        ),
        accept(
            "MOOT_LEAVER_END",
            Kind::Choice(&["freeze", "delete"]),
            "freeze",
            "What comes after that: the account stays and is closed, or it is deleted, after a notice.",
        ),
    ],
};

/// Reads the section, with what the others say of accounts rather than of how people are recognised.
pub(super) fn read(reader: &mut Reader<'_>) -> SignIn {
    let only_providers = reader.boolean("OMNIAUTH_ONLY");
    let one_click = reader.boolean("ONE_CLICK_SSO_LOGIN");
    if one_click && !only_providers {
        reader.warn("ONE_CLICK_SSO_LOGIN has no effect without OMNIAUTH_ONLY, as in Mastodon");
    }
    let ldap = ldap::upkeep(reader);
    let mut offices = ldap.offices;
    offices.extend(oidc::offices(reader));
    SignIn {
        local_passwords: local_passwords(reader),
        only_providers,
        one_click: one_click && only_providers,
        claim: ldap.claim,
        provider_claim: provider_claim(reader),
        usernames: match reader.text("MOOT_USERNAME_POLICY").as_deref() {
            Some("free") => UsernamePolicy::Free,
            _ => UsernamePolicy::Directory,
        },
        offices,
        second_factor_for: second_factor_for(reader),
        display_names: ldap.display_names,
        sync_every: ldap.sync_every,
        grace: Duration::days(number(reader, "MOOT_LEAVER_GRACE_DAYS").into()),
        end: match reader.text("MOOT_LEAVER_END").as_deref() {
            Some("delete") => LeaverEnd::Delete,
            _ => LeaverEnd::Freeze,
        },
        account_sign_up: page(reader, "SSO_ACCOUNT_SIGN_UP"),
        account_settings: page(reader, "SSO_ACCOUNT_SETTINGS"),
    }
}

/// What is neither yes nor no must not close the door to everybody, nor open it.
fn local_passwords(reader: &mut Reader<'_>) -> bool {
    let text = reader.text("MOOT_LOCAL_PASSWORDS").unwrap_or_default();
    let Some(answer) = parse_boolean(&text) else {
        reader.error("MOOT_LOCAL_PASSWORDS must be true or false");
        return true;
    };
    answer
}

fn provider_claim(reader: &mut Reader<'_>) -> Claim {
    if !reader.boolean("ALLOW_UNSAFE_AUTH_PROVIDER_REATTACH") {
        return Claim::Never;
    }
    reader.warn(
        "ALLOW_UNSAFE_AUTH_PROVIDER_REATTACH is on: whoever can choose their own mail address at the provider can take over the account of anybody here who is not linked yet. Switch it off once your members have signed in; `moot members link` and the page that asks for the old password are the safe ways",
    );
    Claim::ByMail
}

fn second_factor_for(reader: &mut Reader<'_>) -> Vec<Office> {
    let mut offices = Vec::new();
    for word in reader.list("MOOT_REQUIRE_SECOND_FACTOR") {
        match Office::from_word(&word) {
            Some(office) => offices.push(office),
            None => reader.error(format!(
                "MOOT_REQUIRE_SECOND_FACTOR: {word:?} is no office; there are candidate, board and operator"
            )),
        }
    }
    offices
}

fn number(reader: &mut Reader<'_>, name: &'static str) -> u32 {
    let number = reader.number::<u32>(name);
    if number > LONGEST {
        reader.error(format!("{name} is longer than {LONGEST}"));
    }
    number.min(LONGEST)
}

/// An address that is put before people: a web page and nothing else.
fn page(reader: &mut Reader<'_>, name: &'static str) -> Option<String> {
    let text = reader.text(name)?;
    let is_page = Url::parse(&text).is_ok_and(|url| matches!(url.scheme(), "https" | "http"));
    if !is_page {
        reader.error(format!("{name} must be the address of a web page"));
        return None;
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::layers::Layers;

    fn read_from(pairs: &[(&str, &str)]) -> (SignIn, Vec<String>) {
        let layers = Layers::of(pairs);
        let mut reader = Reader::new(&layers);
        let settings = read(&mut reader);
        let errors = reader.finish().errors().map(str::to_owned).collect();
        (settings, errors)
    }

    #[test]
    fn an_office_that_does_not_exist_is_told() {
        for (name, value) in [
            ("MOOT_REQUIRE_SECOND_FACTOR", "everybody"),
            ("MOOT_LOCAL_PASSWORDS", "perhaps"),
            ("SSO_ACCOUNT_SIGN_UP", "javascript:alert(1)"),
            ("MOOT_LEAVER_GRACE_DAYS", "99999999"),
        ] {
            let (_, errors) = read_from(&[(name, value)]);

            assert!(
                errors.iter().any(|e| e.contains(name)),
                "{name}: {errors:?}"
            );
        }
    }

    #[test]
    fn what_is_not_set_is_as_it_is_in_the_operations() {
        let (settings, errors) = read_from(&[]);

        assert!(errors.is_empty(), "{errors:?}");
        assert_eq!(format!("{settings:?}"), format!("{:?}", SignIn::default()));
    }
}
