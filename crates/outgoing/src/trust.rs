//! Whose certificates are believed.

use std::path::{Path, PathBuf};

use reqwest::Certificate;

/// The longest file with certificates, in bytes.
const LONGEST_CA: u64 = 4 * 1024 * 1024;

/// Whose certificates are believed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trust {
    /// Those of the system's authorities.
    System,
    /// Those of the authorities in this PEM file, or in the files of this folder, and no others.
    Authorities(PathBuf),
    /// Anybody's. Whoever stands between may then answer in the other's place.
    Anybody,
}

pub(crate) fn authorities(path: &Path) -> Result<Vec<Certificate>, String> {
    let cannot = |error: std::io::Error| format!("{} cannot be read: {error}", path.display());
    let metadata = std::fs::metadata(path).map_err(cannot)?;
    let files = if metadata.is_dir() {
        let entries = std::fs::read_dir(path).map_err(cannot)?;
        entries.flatten().map(|entry| entry.path()).collect()
    } else {
        vec![path.to_owned()]
    };
    let mut found = Vec::new();
    for file in files {
        let is_file = std::fs::metadata(&file)
            .is_ok_and(|metadata| metadata.is_file() && metadata.len() <= LONGEST_CA);
        let Some(text) = is_file.then(|| std::fs::read(&file).ok()).flatten() else {
            continue;
        };
        // A folder of authorities also holds other things.
        found.extend(Certificate::from_pem_bundle(&text).unwrap_or_default());
    }
    if found.is_empty() {
        return Err(format!("{} holds no certificate", path.display()));
    }
    Ok(found)
}
