//! Names as the system's accounts are called, for sources that tell capital letters apart although people do not.

/// A name that may be handed to a module or a child process: ASCII in small letters, without `@`, `/` or a leading
/// hyphen. Small letters, so that `ALICE` and `alice` are one person with one subject (S49).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Login(String);

/// Longer names are nobody's.
const LONGEST: usize = 64;

impl Login {
    /// Reads a bare name.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let name = text.to_ascii_lowercase();
        let is_right = name.len() <= LONGEST
            && name.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
            && name
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"._+-".contains(&b));
        is_right.then_some(Self(name))
    }

    /// The name.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Reads what somebody typed: a bare name, or one at one of these domains or realms.
pub(crate) fn read(typed: &str, domains: &[String]) -> Option<Login> {
    let Some((name, domain)) = typed.split_once('@') else {
        return Login::parse(typed);
    };
    domains
        .iter()
        .any(|ours| ours.eq_ignore_ascii_case(domain))
        .then(|| Login::parse(name))?
}

/// The address that a name makes.
pub(crate) fn address(name: &str, domain: Option<&str>) -> Option<String> {
    domain.map(|domain| format!("{name}@{domain}"))
}

#[cfg(test)]
mod tests {
    fn read(typed: &str) -> Option<String> {
        let domains = ["club.example".to_owned()];
        super::read(typed, &domains).map(|login| login.as_str().to_owned())
    }

    /// S49: full-width letters and the Turkish i are other characters, and no second spelling of a name.
    #[test]
    fn every_case_of_a_name_is_one_name() {
        assert_eq!(read("JOHN").as_deref(), Some("john"));
        assert_eq!(read("John@Club.Example").as_deref(), Some("john"));
        for typed in ["ｊｏｈｎ", "jOhN\u{131}", "\u{130}john"] {
            assert_eq!(read(typed), None, "{typed}");
        }
    }

    /// S45: nothing that means something to a command line, a filter or a realm comes through.
    #[test]
    fn what_is_no_name_is_not_handed_on() {
        for typed in [
            "",
            "-c",
            ".hidden",
            "a/b",
            "host/moot.club.example",
            "alice@EVIL.EXAMPLE",
            "alice@club.example@evil.example",
            "alice@",
            "@club.example",
            "a b",
            "a\nb",
            "*",
            ")(uid=*",
            "\\2a",
            "a:b",
            "$(id)",
            &"a".repeat(65),
        ] {
            assert_eq!(read(typed), None, "{typed}");
        }
    }
}
