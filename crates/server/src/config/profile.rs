//! The three sets of rules a server can live under. A database made in one never opens in another.

pub use model::instance::Profile;

use super::reader::Reader;

/// The words of `MOOT_PROFILE`.
pub const WORDS: &[&str] = &["production", "demo", "test"];

/// Whether only this machine may reach a server of this profile.
pub const fn is_local(profile: Profile) -> bool {
    matches!(profile, Profile::Demo | Profile::Test)
}

/// Reads `MOOT_PROFILE`. A wrong word is already an error in the report; reading goes on as production, the strictest.
pub fn read(reader: &mut Reader<'_>) -> Profile {
    reader
        .text("MOOT_PROFILE")
        .and_then(|word| Profile::from_word(&word))
        .unwrap_or(Profile::Production)
}

#[cfg(test)]
mod tests {
    use super::super::Config;
    use super::super::layers::Layers;

    fn outcome(pairs: &[(&str, &str)]) -> Result<Config, String> {
        Config::load(&Layers::of(pairs))
            .map(|(config, _)| config)
            .map_err(|report| report.to_string())
    }

    #[test]
    fn each_profile_takes_what_its_rules_allow_and_nothing_else() {
        let table: &[(&[(&str, &str)], bool)] = &[
            // Production wants its name said.
            (&[], false),
            (&[("LOCAL_DOMAIN", "club.example")], true),
            (
                &[
                    ("MOOT_PROFILE", "staging"),
                    ("LOCAL_DOMAIN", "club.example"),
                ],
                false,
            ),
            (&[("LOCAL_DOMAIN", "https://club.example")], false),
            (
                &[("LOCAL_DOMAIN", "club.example"), ("BIND", "0.0.0.0")],
                true,
            ),
            // Demo and test need nothing, and take only names that nobody owns.
            (&[("MOOT_PROFILE", "demo")], true),
            (&[("MOOT_PROFILE", "test")], true),
            (
                &[("MOOT_PROFILE", "demo"), ("LOCAL_DOMAIN", "club.org")],
                false,
            ),
            (
                &[
                    ("MOOT_PROFILE", "test"),
                    ("LOCAL_DOMAIN", "alpha.test:4001"),
                ],
                true,
            ),
            (
                &[("MOOT_PROFILE", "test"), ("LOCAL_DOMAIN", "moot.localhost")],
                true,
            ),
            (
                &[
                    ("MOOT_PROFILE", "test"),
                    ("LOCAL_DOMAIN", "club.example"),
                    ("WEB_DOMAIN", "social.club.example"),
                ],
                true,
            ),
            (
                &[
                    ("MOOT_PROFILE", "test"),
                    ("LOCAL_DOMAIN", "club.example"),
                    ("WEB_DOMAIN", "social.club.org"),
                ],
                false,
            ),
            (
                &[("MOOT_PROFILE", "test"), ("LOCAL_DOMAIN", "localtest.me")],
                false,
            ),
            (
                &[("MOOT_PROFILE", "test"), ("LOCAL_DOMAIN", "127.0.0.1:4001")],
                true,
            ),
            (
                &[("MOOT_PROFILE", "test"), ("LOCAL_DOMAIN", "[::1]:4001")],
                true,
            ),
            (
                &[("MOOT_PROFILE", "test"), ("LOCAL_DOMAIN", "192.0.2.1")],
                false,
            ),
            (
                &[("MOOT_PROFILE", "test"), ("ALTERNATE_DOMAINS", "club.org")],
                false,
            ),
            // They listen on this machine only.
            (&[("MOOT_PROFILE", "demo"), ("BIND", "0.0.0.0")], false),
            (&[("MOOT_PROFILE", "demo"), ("BIND", "::1")], true),
            (&[("MOOT_PROFILE", "demo"), ("BIND", "localhost")], true),
            (
                &[("MOOT_PROFILE", "test"), ("SOCKET", "/tmp/moot.sock")],
                true,
            ),
        ];
        for (pairs, is_fine) in table {
            let outcome = outcome(pairs);
            assert_eq!(outcome.is_ok(), *is_fine, "{pairs:?}: {outcome:?}");
        }
    }

    #[test]
    fn a_demo_without_configuration_is_localhost_on_its_port() {
        let plain = outcome(&[("MOOT_PROFILE", "demo")]).unwrap();
        let other = outcome(&[("MOOT_PROFILE", "demo"), ("PORT", "4010")]).unwrap();

        assert_eq!(plain.identity.local_domain.to_string(), "localhost:3000");
        assert_eq!(plain.identity.web_url(), "http://localhost:3000");
        assert_eq!(other.identity.web_domain.to_string(), "localhost:4010");
    }

    #[test]
    fn urls_are_https_in_production_and_where_a_tls_proxy_stands_in_front() {
        let production =
            outcome(&[("LOCAL_DOMAIN", "club.example"), ("LOCAL_HTTPS", "false")]).unwrap();
        let demo = outcome(&[("MOOT_PROFILE", "demo")]).unwrap();
        let proxied = outcome(&[
            ("MOOT_PROFILE", "demo"),
            ("LOCAL_HTTPS", "true"),
            ("LOCAL_DOMAIN", "club.test"),
        ])
        .unwrap();

        assert_eq!(production.identity.web_url(), "https://club.example");
        assert_eq!(demo.identity.web_url(), "http://localhost:3000");
        assert_eq!(proxied.identity.web_url(), "https://club.test");
    }
}
