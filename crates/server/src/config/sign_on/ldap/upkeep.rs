//! How members and directory stay in step.

use model::member::Office;
use service::settings::Claim;
use signin::ldap::tidy;
use time::Duration;

use crate::config::reader::Reader;

/// How members and directory stay in step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upkeep {
    /// Whether a first sign-in takes over an account that is there.
    pub claim: Claim,
    /// Which groups make eligible for what.
    pub offices: Vec<(String, Office)>,
    /// Time between looks at known people; none when zero.
    pub sync_every: Duration,
    /// The directory also sets display names.
    pub display_names: bool,
}

/// Reads how members and directory stay in step.
pub fn upkeep(reader: &mut Reader<'_>) -> Upkeep {
    let map = reader.text("MOOT_LDAP_ROLE_MAP").unwrap_or_default();
    let minutes: u32 = reader.number("MOOT_LDAP_SYNC");
    Upkeep {
        claim: match reader.text("MOOT_LDAP_CLAIM").as_deref().map(str::trim) {
            Some("by_name") => Claim::ByName,
            Some("by_mail") => Claim::ByMail,
            _ => Claim::Never,
        },
        offices: offices(reader, "MOOT_LDAP_ROLE_MAP", &map),
        sync_every: Duration::minutes(minutes.into()),
        display_names: reader.boolean("MOOT_LDAP_DISPLAY_NAME"),
    }
}

/// Reads `GROUP=office;GROUP=office`. Names of groups hold `=` themselves, so the last one divides.
fn offices(reader: &mut Reader<'_>, name: &str, map: &str) -> Vec<(String, Office)> {
    let mut offices = Vec::new();
    for entry in map
        .split(';')
        .map(str::trim)
        .filter(|entry| !entry.is_empty())
    {
        let office = entry.rsplit_once('=').and_then(|(group, office)| {
            let group = tidy(group);
            Some((group, Office::from_word(office.trim())?)).filter(|(group, _)| !group.is_empty())
        });
        match office {
            Some(office) => offices.push(office),
            None => reader.error(format!(
                "{name}: `{entry}` must be GROUP=candidate, GROUP=board or GROUP=operator; several are divided by ;"
            )),
        }
    }
    offices
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::layers::Layers;

    #[test]
    fn a_groups_name_ends_at_the_last_equals_sign() {
        let layers = Layers::of(&[(
            "MOOT_LDAP_ROLE_MAP",
            "cn=board, ou=groups,dc=club=board; cn=ops,dc=club = operator;;cn=mods,dc=club=candidate",
        )]);
        let mut reader = Reader::new(&layers);

        let upkeep = upkeep(&mut reader);

        let expected = [
            ("cn=board,ou=groups,dc=club", Office::Board),
            ("cn=ops,dc=club", Office::Operator),
            ("cn=mods,dc=club", Office::Candidate),
        ];
        assert_eq!(
            upkeep.offices,
            expected.map(|(group, office)| (group.to_owned(), office))
        );
        assert_eq!(upkeep.sync_every, Duration::minutes(15));
        assert_eq!(reader.finish().to_string(), "");
    }

    #[test]
    fn an_office_that_is_none_is_said() {
        let layers = Layers::of(&[("MOOT_LDAP_ROLE_MAP", "cn=mods,dc=club=moderator")]);
        let mut reader = Reader::new(&layers);

        assert!(upkeep(&mut reader).offices.is_empty());
        let report = reader.finish().to_string();
        assert!(report.contains("candidate"), "{report}");
    }
}
