//! Configuration: Mastodon's variables under Mastodon's names, Moot's own as `MOOT_…`.
//!
//! One table ([`table`]) says of every variable what it means, its default and what Moot does with it. The parser, `moot config check`
//! and `docs/admin/configuration.md` all come from it. [`layers`] finds values without knowing the table; [`reader`] joins the two;
//! one file per section turns text into typed settings.

pub mod channels;
pub mod check;
mod closest;
pub mod database;
pub mod docs;
pub mod domain;
pub mod federation;
pub mod files;
pub mod governance;
pub mod identity;
pub mod layers;
pub mod limits;
pub mod mail;
pub mod master_key;
pub mod moot;
pub mod network;
pub mod observability;
pub mod presentation;
pub mod profile;
pub mod reader;
pub mod redis;
pub mod secrets;
mod service_links;
pub mod sign_on;
pub mod sign_up;
pub mod storage;
pub mod table;

use layers::Layers;
use profile::Profile;
use reader::{Reader, Report};

/// Everything the administrator decided, checked and typed.
#[derive(Debug, Clone)]
pub struct Config {
    /// Which set of rules this server lives under.
    pub profile: Profile,
    /// The names this server is known by.
    pub identity: identity::Identity,
    /// How it is shown to people.
    pub presentation: presentation::Presentation,
    /// How it deals with other servers.
    pub federation: federation::Federation,
    /// Where it listens.
    pub network: network::Network,
    /// Which `PostgreSQL` holds its data.
    pub database: database::Database,
    /// Its own folder.
    pub storage: storage::Storage,
    /// Keys given from outside.
    pub secrets: secrets::Secrets,
    /// Logs and metrics.
    pub observability: observability::Observability,
    /// How much people may write and follow.
    pub limits: limits::Limits,
    /// Who may join.
    pub sign_up: sign_up::SignUp,
    /// By which of the organisation's own means they sign in.
    pub sign_on: sign_on::SignOn,
    /// How mail leaves.
    pub mail: mail::Mail,
    /// How decisions are taken until there is a board.
    pub governance: model::moderation::Governance,
    /// Where moderators are told what waits.
    pub channels: channels::Channels,
}

