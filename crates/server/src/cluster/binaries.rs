//! Finds `initdb` and `postgres`: the newest for a new cluster, the very major version for an existing one.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::error::ClusterError;
use super::instructions::System;

/// The oldest major version that Moot works with.
pub const OLDEST: u32 = 15;

/// Folders whose children are one folder per version: Debian, Alpine, the RPMs of the `PostgreSQL` project.
const VERSIONED: &[(&str, &str)] = &[
    ("/usr/lib/postgresql", "bin"),
    ("/usr/libexec", ""),
    ("/usr", "bin"),
];

/// Where to look.
#[derive(Debug, Clone)]
pub struct Search {
    /// A folder the administrator named; looked into first.
    pub configured: Option<PathBuf>,
    /// Folders of the system.
    pub folders: Vec<PathBuf>,
}

/// A folder with a whole set of programs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binaries {
    /// The folder.
    pub folder: PathBuf,
    /// Their major version.
    pub version: u32,
}

impl Binaries {
    /// One of the programs.
    pub fn program(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }
}

impl Search {
    /// The configured folder, then the system's usual places, `PATH`, and what `pg_config` says.
    pub fn usual(configured: Option<&Path>) -> Self {
        let mut folders: Vec<PathBuf> = VERSIONED
            .iter()
            .flat_map(|(parent, child)| versioned(Path::new(parent), child))
            .collect();
        let path = std::env::var_os("PATH").unwrap_or_default();
        folders.extend(std::env::split_paths(&path).filter(|folder| folder.is_absolute()));
        folders.extend(pg_config());
        Self {
            configured: configured.map(Path::to_owned),
            folders,
        }
    }

    /// The newest programs, for a new cluster. The configured folder wins whatever its version.
    pub fn newest(&self) -> Result<Binaries, ClusterError> {
        let found = self.all();
        let best = self
            .in_configured()
            .or_else(|| found.into_values().next_back());
        let Some(best) = best else {
            let looked_in = self
                .configured
                .iter()
                .chain(&self.folders)
                .map(|folder| folder.display().to_string())
                .collect();
            return Err(ClusterError::NoBinaries {
                looked_in,
                system: System::here(),
            });
        };
        if best.version < OLDEST {
            return Err(ClusterError::TooOld {
                newest: best.version,
                system: System::here(),
            });
        }
        Ok(best)
    }

    /// The programs of the major version that made this cluster.
    pub fn for_cluster(&self, cluster: &Path) -> Result<Binaries, ClusterError> {
        let path = cluster.join("PG_VERSION");
        let text =
            std::fs::read_to_string(&path).map_err(|source| ClusterError::file(&path, source))?;
        let made_by = text.trim().parse().unwrap_or(0);
        if let Some(configured) = self
            .in_configured()
            .filter(|binaries| binaries.version == made_by)
        {
            return Ok(configured);
        }
        let mut found = self.all();
        if let Some(binaries) = found.remove(&made_by) {
            return Ok(binaries);
        }
        if found.is_empty() {
            self.newest()?;
        }
        Err(ClusterError::OtherVersion {
            cluster: cluster.to_owned(),
            made_by,
            found: found.into_keys().collect(),
            system: System::here(),
        })
    }

    fn in_configured(&self) -> Option<Binaries> {
        self.configured.as_deref().and_then(look_into)
    }

    /// One folder per version; the first place that has a version keeps it.
    fn all(&self) -> BTreeMap<u32, Binaries> {
        let mut found = BTreeMap::new();
        for binaries in self
            .configured
            .iter()
            .chain(&self.folders)
            .filter_map(|folder| look_into(folder))
        {
            found.entry(binaries.version).or_insert(binaries);
        }
        found
    }
}

/// The programs in this folder, links followed, since they look for their own files beside their real place.
fn look_into(folder: &Path) -> Option<Binaries> {
    let postgres = std::fs::canonicalize(folder.join("postgres")).ok()?;
    let folder = postgres.parent()?.to_owned();
    if !folder.join("initdb").exists() {
        return None;
    }
    let said = Command::new(&postgres)
        .arg("--version")
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let version = major_version(&String::from_utf8_lossy(&said.stdout))?;
    Some(Binaries { folder, version })
}

/// `postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)`, `17beta1`, `18devel` give the first number.
fn major_version(said: &str) -> Option<u32> {
    let rest = said.split_once("(PostgreSQL)")?.1.trim_start();
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// `parent/*/bin`, for children that are named after a version.
fn versioned(parent: &Path, child: &str) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(parent) else {
        return Vec::new();
    };
    let is_version = |name: &str| {
        let name = name
            .strip_prefix("pgsql-")
            .or_else(|| name.strip_prefix("postgresql"))
            .unwrap_or(name);
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit())
    };
    entries
        .filter_map(Result::ok)
        .filter(|entry| entry.file_name().to_str().is_some_and(is_version))
        .map(|entry| entry.path().join(child))
        .collect()
}

fn pg_config() -> Option<PathBuf> {
    let said = Command::new("pg_config")
        .arg("--bindir")
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let folder = String::from_utf8(said.stdout).ok()?;
    Some(PathBuf::from(folder.trim())).filter(|folder| folder.is_absolute())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_from_what_the_program_says() {
        for (said, expected) in [
            (
                "postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)\n",
                Some(15),
            ),
            ("postgres (PostgreSQL) 18.6\n", Some(18)),
            ("postgres (PostgreSQL) 19beta2\n", Some(19)),
            ("something else 15", None),
        ] {
            assert_eq!(major_version(said), expected, "{said}");
        }
    }

    #[test]
    fn missing_programs_name_the_package() {
        let search = Search {
            configured: None,
            folders: vec![PathBuf::from("/nowhere/bin")],
        };

        let error = search.newest().unwrap_err().to_string();

        assert!(error.contains("/nowhere/bin"), "{error}");
        assert!(error.contains("postgresql"), "{error}");
        assert!(error.contains("MOOT_PG_BIN_DIR"), "{error}");
    }
}
