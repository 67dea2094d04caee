//! The 32 bytes from which every key of this server derives: given by the administrator, or kept in the data folder.

use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use secrecy::{ExposeSecret as _, SecretString};

use super::Config;
use super::profile::Profile;

/// The file in the data folder that holds the key of an embedded default.
pub const FILE_NAME: &str = "master.key";

/// A text that is no key.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error(
    "must be 32 bytes, written as 64 hexadecimal digits or in base64; `moot keys generate` makes one"
)]
pub struct NotAKey;

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
pub enum MasterKeyError {
    /// An external database in production, and no key.
    #[error(
        "MOOT_MASTER_KEY is required with a database of your own in production. Make one with `moot keys generate > moot.key`, \
         keep a copy apart from the database, and set MOOT_MASTER_KEY_FILE to the file"
    )]
    Required,
    /// The key is not written as one.
    #[error("the master key {0}")]
    Malformed(#[from] NotAKey),
    /// The file of the data folder cannot be read or made.
    #[error("the master key file {path} cannot be used")]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The database is there and its key is not: a new key would not open what the old one sealed (R17).
    #[error(
        "the data folder holds a database but its master key {0} is missing. Put the file back from your backup; \
         without it the accounts' private keys cannot be opened, and making a new key would not help"
    )]
    Lost(PathBuf),
}

/// Reads 64 hexadecimal digits or base64 of 32 bytes.
pub fn parse(text: &SecretString) -> Result<[u8; 32], NotAKey> {
    let text = text.expose_secret().trim();
    let decoded = if text.len() == 64 {
        hex::decode(text).ok()
    } else {
        [
            STANDARD.decode(text),
            STANDARD_NO_PAD.decode(text),
            URL_SAFE_NO_PAD.decode(text),
        ]
        .into_iter()
        .find_map(Result::ok)
    };
    decoded
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or(NotAKey)
}

/// A new key, in hexadecimal.
pub fn generate() -> SecretString {
    let mut bytes = [0_u8; 32];
    aws_lc_rs::rand::fill(&mut bytes).expect("the system's generator of randomness works");
    SecretString::from(hex::encode(bytes))
}

/// Whether a missing key file may be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FirstStart {
    /// No database yet: nothing is sealed with any key.
    Yes,
    /// There is one: its key must be there too.
    No,
}

/// The key in force: the one given, or the data folder's, made at the first start with mode 0600.
pub fn obtain(
    config: &Config,
    folder: &Path,
    first: FirstStart,
) -> Result<[u8; 32], MasterKeyError> {
    if let Some(given) = &config.secrets.master_key {
        return Ok(parse(given)?);
    }
    if config.profile == Profile::Production && config.database.is_external() {
        return Err(MasterKeyError::Required);
    }
    let path = folder.join(FILE_NAME);
    let file_error = |source| MasterKeyError::File {
        path: path.clone(),
        source,
    };
    match std::fs::read_to_string(&path) {
        Ok(text) => return Ok(parse(&SecretString::from(text))?),
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            return Err(file_error(error));
        }
        Err(_) => {}
    }
    if first == FirstStart::No {
        return Err(MasterKeyError::Lost(path));
    }
    let key = generate();
    write_once(&path, &key).map_err(file_error)?;
    Ok(parse(&key)?)
}

/// Writes beside and renames, so that a crash leaves either no key or a whole one.
fn write_once(path: &Path, key: &SecretString) -> std::io::Result<()> {
    let beside = path.with_extension("new");
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&beside)?;
    writeln!(file, "{}", key.expose_secret())?;
    file.sync_all()?;
    std::fs::rename(beside, path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::layers::Layers;
    use std::os::unix::fs::PermissionsExt as _;

    fn config(pairs: &[(&str, &str)]) -> Config {
        Config::load(&Layers::of(pairs)).unwrap().0
    }

    fn folder(name: &str) -> PathBuf {
        let path = std::env::temp_dir().join(format!("moot-key-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        path
    }

    #[test]
    fn a_key_is_read_in_hexadecimal_and_in_base64() {
        let bytes = [7_u8; 32];
        for text in [
            hex::encode(bytes),
            format!("{}\n", hex::encode(bytes)),
            STANDARD.encode(bytes),
            URL_SAFE_NO_PAD.encode(bytes),
        ] {
            assert_eq!(parse(&SecretString::from(text)), Ok(bytes));
        }
        for text in ["", "short", &"z".repeat(64), &"ab".repeat(31)] {
            assert_eq!(parse(&SecretString::from(text)), Err(NotAKey), "{text}");
        }
    }

    #[test]
    fn the_embedded_default_makes_one_key_that_only_its_owner_reads() {
        let folder = folder("embedded");
        let config = config(&[("MOOT_PROFILE", "demo")]);

        let first = obtain(&config, &folder, FirstStart::Yes).unwrap();
        let second = obtain(&config, &folder, FirstStart::No).unwrap();

        assert_eq!(first, second);
        assert_eq!(
            std::fs::metadata(folder.join(FILE_NAME))
                .unwrap()
                .permissions()
                .mode()
                & 0o777,
            0o600
        );
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn an_external_database_in_production_wants_the_key_and_names_the_command() {
        let folder = folder("external");
        let config = config(&[
            ("LOCAL_DOMAIN", "club.example"),
            ("DATABASE_URL", "postgres://db/moot"),
        ]);

        let error = obtain(&config, &folder, FirstStart::Yes).unwrap_err();

        assert!(error.to_string().contains("moot keys generate"), "{error}");
        assert!(!folder.join(FILE_NAME).exists());
        std::fs::remove_dir_all(folder).unwrap();
    }

    /// R17: a lost key is not quietly replaced by one that opens nothing.
    #[test]
    fn a_lost_key_is_not_replaced() {
        let folder = folder("lost");
        let config = config(&[("MOOT_PROFILE", "demo")]);

        let error = obtain(&config, &folder, FirstStart::No).unwrap_err();

        assert!(matches!(error, MasterKeyError::Lost(_)), "{error}");
        assert!(!folder.join(FILE_NAME).exists());
        std::fs::remove_dir_all(folder).unwrap();
    }
}