impl Config {
    /// Reads and checks every variable. The report holds all that was found, so that one start shows all mistakes and not only the first.
    ///
    /// # Errors
    /// The report alone, when it holds at least one error.
    pub fn load(layers: &Layers) -> Result<(Self, Report), Report> {
        let mut reader = Reader::new(layers);
        check::names(&mut reader);
        let profile = profile::read(&mut reader);
        let network = network::read(&mut reader, profile);
        let identity = identity::read(&mut reader, profile, network.port());
        let database = database::read(&mut reader);
        let config = Self {
            profile,
            presentation: presentation::read(&mut reader),
            federation: federation::read(&mut reader),
            storage: storage::read(&mut reader),
            secrets: secrets::read(&mut reader),
            observability: observability::read(&mut reader, profile),
            limits: limits::read(&mut reader),
            sign_up: sign_up::read(&mut reader, profile),
            sign_on: sign_on::read(&mut reader),
            mail: mail::read(&mut reader),
            channels: channels::read(&mut reader),
            governance: governance::read(&mut reader),
            network,
            identity,
            database,
        };
        let report = reader.finish();
        if report.has_errors() {
            return Err(report);
        }
        Ok((config, report))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use table::{Effect, Verdict};

    fn load(pairs: &[(&str, &str)]) -> Result<(Config, Report), Report> {
        Config::load(&Layers::of(pairs))
    }

    #[test]
    fn what_the_table_says_takes_effect_is_read_and_nothing_else_is() {
        let layers = Layers::of(&[
            ("LOCAL_DOMAIN", "club.example"),
            ("DATABASE_URL", "postgres://db/moot"),
        ]);
        let (_, production) = Config::load(&layers).unwrap();
        let (_, demo) = load(&[("MOOT_PROFILE", "demo")]).unwrap();

        // MOOT_ENV_FILE is obeyed before there is a reader.
        for variable in table::all().filter(|variable| variable.name != "MOOT_ENV_FILE") {
            let was_read = production.was_read(variable.name) || demo.was_read(variable.name);
            let says_so = variable.effect == Effect::Now
                && matches!(variable.verdict, Verdict::Accept | Verdict::Map(_));
            assert_eq!(was_read, says_so, "{}", variable.name);
        }
    }

    #[test]
    fn a_mistake_in_one_section_does_not_hide_one_in_another() {
        let report = load(&[("PORT", "many"), ("MOOT_METRICS_ADDRESS", "nowhere")]).unwrap_err();

        let text = report.to_string();
        assert!(text.contains("PORT"), "{text}");
        assert!(text.contains("MOOT_METRICS_ADDRESS"), "{text}");
        assert!(text.contains("LOCAL_DOMAIN"), "{text}");
    }

    #[test]
    fn saml_swift_and_azure_refuse_to_start() {
        for name in [
            "SAML_ENABLED",
            "SAML_ISSUER",
            "SWIFT_ENABLED",
            "SWIFT_USERNAME",
            "AZURE_ENABLED",
            "AZURE_STORAGE_ACCOUNT",
        ] {
            let value = if name.ends_with("ENABLED") {
                "true"
            } else {
                "x"
            };

            let report = load(&[("LOCAL_DOMAIN", "club.example"), (name, value)]).unwrap_err();

            assert!(report.to_string().contains(name), "{report}");
        }
    }

    #[test]
    fn what_is_refused_may_be_switched_off_in_words() {
        assert!(
            load(&[
                ("LOCAL_DOMAIN", "club.example"),
                ("SAML_ENABLED", "false"),
                ("SWIFT_ENABLED", "")
            ])
            .is_ok()
        );
    }

    #[test]
    fn an_unknown_moot_name_refuses_and_a_mastodon_like_one_warns_with_the_closest() {
        let report =
            load(&[("LOCAL_DOMAIN", "club.example"), ("MOOT_PROFIL", "demo")]).unwrap_err();
        assert!(report.to_string().contains("MOOT_PROFILE"), "{report}");

        let (_, report) = load(&[
            ("LOCAL_DOMAIN", "club.example"),
            ("LDAP_HOSTS", "ldap.club.example"),
        ])
        .unwrap();
        assert!(report.to_string().contains("LDAP_HOST?"), "{report}");
    }

    #[test]
    fn names_of_other_programs_are_nobodys_business() {
        let (_, report) = load(&[
            ("LOCAL_DOMAIN", "club.example"),
            ("EDITOR", "vi"),
            ("LANG", "C"),
        ])
        .unwrap();

        assert_eq!(report.warnings().count(), 0, "{report}");
    }

    #[test]
    fn what_comes_later_is_said_in_one_line() {
        let (_, report) = load(&[
            ("LOCAL_DOMAIN", "club.example"),
            ("REDIS_HOST", "redis"),
            ("RAILS_ENV", "production"),
        ])
        .unwrap();

        let notes: Vec<_> = report.notes().collect();
        assert!(
            notes
                .iter()
                .any(|note| note.contains("REDIS_HOST")
                    && note.contains("not yet in this version")),
            "{notes:?}"
        );
        assert!(
            notes
                .iter()
                .any(|note| note.contains("RAILS_ENV") && note.contains("no counterpart")),
            "{notes:?}"
        );
    }

    /// S43: whatever prints the settings prints no secret.
    #[test]
    fn debug_output_and_reports_hold_no_secret() {
        let planted = "hunter2hunter2";
        let key = "ab".repeat(32);
        let (config, report) = load(&[
            ("LOCAL_DOMAIN", "club.example"),
            (
                "DATABASE_URL",
                &format!("postgres://moot:{planted}@db/moot"),
            ),
            ("DB_PASS", planted),
            ("SECRET_KEY_BASE", planted),
            ("MOOT_MASTER_KEY", &key),
            ("SMTP_PASSWORD", planted),
        ])
        .unwrap();

        let shown = format!("{config:?}{report}{report:?}");
        assert!(!shown.contains(planted), "{shown}");
        assert!(!shown.contains(&key), "{shown}");
    }
}
