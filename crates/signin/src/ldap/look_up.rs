//! Looking after people who are not there: whether they are still in the directory, and what it says of them now.

use std::{
    collections::{HashMap, HashSet},
    panic::AssertUnwindSafe,
    time::Duration,
};

use futures_util::FutureExt;
use ldap3::Scope;
use tokio::time::Instant;

use crate::{Refusal, Steps};

use super::{
    Ldap, Presence,
    connection::{Connection, Search},
    dn,
    entry::{self, Entry},
    servers::{Asking, Turn, Turns},
    sign_in,
    trouble::Trouble,
};

/// People asked about in one search: far below the fewest entries that a directory gives at once, so that no answer
/// comes in pages.
const AT_ONCE: usize = 50;
/// The longest one search may take.
const PATIENCE: Duration = Duration::from_secs(10);

pub(super) async fn look_up(
    directory: &Ldap,
    subjects: &[String],
) -> Result<Vec<Presence>, Refusal> {
    if subjects.is_empty() {
        return Ok(Vec::new());
    }
    let servers = u32::try_from(directory.settings.servers.len()).unwrap_or(1);
    let mut turns = Turns::within(directory, PATIENCE * servers);
    let mut steps = Steps::default();
    while let Some(turn) = turns.next() {
        let talk = ask(directory, &turn, subjects);
        let answer = AssertUnwindSafe(talk)
            .catch_unwind()
            .await
            .unwrap_or_else(|_| {
                Err(Trouble::Here(
                    "the server answered something that is not LDAP".to_owned(),
                ))
            });
        match answer {
            Ok(presences) => {
                turns.answered(&turn);
                return Ok(presences);
            }
            Err(trouble) => {
                if turns.failed(&turn, trouble, &mut steps) == Asking::Ends {
                    break;
                }
            }
        }
    }
    Err(turns.refusal())
}

/// Asks one server about all of them: two servers may not know the same.
async fn ask(
    directory: &Ldap,
    turn: &Turn<'_>,
    subjects: &[String],
) -> Result<Vec<Presence>, Trouble> {
    let mut steps = Steps::default();
    let mut connection = Connection::open(directory, turn.server, turn.until, &mut steps).await?;
    connection.bind_searcher(directory, &mut steps).await?;
    let mut presences = Vec::with_capacity(subjects.len());
    for some in subjects.chunks(AT_ONCE) {
        presences.extend(look_up_some(directory, &mut connection, some).await?);
    }
    connection.close().await;
    Ok(presences)
}

async fn look_up_some(
    directory: &Ldap,
    connection: &mut Connection,
    subjects: &[String],
) -> Result<Vec<Presence>, Trouble> {
    let settings = &directory.settings;
    let filter = any_of(directory, subjects)?;
    let attributes = entry::attributes(settings);
    let mut search = Search {
        base: &settings.base,
        scope: Scope::Subtree,
        filter: &filter,
        attributes: &attributes,
        most: None,
    };
    connection.extend(Instant::now() + PATIENCE);
    let entries = by_subject(directory, subjects, connection.search(&search).await?)?;

    let belonging = match &settings.required {
        None => None,
        Some(required) => {
            let both = format!("(&{filter}{required})");
            search.filter = &both;
            connection.extend(Instant::now() + PATIENCE);
            let found = by_subject(directory, subjects, connection.search(&search).await?)?;
            Some(found.into_keys().collect::<HashSet<_>>())
        }
    };

    let mut presences = Vec::with_capacity(subjects.len());
    for subject in subjects {
        let presence = match entries.get(subject) {
            None => Presence::Gone("no entry".to_owned()),
            Some(entry) if entry.disabled_by().is_some() => Presence::Gone("disabled".to_owned()),
            Some(_)
                if belonging
                    .as_ref()
                    .is_some_and(|those| !those.contains(subject)) =>
            {
                Presence::Gone("does not match MOOT_LDAP_REQUIRED_FILTER".to_owned())
            }
            Some(entry) => match entry.identity(settings) {
                Err(lack) => Presence::Gone(lack),
                Ok(mut identity) => {
                    connection.extend(Instant::now() + PATIENCE);
                    identity.groups =
                        sign_in::groups(directory, connection, entry, identity.groups).await?;
                    identity.subject.clone_from(subject);
                    Presence::Here(identity)
                }
            },
        };
        presences.push(presence);
    }
    Ok(presences)
}

/// The filter that finds whoever has one of these ids. When the administrator names no attribute, each usual one is
/// asked for: an unknown attribute finds nobody (RFC 4511, 4.5.1.7).
fn any_of(directory: &Ldap, subjects: &[String]) -> Result<String, Trouble> {
    let ids = entry::ids(&directory.settings);
    let mut conditions = String::new();
    for subject in subjects {
        let before = conditions.len();
        conditions.extend(ids.iter().filter_map(|id| id.condition(subject)));
        if conditions.len() == before {
            return Err(Trouble::Everywhere(
                "a member's id can be nobody's in this directory: was MOOT_LDAP_ID_ATTRIBUTE changed?".to_owned(),
            ));
        }
    }
    Ok(format!("(|{conditions})"))
}

/// The entries by the id that was asked for, which need not be the first that they have.
fn by_subject(
    directory: &Ldap,
    subjects: &[String],
    found: Vec<Entry>,
) -> Result<HashMap<String, Entry>, Trouble> {
    let settings = &directory.settings;
    let asked: HashSet<_> = subjects.iter().map(String::as_str).collect();
    let mut entries = HashMap::new();
    for entry in found {
        if !dn::is_below(&entry.dn, &settings.base) {
            return Err(Trouble::Here(
                "an entry outside LDAP_BASE was found, and is not believed".to_owned(),
            ));
        }
        let subject = entry::ids(settings)
            .iter()
            .filter_map(|id| id.of(&entry))
            .find(|id| asked.contains(id.as_str()));
        let Some(subject) = subject else { continue };
        if entries.insert(subject, entry).is_some() {
            return Err(Trouble::Everywhere(
                "two entries have the same id: MOOT_LDAP_ID_ATTRIBUTE must name one that never repeats".to_owned(),
            ));
        }
    }
    Ok(entries)
}
