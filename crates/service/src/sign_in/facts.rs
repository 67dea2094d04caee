//! What a source says of somebody, weighed by what is believed here.

use model::{AccountId, Link, member::Office};
use signin::Identity;
use sqlx::PgConnection;
use text::plain;

use crate::{App, Result, members};

/// What is taken over from a source.
#[derive(Clone, Debug, Default)]
pub(crate) struct Believed {
    pub(crate) email: Option<String>,
    pub(crate) display_name: Option<String>,
    pub(crate) eligible_for: Option<Vec<Office>>,
    pub(crate) is_there: bool,
}

impl Believed {
    pub(crate) fn row(&self) -> db::identities::Facts<'_> {
        db::identities::Facts {
            email: self.email.as_deref(),
            display_name: self.display_name.as_deref(),
            eligible_for: self.eligible_for.as_deref(),
            is_there: self.is_there,
        }
    }
}

/// Who somebody is here already.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Known<'a> {
    /// The account; none for somebody new.
    pub(crate) account: Option<AccountId>,
    /// Its links.
    pub(crate) links: &'a [Link],
}

/// What of an identity is believed.
///
/// Of several sources the one that knows most decides about groups and about who is still there: a person who has
/// left the directory is not back because a provider still knows them.
pub(crate) async fn believe(
    connection: &mut PgConnection,
    app: &App,
    identity: &Identity,
    known: Known<'_>,
) -> Result<Believed> {
    let decides = known
        .links
        .iter()
        .all(|link| rank(&link.source) <= rank(&identity.source));
    let mut email = email_of(app, identity);
    if let Some(address) = &email
        && (!decides
            || db::identities::is_address_taken(connection, address, known.account).await?)
    {
        email = None;
    }
    Ok(Believed {
        email,
        display_name: display_name_of(app, identity),
        eligible_for: decides.then(|| offices_of(app, &identity.groups)),
        is_there: decides,
    })
}

/// The address, if the source vouches for it, it can be read in one way only (S55), and its domain is one that
/// members' addresses may have. Mail servers are not asked about it: the organisation knows its own (as in Mastodon).
pub(crate) fn email_of(app: &App, identity: &Identity) -> Option<String> {
    let email = identity.email.as_deref()?.trim();
    (identity.email_is_verified && members::check_address(app, email).is_ok())
        .then(|| email.to_owned())
}

/// What these groups make somebody eligible for. Groups are compared without regard to case and to spaces after
/// the commas of a distinguished name.
pub(crate) fn offices_of(app: &App, groups: &[String]) -> Vec<Office> {
    let plain = |name: &str| {
        let parts = name.split(',').map(str::trim);
        parts.collect::<Vec<_>>().join(",").to_lowercase()
    };
    let groups: Vec<String> = groups.iter().map(|group| plain(group)).collect();
    let mut offices: Vec<Office> = app
        .settings
        .sign_in
        .offices
        .iter()
        .filter(|(group, _)| groups.contains(&plain(group)))
        .map(|(_, office)| *office)
        .collect();
    offices.sort_unstable();
    offices.dedup();
    offices
}

/// A provider's name is shown from the start, as in Mastodon; a directory's only where the operator says so.
pub(crate) fn display_name_of(app: &App, identity: &Identity) -> Option<String> {
    if !app.settings.sign_in.display_names && !is_provider(&identity.source) {
        return None;
    }
    let name = plain::display_name(identity.display_name.as_deref()?);
    let longest = app.settings.limits.display_name_characters;
    let name: String = name.chars().take(longest).collect();
    let name = name.trim();
    (!name.is_empty()).then(|| name.to_owned())
}

/// Whether a source is a provider that people are sent to.
pub(crate) fn is_provider(source: &str) -> bool {
    source == "cas" || source.contains("://")
}

/// How much a source knows.
fn rank(source: &str) -> u8 {
    match source {
        "ldap" => 2,
        _ if is_provider(source) => 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_directory_knows_more_than_a_provider_and_that_more_than_a_bare_password() {
        assert!(rank("ldap") > rank("https://id.example"));
        assert!(rank("cas") > rank("pam"));
        assert_eq!(rank("proxy"), rank("kerberos"));
    }
}
