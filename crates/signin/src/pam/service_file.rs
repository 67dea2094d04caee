//! The files that say which modules a service asks (pam.d(5)).

use std::path::{Path, PathBuf};

/// Where Linux-PAM looks, in its order.
const SYSTEM: [&str; 2] = ["/etc/pam.d", "/usr/lib/pam.d"];
/// Files that name others that name others: no service is deeper, and a ring ends.
const DEEPEST: usize = 8;

/// A service has no file.
#[derive(Debug, thiserror::Error)]
#[error(
    "there is no file for the PAM service {service} in {looked_in}. Without one libpam takes the service `other`, so Moot does not ask: \
     write one, or name another with PAM_DEFAULT_SERVICE or PAM_CONTROLLED_SERVICE"
)]
pub struct NoServiceFile {
    service: String,
    looked_in: String,
}

/// Where files are looked for.
pub(super) fn folders(own: Option<&Path>) -> Vec<PathBuf> {
    match own {
        Some(own) => vec![own.to_owned()],
        None => SYSTEM.iter().map(PathBuf::from).collect(),
    }
}

/// The file of a service. A name that would lead out of the folder has none.
pub(super) fn find(folders: &[PathBuf], service: &str) -> Result<PathBuf, NoServiceFile> {
    let is_name = !service.is_empty()
        && !service.starts_with('.')
        && service
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"._-".contains(&b));
    let files = folders.iter().map(|folder| folder.join(service));
    files
        .filter(|_| is_name)
        .find(|file| file.is_file())
        .ok_or_else(|| NoServiceFile {
            service: service.to_owned(),
            looked_in: folders
                .iter()
                .map(|folder| folder.display().to_string())
                .collect::<Vec<_>>()
                .join(" and "),
        })
}

/// Whether a service's passwords are checked by this module, itself or through the files it includes.
pub(super) fn names_module(folders: &[PathBuf], service: &str, module: &str) -> bool {
    let mut waiting = vec![(service.to_owned(), 0)];
    while let Some((service, depth)) = waiting.pop() {
        let text = find(folders, &service)
            .ok()
            .and_then(|file| std::fs::read_to_string(file).ok())
            .unwrap_or_default();
        for line in text.lines().map(str::trim) {
            match Line::read(line) {
                Line::Includes(other) if depth < DEEPEST => {
                    waiting.push((other.to_owned(), depth + 1));
                }
                Line::Asks(asked) if asked.contains(module) => return true,
                _ => {}
            }
        }
    }
    false
}

/// What a line says about checking passwords.
enum Line<'a> {
    Includes(&'a str),
    Asks(&'a str),
    Else,
}

impl<'a> Line<'a> {
    fn read(line: &'a str) -> Self {
        let mut words = line.split_whitespace();
        match words.next().map(|word| word.trim_start_matches('-')) {
            Some("@include") => words.next().map_or(Self::Else, Self::Includes),
            Some("auth") => match words.next() {
                Some("include" | "substack") => words.next().map_or(Self::Else, Self::Includes),
                // What follows is the module, or more of a control in brackets; either may be searched.
                Some(_) => Self::Asks(line),
                None => Self::Else,
            },
            _ => Self::Else,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_is_found_through_files_that_include_each_other() {
        let folder = std::env::temp_dir().join(format!("moot-pam-files-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        for (name, text) in [
            (
                "club",
                "# auth required pam_unix.so\naccount required pam_unix.so\n@include shared\n",
            ),
            ("shared", "auth substack deeper\n@include club\n"),
            (
                "deeper",
                "-auth [success=1 default=ignore] pam_unix.so nullok\n",
            ),
            (
                "own",
                "auth required pam_exec.so /bin/true\naccount required pam_unix.so\n",
            ),
        ] {
            std::fs::write(folder.join(name), text).unwrap();
        }
        let folders = [folder.clone()];

        assert!(names_module(&folders, "club", "pam_unix"));
        assert!(!names_module(&folders, "own", "pam_unix"));
        assert!(find(&folders, "own").is_ok());
        for service in ["", "other", "../own", "OWN", ".own"] {
            assert!(find(&folders, service).is_err(), "{service}");
        }
        std::fs::remove_dir_all(folder).unwrap();
    }
}
