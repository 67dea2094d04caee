//! A folder for one try's tickets, which nobody else can open.

use std::{
    collections::hash_map::RandomState,
    hash::BuildHasher as _,
    io::{Error, ErrorKind},
    os::unix::fs::DirBuilderExt as _,
    path::PathBuf,
};

/// A private folder, removed with all that is in it when dropped.
#[derive(Debug)]
pub(super) struct Folder(PathBuf);

impl Folder {
    /// Makes one in the temporary folder. The name cannot be guessed, and one that is there is not taken.
    pub(super) fn make() -> Result<Self, Error> {
        for _ in 0..8 {
            let random = RandomState::new().hash_one(std::process::id());
            let path = std::env::temp_dir().join(format!("moot-krb5-{random:016x}"));
            match std::fs::DirBuilder::new().mode(0o700).create(&path) {
                Ok(()) => return Ok(Self(path)),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Err(ErrorKind::AlreadyExists.into())
    }

    /// A cache of this name in it, as MIT's programs call it.
    pub(super) fn cache(&self, name: &str) -> String {
        format!("FILE:{}", self.0.join(name).display())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // A child that was killed a moment ago may have written its last file meanwhile.
        if std::fs::remove_dir_all(&self.0).is_err() {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    #[test]
    fn a_folder_is_its_owners_alone_and_goes_with_its_files() {
        let folder = Folder::make().unwrap();
        let path = folder.0.clone();
        std::fs::write(path.join("member"), "ticket").unwrap();
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();

        drop(folder);

        assert_eq!(mode & 0o777, 0o700);
        assert!(!path.exists());
    }
}
