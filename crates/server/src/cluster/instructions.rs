//! Which package brings `PostgreSQL`'s programs, for the systems people run servers on.

/// Families of systems that name their packages alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum System {
    /// Debian, Ubuntu and what is made of them.
    Debian,
    /// Fedora, Red Hat and what is made of them.
    Fedora,
    /// Alpine.
    Alpine,
    /// Something else.
    Other,
}

impl System {
    /// The system this runs on.
    pub(super) fn here() -> Self {
        Self::of(&std::fs::read_to_string("/etc/os-release").unwrap_or_default())
    }

    /// The system of an os-release file.
    pub(super) fn of(os_release: &str) -> Self {
        let words: Vec<&str> = os_release
            .lines()
            .filter_map(|line| {
                line.strip_prefix("ID=")
                    .or_else(|| line.strip_prefix("ID_LIKE="))
            })
            .flat_map(|value| value.trim_matches('"').split(' '))
            .collect();
        let is = |names: &[&str]| words.iter().any(|word| names.contains(word));
        if is(&["debian", "ubuntu"]) {
            Self::Debian
        } else if is(&["fedora", "rhel", "centos"]) {
            Self::Fedora
        } else if is(&["alpine"]) {
            Self::Alpine
        } else {
            Self::Other
        }
    }
}

/// What to type, for any version that Moot takes or for exactly one.
pub(super) fn install(system: System, version: Option<u32>) -> String {
    let number = version.map(|version| version.to_string());
    let number = number.as_deref().unwrap_or_default();
    let debian = format!(
        "apt-get install postgresql{}",
        version.map_or_else(String::new, |version| format!("-{version}"))
    );
    let fedora = if version.is_some() {
        format!("dnf install postgresql{number}-server postgresql{number}-contrib")
    } else {
        "dnf install postgresql-server postgresql-contrib".to_owned()
    };
    let numbered = if version.is_some() { number } else { "16" };
    let alpine = format!("apk add postgresql{numbered} postgresql{numbered}-contrib");
    let way = match system {
        System::Debian => format!("install them with: {debian}"),
        System::Fedora => format!("install them with: {fedora}"),
        System::Alpine => format!("install them with: {alpine}"),
        System::Other => {
            format!(
                "install them with (Debian, Ubuntu) {debian}; (Fedora) {fedora}; (Alpine) {alpine}"
            )
        }
    };
    let way = if version.is_some() {
        way.replacen("install them with: ", "install its programs with: ", 1)
    } else {
        way
    };
    format!(
        "{way} — as root. Or set MOOT_PG_BIN_DIR to their folder, or DATABASE_URL to a server of your own."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_system_is_told_its_own_package() {
        for (os_release, package) in [
            (
                "ID=debian\nVERSION_ID=\"12\"",
                "apt-get install postgresql ",
            ),
            (
                "ID=linuxmint\nID_LIKE=\"ubuntu debian\"",
                "apt-get install postgresql ",
            ),
            (
                "ID=fedora",
                "dnf install postgresql-server postgresql-contrib",
            ),
            (
                "ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"",
                "dnf install postgresql-server",
            ),
            ("ID=alpine", "apk add postgresql16 postgresql16-contrib"),
            ("ID=gentoo", "(Fedora) dnf install"),
        ] {
            let text = install(System::of(os_release), None);
            assert!(text.contains(package), "{os_release}: {text}");
        }
    }

    #[test]
    fn an_existing_cluster_names_the_version_that_made_it() {
        assert!(install(System::Debian, Some(15)).contains("postgresql-15"));
        assert!(install(System::Alpine, Some(15)).contains("postgresql15 "));
    }
}
