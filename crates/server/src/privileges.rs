//! Root is given up before anything is opened: the server needs none of it, and `PostgreSQL` refuses it.

use std::path::Path;

use rustix::process::{Gid, Resource, Rlimit, Uid, setrlimit};

/// A user of this system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// The name.
    pub name: String,
    /// Number of the user.
    pub uid: u32,
    /// Number of the user's own group.
    pub gid: u32,
}

/// Whom Moot becomes when it is started as root and its data folder says nothing else, first match first.
const SERVICE_USERS: &[&str] = &["moot", "postgres"];

/// Whether this process is root.
pub fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// The users of this system, as its own file knows them.
#[derive(Debug, Clone)]
pub struct Users(Vec<User>);

impl Users {
    /// Reads `/etc/passwd`.
    pub fn of_this_system() -> std::io::Result<Self> {
        Ok(Self::parse(&std::fs::read_to_string("/etc/passwd")?))
    }

    /// Reads lines of passwd(5).
    pub fn parse(text: &str) -> Self {
        let user = |line: &str| {
            let mut fields = line.split(':');
            let name = fields.next().filter(|name| !name.is_empty())?.to_owned();
            let uid = fields.nth(1)?.parse().ok()?;
            let gid = fields.next()?.parse().ok()?;
            Some(User { name, uid, gid })
        };
        Self(text.lines().filter_map(user).collect())
    }

    /// The user with this number.
    pub fn with_uid(&self, uid: u32) -> Option<&User> {
        self.0.iter().find(|user| user.uid == uid)
    }

    /// The user made for servers like this one.
    pub fn service_user(&self) -> Option<&User> {
        SERVICE_USERS
            .iter()
            .find_map(|name| self.0.iter().find(|user| user.name == *name))
    }
}

/// Becomes this user for good, and works in this folder from now on.
///
/// Linux keeps these numbers per thread, and each new thread takes those of its maker: this must run before any other
/// thread exists.
pub fn become_user(user: &User, folder: &Path) -> std::io::Result<()> {
    let (uid, gid) = (Uid::from_raw(user.uid), Gid::from_raw(user.gid));
    rustix::thread::set_thread_groups(&[gid])?;
    rustix::thread::set_thread_res_gid(gid, gid, gid)?;
    rustix::thread::set_thread_res_uid(uid, uid, uid)?;
    std::env::set_current_dir(folder)
}

/// Forbids memory dumps of this process and its children: they would hold the master key and members' passwords (S43).
pub fn forbid_core_dumps() -> std::io::Result<()> {
    setrlimit(
        Resource::Core,
        Rlimit {
            current: Some(0),
            maximum: Some(0),
        },
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_made_for_moot_comes_before_that_of_postgresql() {
        let both = Users::parse(
            "root:x:0:0::/root:/bin/sh\npostgres:x:101:104::/:/bin/sh\nmoot:x:999:998::/:/bin/false\n",
        );
        let one = Users::parse(
            "root:x:0:0::/root:/bin/sh\npostgres:x:101:104:a,b:/:/bin/sh\nbroken line\n",
        );

        assert_eq!(both.service_user().map(|user| user.uid), Some(999));
        assert_eq!(
            one.service_user(),
            Some(&User {
                name: "postgres".to_owned(),
                uid: 101,
                gid: 104
            })
        );
        assert_eq!(
            Users::parse("root:x:0:0::/root:/bin/sh").service_user(),
            None
        );
    }
}
