//! Where values come from: the process environment, then an env file, then nothing.
//!
//! This layer knows no table and no verdicts: names go in, texts with their source come out.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use super::service_links;

/// The env file looked for in the working folder when `MOOT_ENV_FILE` names none.
pub const DEFAULT_ENV_FILE: &str = ".env.production";

/// Where a value was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// The environment of the process.
    Environment,
    /// The env file at this path.
    EnvFile(PathBuf),
    /// A file of its own, named by `NAME_FILE`.
    SecretFile(PathBuf),
    /// Nowhere: the default holds.
    Default,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Environment => f.write_str("environment"),
            Self::EnvFile(path) | Self::SecretFile(path) => write!(f, "{}", path.display()),
            Self::Default => f.write_str("default"),
        }
    }
}

/// A text and where it was found. Its `Debug` hides the text, since it may be a secret.
#[derive(Clone, PartialEq, Eq)]
pub struct Found {
    /// The text as written.
    pub text: String,
    /// Where it was found.
    pub source: Source,
}

impl fmt::Debug for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Found")
            .field("source", &self.source)
            .finish_non_exhaustive()
    }
}

/// Why the sources themselves could not be read.
#[derive(Debug, thiserror::Error)]
pub enum LayersError {
    /// The env file that `MOOT_ENV_FILE` names is not there or not readable.
    #[error("the env file {path} cannot be read (MOOT_ENV_FILE names it): {reason}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system or the parser said; never a line of the file, which may hold a secret.
        reason: String,
    },
    /// A line is not `NAME=value`.
    #[error(
        "the env file {path} has a line that is not NAME=value (entry {entry}); quote values with spaces or # in them"
    )]
    Syntax {
        /// The file.
        path: PathBuf,
        /// Which entry, counted from one.
        entry: usize,
    },
}

/// The sources, highest first.
#[derive(Debug, Clone, Default)]
pub struct Layers {
    environment: BTreeMap<String, String>,
    file: BTreeMap<String, String>,
    file_path: PathBuf,
}

impl Layers {
    /// Reads this process's environment and the env file beside it.
    ///
    /// `.env.production` is left alone when the environment already asks for the demo or test profile, so that a demo
    /// tried out in a production folder does not open production's database.
    pub fn from_process() -> Result<Self, LayersError> {
        let environment = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .collect();
        Self::new(environment, Path::new("."))
    }

    /// Reads the env file that belongs to this environment and working folder.
    pub fn new(
        mut environment: BTreeMap<String, String>,
        folder: &Path,
    ) -> Result<Self, LayersError> {
        service_links::remove(&mut environment);
        let named = environment
            .get("MOOT_ENV_FILE")
            .filter(|path| !path.is_empty());
        let is_production = environment
            .get("MOOT_PROFILE")
            .is_none_or(|profile| profile.is_empty() || profile == "production");
        let file_path = folder.join(named.map_or(DEFAULT_ENV_FILE, String::as_str));
        let file = match named {
            Some(_) => read_env_file(&file_path)?,
            None if is_production && file_path.is_file() => read_env_file(&file_path)?,
            None => BTreeMap::new(),
        };
        Ok(Self {
            environment,
            file,
            file_path,
        })
    }

    /// Sources that hold exactly these values, as if from the environment.
    pub fn of(pairs: &[(&str, &str)]) -> Self {
        Self {
            environment: pairs
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
            ..Self::default()
        }
    }

    /// The value under this very name.
    pub fn find(&self, name: &str) -> Option<Found> {
        if let Some(text) = self.environment.get(name) {
            return Some(Found {
                text: text.clone(),
                source: Source::Environment,
            });
        }
        let text = self.file.get(name)?;
        Some(Found {
            text: text.clone(),
            source: Source::EnvFile(self.file_path.clone()),
        })
    }

    /// The value under this name or in the file that `NAME_FILE` names. In one source both at once are a contradiction.
    ///
    /// # Errors
    /// A sentence for the administrator when the file cannot be read or both are given.
    pub fn find_secret(&self, name: &str) -> Result<Option<Found>, String> {
        let file_name = format!("{name}_FILE");
        for layer in [&self.environment, &self.file] {
            let direct = layer.get(name).filter(|text| !text.is_empty());
            let path = layer.get(&file_name).filter(|text| !text.is_empty());
            match (direct, path) {
                (Some(_), Some(_)) => {
                    return Err(format!("both {name} and {file_name} are set; keep one"));
                }
                (Some(_), None) => return Ok(self.find(name)),
                (None, Some(path)) => {
                    let text = std::fs::read_to_string(path).map_err(|error| {
                        format!("{file_name} names {path}, which cannot be read: {error}")
                    })?;
                    let text = text.trim_end_matches(['\r', '\n']).to_owned();
                    return Ok(Some(Found {
                        text,
                        source: Source::SecretFile(PathBuf::from(path)),
                    }));
                }
                (None, None) => {}
            }
        }
        Ok(None)
    }

