//! Which folder is Moot's own, and as whom it works there.

use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _};
use std::path::{Path, PathBuf};

use crate::privileges::{self, User, Users};

/// The folder of a server started as root where its service user may not enter.
pub const SYSTEM_FOLDER: &str = "/var/lib/moot";

/// Why there is no folder to work in.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// Root, and nobody to become.
    #[error(
        "Moot was started as root and does not run as root. It looked for a user named moot or postgres and found neither. \
         Make one (useradd --system --no-create-home moot), or start Moot as an ordinary user"
    )]
    NoUser,
    /// The folder belongs to a number without a name, which `PostgreSQL` refuses.
    #[error("{} belongs to user {uid}, whom /etc/passwd does not know. Give it to a user of this system", folder.display())]
    UnknownOwner {
        /// The folder.
        folder: PathBuf,
        /// The number.
        uid: u32,
    },
    /// The folder holds files of root's.
    #[error("{} belongs to root and is not empty, and Moot does not run as root. Give it away first: chown -R {user} {}", folder.display(), folder.display())]
    BelongsToRoot {
        /// The folder.
        folder: PathBuf,
        /// Who would own it.
        user: String,
    },
    /// A folder above is closed.
    #[error("{} cannot be reached by user {user}, as whom Moot runs: {} is closed. Open it (chmod o+x), or set MOOT_DATA_DIR to a folder elsewhere", folder.display(), closed.display())]
    Unreachable {
        /// The folder.
        folder: PathBuf,
        /// The first one above it that is closed.
        closed: PathBuf,
        /// Who wanted to enter.
        user: String,
    },
    /// The folder cannot be made or used.
    #[error("the data folder {} cannot be used", folder.display())]
    Unusable {
        /// The folder.
        folder: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

/// Where Moot works and as whom.
#[derive(Debug, PartialEq, Eq)]
pub struct Home {
    /// The data folder.
    pub folder: PathBuf,
    /// Whom to become; none when this process is not root.
    pub user: Option<User>,
    /// What the screen should say about the choice.
    pub notice: Option<String>,
}

/// Chooses the folder and the user. `asked` is `MOOT_DATA_DIR`; `users` is given when this process is root.
pub fn choose(
    asked: Option<&Path>,
    working: &Path,
    users: Option<&Users>,
) -> Result<Home, FolderError> {
    let folder = working.join(asked.unwrap_or(Path::new("data")));
    let Some(users) = users else {
        return Ok(Home {
            folder,
            user: None,
            notice: None,
        });
    };
    let owner = folder.metadata().map_or(0, |found| found.uid());
    let user = match (owner, users.with_uid(owner), users.service_user()) {
        (1.., Some(owner), _) => owner.clone(),
        (uid @ 1.., None, _) => return Err(FolderError::UnknownOwner { folder, uid }),
        (0, _, Some(service)) => service.clone(),
        (0, _, None) => return Err(FolderError::NoUser),
    };
    let Some(closed) = closed_to(&user, &folder) else {
        return Ok(Home {
            folder,
            user: Some(user),
            notice: None,
        });
    };
    if asked.is_some() {
        return Err(FolderError::Unreachable {
            folder,
            closed,
            user: user.name,
        });
    }
    let notice = format!(
        "{} is closed to user {}, as whom Moot runs; the data folder is {SYSTEM_FOLDER}",
        closed.display(),
        user.name
    );
    let folder = PathBuf::from(SYSTEM_FOLDER);
    let owner = folder.metadata().map_or(0, |found| found.uid());
    let user = users
        .with_uid(owner)
        .filter(|owner| owner.uid != 0)
        .cloned()
        .unwrap_or(user);
    Ok(Home {
        folder,
        user: Some(user),
        notice: Some(notice),
    })
}

/// Makes the folder if need be, gives it to the user, and gives up root.
pub fn enter(home: &Home) -> Result<(), FolderError> {
    let folder = &home.folder;
    let unusable = |source| FolderError::Unusable {
        folder: folder.clone(),
        source,
    };
    if !folder.is_dir() {
        if let Some(parent) = folder.parent() {
            std::fs::create_dir_all(parent).map_err(unusable)?;
        }
        std::fs::DirBuilder::new()
            .mode(0o700)
            .create(folder)
            .map_err(unusable)?;
    }
    let Some(user) = &home.user else {
        return Ok(());
    };
    if folder.metadata().map_err(unusable)?.uid() == 0 {
        if std::fs::read_dir(folder)
            .map_err(unusable)?
            .next()
            .is_some()
        {
            return Err(FolderError::BelongsToRoot {
                folder: folder.clone(),
                user: user.name.clone(),
            });
        }
        std::os::unix::fs::chown(folder, Some(user.uid), Some(user.gid)).map_err(unusable)?;
    }
    if let Some(closed) = closed_to(user, folder) {
        return Err(FolderError::Unreachable {
            folder: folder.clone(),
            closed,
            user: user.name.clone(),
        });
    }
    privileges::become_user(user, folder).map_err(unusable)
}

/// The first existing folder on the way that this user may not enter.
fn closed_to(user: &User, folder: &Path) -> Option<PathBuf> {
    let mut way: Vec<&Path> = folder.ancestors().skip(1).collect();
    way.reverse();
    way.into_iter()
        .find(|above| is_closed(user, above))
        .map(Path::to_owned)
}

fn is_closed(user: &User, folder: &Path) -> bool {
    let Ok(found) = folder.metadata() else {
        return false;
    };
    let enter = if found.uid() == user.uid {
        0o100
    } else if found.gid() == user.gid {
        0o010
    } else {
        0o001
    };
    found.mode() & enter == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    const PASSWD: &str = "root:x:0:0::/root:/bin/sh\npostgres:x:101:104::/:/bin/sh\n";

    fn scratch(name: &str) -> PathBuf {
        let path = std::env::temp_dir().join(format!("moot-folder-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        path
    }

    #[test]
    fn an_ordinary_user_works_in_data_beside_them() {
        let home = choose(None, Path::new("/home/me"), None).unwrap();

        assert_eq!(
            home,
            Home {
                folder: PathBuf::from("/home/me/data"),
                user: None,
                notice: None
            }
        );
    }

    #[test]
    fn root_in_an_open_folder_becomes_the_service_user_there() {
        let working = scratch("open");

        let home = choose(None, &working, Some(&Users::parse(PASSWD))).unwrap();

        assert_eq!(home.folder, working.join("data"));
        assert_eq!(home.user.unwrap().name, "postgres");
        std::fs::remove_dir_all(working).unwrap();
    }

    #[test]
    fn root_in_a_closed_folder_goes_elsewhere_and_says_so() {
        let working = scratch("closed");
        std::fs::set_permissions(&working, std::fs::Permissions::from_mode(0o700)).unwrap();

        let home = choose(None, &working, Some(&Users::parse(PASSWD))).unwrap();
        let asked = choose(
            Some(Path::new("here")),
            &working,
            Some(&Users::parse(PASSWD)),
        );

        assert_eq!(home.folder, PathBuf::from(SYSTEM_FOLDER));
        assert!(home.notice.unwrap().contains(SYSTEM_FOLDER));
        assert!(
            matches!(asked, Err(FolderError::Unreachable { .. })),
            "{asked:?}"
        );
        std::fs::remove_dir_all(working).unwrap();
    }

    #[test]
    fn root_without_anybody_to_become_is_told_how_to_make_one() {
        let error = choose(
            None,
            Path::new("/nowhere"),
            Some(&Users::parse("root:x:0:0::/root:/bin/sh")),
        )
        .unwrap_err();

        assert!(error.to_string().contains("useradd"), "{error}");
    }
}
