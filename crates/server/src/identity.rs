//! A database belongs to one profile, one pair of domains and one master key, for good (R16, R17).

use db::identity::{Identity, find, write};
use model::Domain;
use service::keys::{MasterKey, Purpose};
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::config::Config;

/// What is sealed at the first start, to be opened at every other.
const PROOF: &[u8] = b"moot";
const CONTEXT: &[u8] = b"server_identity";

/// Why this database is not for this server.
#[derive(Debug, thiserror::Error)]
pub enum IdentityError {
    /// The profile differs.
    #[error(
        "this database was made in the {made_in} profile and never opens in another; MOOT_PROFILE says {asked}. \
         Set MOOT_PROFILE={made_in}, or give this server a database (or MOOT_DATA_DIR) of its own"
    )]
    Profile {
        /// As stored.
        made_in: &'static str,
        /// As configured.
        asked: &'static str,
    },
    /// A domain differs.
    #[error(
        "this database was made for {name}={stored}, and {name} now says {asked}. Other servers know every member by the old name, \
         which is part of each handle and each post's address; nobody would find them under a new one. Set {name}={stored} again, or start anew with an empty database"
    )]
    Domain {
        /// The variable.
        name: &'static str,
        /// As stored.
        stored: Domain,
        /// As configured.
        asked: Domain,
    },
    /// The key differs.
    #[error(
        "the master key is not the one this database was made with: it does not open what that one sealed. Nothing was changed. \
         Put the right MOOT_MASTER_KEY back (with the embedded database: the file master.key in the data folder, from your backup)"
    )]
    Key,
    /// The database did not answer as it should.
    #[error("the server's identity could not be read")]
    Database(#[from] db::Error),
}

/// Refuses a database that belongs to somebody else, if it already says whose it is. Writes nothing, and so can
/// stand before the migrations.
pub async fn check_if_any(
    connection: &mut PgConnection,
    config: &Config,
    key: &MasterKey,
) -> Result<(), IdentityError> {
    // Before the first start there is no such table; whatever else is wrong shows when it is made.
    let Ok(Some(stored)) = find(connection).await else {
        return Ok(());
    };
    compare(&stored, &identity(config), key)
}

/// Writes the identity down at the first start and refuses a difference at every later one.
pub async fn lock(
    connection: &mut PgConnection,
    config: &Config,
    key: &MasterKey,
    now: OffsetDateTime,
) -> Result<(), IdentityError> {
    let mut ours = identity(config);
    if find(connection).await?.is_none() {
        ours.sealed_proof = key.seal(Purpose::Proof, CONTEXT, PROOF);
        write(connection, &ours, now).await?;
    }
    // Another node may have been faster; what is stored counts.
    let stored = find(connection).await?;
    stored.map_or(Ok(()), |stored| compare(&stored, &ours, key))
}

fn identity(config: &Config) -> Identity {
    Identity {
        profile: config.profile,
        local_domain: Domain::from_storage(config.identity.local_domain.to_string()),
        web_domain: Domain::from_storage(config.identity.web_domain.to_string()),
        sealed_proof: Vec::new(),
    }
}

fn compare(stored: &Identity, ours: &Identity, key: &MasterKey) -> Result<(), IdentityError> {
    if stored.profile != ours.profile {
        return Err(IdentityError::Profile {
            made_in: stored.profile.as_str(),
            asked: ours.profile.as_str(),
        });
    }
    let domains = [
        ("LOCAL_DOMAIN", &stored.local_domain, &ours.local_domain),
        ("WEB_DOMAIN", &stored.web_domain, &ours.web_domain),
    ];
    for (name, stored, asked) in domains {
        if stored != asked {
            return Err(IdentityError::Domain {
                name,
                stored: stored.clone(),
                asked: asked.clone(),
            });
        }
    }
    let opened = key.open(Purpose::Proof, CONTEXT, &stored.sealed_proof);
    if opened.as_deref() == Ok(PROOF) {
        Ok(())
    } else {
        Err(IdentityError::Key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::layers::Layers;

    fn config(pairs: &[(&str, &str)]) -> Config {
        Config::load(&Layers::of(pairs)).unwrap().0
    }

    fn made_by(config: &Config, key: &MasterKey) -> Identity {
        Identity {
            sealed_proof: key.seal(Purpose::Proof, CONTEXT, PROOF),
            ..identity(config)
        }
    }

    /// R16 and R17: what is part of every name, and what opens every key, cannot be changed by a typing error.
    #[test]
    fn a_database_opens_only_for_the_server_that_made_it() {
        let key = MasterKey::from_bytes(&[7; 32]);
        let first = config(&[
            ("MOOT_PROFILE", "test"),
            ("LOCAL_DOMAIN", "club.test"),
            ("WEB_DOMAIN", "social.club.test"),
        ]);
        let stored = made_by(&first, &key);

        assert!(compare(&stored, &identity(&first), &key).is_ok());

        let demo = config(&[
            ("MOOT_PROFILE", "demo"),
            ("LOCAL_DOMAIN", "club.test"),
            ("WEB_DOMAIN", "social.club.test"),
        ]);
        let error = compare(&stored, &identity(&demo), &key).unwrap_err();
        assert!(error.to_string().contains("MOOT_PROFILE=test"), "{error}");

        let renamed = config(&[
            ("MOOT_PROFILE", "test"),
            ("LOCAL_DOMAIN", "other.test"),
            ("WEB_DOMAIN", "social.club.test"),
        ]);
        let error = compare(&stored, &identity(&renamed), &key).unwrap_err();
        assert!(
            error.to_string().contains("LOCAL_DOMAIN=club.test"),
            "{error}"
        );

        let unsplit = config(&[("MOOT_PROFILE", "test"), ("LOCAL_DOMAIN", "club.test")]);
        let error = compare(&stored, &identity(&unsplit), &key).unwrap_err();
        assert!(
            error.to_string().contains("WEB_DOMAIN=social.club.test"),
            "{error}"
        );

        let error =
            compare(&stored, &identity(&first), &MasterKey::from_bytes(&[8; 32])).unwrap_err();
        assert!(matches!(error, IdentityError::Key), "{error}");
    }
}