    /// Every name that is set to something, each once.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let in_environment = self.environment.iter();
        let only_in_file = self
            .file
            .iter()
            .filter(|(name, _)| !self.environment.contains_key(*name));
        in_environment
            .chain(only_in_file)
            .filter(|(_, text)| !text.is_empty())
            .map(|(name, _)| name.as_str())
    }
}

fn read_env_file(path: &Path) -> Result<BTreeMap<String, String>, LayersError> {
    let unreadable = |reason: String| LayersError::Unreadable {
        path: path.to_owned(),
        reason,
    };
    let entries = dotenvy::from_path_iter(path).map_err(|error| unreadable(error.to_string()))?;
    let mut values = BTreeMap::new();
    for (index, entry) in entries.enumerate() {
        match entry {
            Ok((name, value)) => values.insert(name, value),
            Err(dotenvy::Error::Io(error)) => return Err(unreadable(error.to_string())),
            Err(_) => {
                return Err(LayersError::Syntax {
                    path: path.to_owned(),
                    entry: index + 1,
                });
            }
        };
    }
    Ok(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    }

    /// A folder of its own for one test, removed at its end.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let path =
                std::env::temp_dir().join(format!("moot-layers-{}-{name}", std::process::id()));
            std::fs::create_dir_all(&path).unwrap();
            Self(path)
        }

        fn write(&self, name: &str, text: &str) -> String {
            let path = self.0.join(name);
            std::fs::write(&path, text).unwrap();
            path.display().to_string()
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn the_environment_wins_over_the_env_file() {
        let folder = Folder::new("precedence");
        folder.write(DEFAULT_ENV_FILE, "PORT=4000\nBIND='0.0.0.0'\n# a comment\n");

        let layers = Layers::new(environment(&[("PORT", "5000")]), &folder.0).unwrap();

        assert_eq!(layers.find("PORT").unwrap().text, "5000");
        assert_eq!(layers.find("BIND").unwrap().text, "0.0.0.0");
        assert!(layers.find("SOCKET").is_none());
    }

    #[test]
    fn a_named_env_file_replaces_the_default_one_and_must_exist() {
        let folder = Folder::new("named");
        folder.write(DEFAULT_ENV_FILE, "PORT=4000\n");
        folder.write("other.env", "PORT=6000\n");

        let layers =
            Layers::new(environment(&[("MOOT_ENV_FILE", "other.env")]), &folder.0).unwrap();
        let missing = Layers::new(environment(&[("MOOT_ENV_FILE", "missing.env")]), &folder.0);

        assert_eq!(layers.find("PORT").unwrap().text, "6000");
        assert!(missing.unwrap_err().to_string().contains("missing.env"));
    }

    #[test]
    fn a_demo_in_a_production_folder_does_not_read_its_env_file() {
        let folder = Folder::new("demo");
        folder.write(DEFAULT_ENV_FILE, "DATABASE_URL=postgres://production\n");

        let layers = Layers::new(environment(&[("MOOT_PROFILE", "demo")]), &folder.0).unwrap();

        assert!(layers.find("DATABASE_URL").is_none());
    }

    #[test]
    fn a_secret_comes_from_the_file_its_name_points_to() {
        let folder = Folder::new("secret");
        let path = folder.write("password", "s3cret\n");

        let layers = Layers::of(&[("DB_PASS_FILE", &path)]);

        assert_eq!(
            layers.find_secret("DB_PASS").unwrap().unwrap().text,
            "s3cret"
        );
    }

    #[test]
    fn a_secret_given_twice_is_a_contradiction() {
        let layers = Layers::of(&[("DB_PASS_FILE", "/nowhere"), ("DB_PASS", "x")]);

        assert!(
            layers
                .find_secret("DB_PASS")
                .unwrap_err()
                .contains("keep one")
        );
    }

    /// S43: a broken line may be a secret with a quote in it.
    #[test]
    fn a_broken_line_is_counted_and_not_quoted() {
        let folder = Folder::new("broken");
        folder.write(
            DEFAULT_ENV_FILE,
            "PORT=4000\nSECRET_KEY_BASE='hunter2 is unclosed\n",
        );

        let error = Layers::new(BTreeMap::new(), &folder.0).unwrap_err();

        assert!(!format!("{error} {error:?}").contains("hunter2"), "{error}");
    }
}
