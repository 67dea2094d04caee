//! The folder of the cluster's socket. A socket's path may have 107 bytes, so a data folder deep down gets a short one elsewhere.

use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use aws_lc_rs::digest::{SHA256, digest};

use super::error::ClusterError;
use super::private_folder;
use super::run::PORT;

/// What `sun_path` holds on Linux without its closing zero (unix(7)).
const LONGEST: usize = 107;

/// The folder for this data folder's socket, made and closed to others.
pub(super) fn folder(data: &Path) -> Result<PathBuf, ClusterError> {
    let inside = data.join("run");
    if fits(&inside) {
        private_folder(&inside).map_err(|source| ClusterError::file(&inside, source))?;
        return Ok(inside);
    }
    let hash = hex::encode(digest(&SHA256, data.as_os_str().as_encoded_bytes()));
    let name = format!("moot-{}", &hash[..16]);
    let in_run = Path::new("/run").join(&name);
    if private_folder(&in_run).is_ok() && is_ours(&in_run) {
        return Ok(in_run);
    }
    // Anybody may make a folder in /tmp under this name before us: it must be ours and closed.
    let in_tmp = Path::new("/tmp").join(name);
    if private_folder(&in_tmp).is_ok() && is_ours(&in_tmp) {
        Ok(in_tmp)
    } else {
        Err(ClusterError::UnsafeSocketFolder(in_tmp))
    }
}

fn fits(folder: &Path) -> bool {
    folder.join(format!(".s.PGSQL.{PORT}")).as_os_str().len() <= LONGEST
}

fn is_ours(folder: &Path) -> bool {
    let me = rustix::process::geteuid().as_raw();
    folder
        .symlink_metadata()
        .is_ok_and(|found| found.is_dir() && found.uid() == me && found.mode() & 0o777 == 0o700)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deep_data_folder_gets_a_short_socket_of_its_own() {
        let deep = std::env::temp_dir().join("d".repeat(120));
        let deeper = std::env::temp_dir().join("d".repeat(121));

        let first = folder(&deep).unwrap();
        let second = folder(&deeper).unwrap();

        assert!(fits(&first));
        assert_ne!(first, second);
        assert_eq!(first, folder(&deep).unwrap());
        std::fs::remove_dir(first).unwrap();
        std::fs::remove_dir(second).unwrap();
    }
}
