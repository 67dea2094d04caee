//! Signing somebody in: find the entry, try the password as that entry, then see whether it belongs.

use std::{panic::AssertUnwindSafe, time::Duration};

use futures_util::FutureExt;
use ldap3::Scope;
use secrecy::SecretString;
use tokio::time::Instant;

use crate::{DEADLINE, Identity, Refusal, Steps};

use super::{
    Ldap, WAY,
    connection::{Connection, Search},
    dn,
    entry::{self, Entry},
    servers::{Asking, Turn, Turns},
    settings::{Find, escaped},
    template::Template,
    trouble::{Bind, Trouble},
};

/// Kept back from [`DEADLINE`], so that the administrator reads what was slow and not only that something was.
const MARGIN: Duration = Duration::from_millis(300);
/// Asks for no attribute at all (RFC 4511, 4.5.1.8).
pub(super) const NO_ATTRIBUTES: &str = "1.1";

/// How it is known that somebody is who they say.
#[derive(Clone, Copy)]
pub(super) enum Proof<'a> {
    /// By their password here.
    Password(&'a SecretString),
    /// By another way, which has recognised them by this very name.
    Elsewhere,
}

/// What a server that could be asked says of somebody.
type Answer = Result<Identity, Refusal>;

pub(super) async fn check(
    directory: &Ldap,
    login: &str,
    proof: Proof<'_>,
    steps: &mut Steps,
) -> Answer {
    let mut turns = Turns::within(directory, DEADLINE.saturating_sub(MARGIN));
    while let Some(turn) = turns.next() {
        match ask(directory, &turn, login, proof, steps).await {
            Ok(answer) => {
                turns.answered(&turn);
                return answer;
            }
            Err(trouble) => {
                if turns.failed(&turn, trouble, steps) == Asking::Ends {
                    break;
                }
            }
        }
    }
    Err(turns.refusal())
}

/// Asks one server. The protocol library panics at answers that are no LDAP; those are the server's trouble.
async fn ask(
    directory: &Ldap,
    turn: &Turn<'_>,
    login: &str,
    proof: Proof<'_>,
    steps: &mut Steps,
) -> Result<Answer, Trouble> {
    let talk = async {
        let mut connection = Connection::open(directory, turn.server, turn.until, steps).await?;
        let mut talk = Talk {
            directory,
            connection: &mut connection,
            steps,
        };
        let answer = match &directory.settings.find {
            Find::Search(filter) => talk.by_search(filter, login, proof).await?,
            Find::Template(template) => talk.by_template(template, login, proof).await?,
        };
        connection.close().await;
        Ok(answer)
    };
    AssertUnwindSafe(talk)
        .catch_unwind()
        .await
        .unwrap_or_else(|_| {
            Err(Trouble::Here(
                "the server answered something that is not LDAP".to_owned(),
            ))
        })
}

struct Talk<'a> {
    directory: &'a Ldap,
    connection: &'a mut Connection,
    steps: &'a mut Steps,
}

impl Talk<'_> {
    async fn by_search(
        &mut self,
        filter: &Template,
        login: &str,
        proof: Proof<'_>,
    ) -> Result<Answer, Trouble> {
        let settings = &self.directory.settings;
        self.connection
            .bind_searcher(self.directory, self.steps)
            .await?;
        let typed = escaped(login);
        let filter = filter.fill(&[
            ("uid", &settings.uid),
            ("mail", &settings.mail),
            ("email", &typed),
        ]);
        let filter = match proof {
            Proof::Password(_) => filter,
            // Who was recognised by a name is not whoever wrote that name into an address of theirs.
            Proof::Elsewhere => format!("(&{filter}({}={typed}))", settings.uid),
        };
        let mut found = self
            .connection
            .search(&Search {
                base: &settings.base,
                scope: Scope::Subtree,
                filter: &filter,
                attributes: &entry::attributes(settings),
                most: Some(2),
            })
            .await?;
        let searched = format!("searched {} with {filter}", settings.base);
        if found.len() > 1 {
            let text =
                "several entries are found by that name; LDAP_SEARCH_FILTER must find exactly one";
            self.steps.failed(WAY, format!("{searched}: {text}"));
            return Ok(Err(Refusal::unavailable(WAY, text)));
        }
        let Some(entry) = found.pop() else {
            let text = format!("{searched}: nobody is found (LDAP_BASE, LDAP_SEARCH_FILTER)");
            self.steps.failed(WAY, text);
            if let Proof::Password(password) = proof {
                self.bind_as_nobody(password).await;
            }
            return Ok(Err(Refusal::Wrong));
        };
        self.steps.done(WAY, format!("{searched}: {}", entry.dn));
        if let Err(refusal) = self.is_below_the_base(&entry.dn) {
            return Ok(Err(refusal));
        }
        let Proof::Password(password) = proof else {
            return self.who(&entry).await;
        };
        if !self.has_password(&entry.dn, password).await? {
            return Ok(Err(Refusal::Wrong));
        }
        if settings.required.is_some() || settings.groups.is_some() {
            self.search_again_as_before().await?;
        }
        self.who(&entry).await
    }

    async fn by_template(
        &mut self,
        template: &Template,
        login: &str,
        proof: Proof<'_>,
    ) -> Result<Answer, Trouble> {
        let settings = &self.directory.settings;
        let dn = template.fill(&[("uid", &ldap3::dn_escape(login))]);
        if let Err(refusal) = self.is_below_the_base(&dn) {
            return Ok(Err(refusal));
        }
        match proof {
            Proof::Password(password) if !self.has_password(&dn, password).await? => {
                return Ok(Err(Refusal::Wrong));
            }
            Proof::Elsewhere if settings.searcher.is_none() => {
                let text = "people whom another way has recognised can only be looked up with LDAP_BIND_DN";
                self.steps.failed(WAY, text);
                return Ok(Err(Refusal::unavailable(WAY, text)));
            }
            _ => {}
        }
        self.search_again_as_before().await?;
        let mut found = self
            .connection
            .search(&Search {
                base: &dn,
                scope: Scope::Base,
                filter: "(objectClass=*)",
                attributes: &entry::attributes(settings),
                most: Some(2),
            })
            .await?;
        let Some(entry) = found.pop() else {
            if let Proof::Elsewhere = proof {
                self.steps
                    .failed(WAY, format!("{dn}: there is no such entry"));
                return Ok(Err(Refusal::Wrong));
            }
            let text =
                "the entry may not read itself: let it, or give LDAP_BIND_DN an entry that may";
            self.steps.failed(WAY, text);
            return Ok(Err(Refusal::unavailable(WAY, text)));
        };
        if let Err(refusal) = self.is_below_the_base(&entry.dn) {
            return Ok(Err(refusal));
        }
        self.who(&entry).await
    }

    /// Who is in particular searches; the person, if nobody does.
    async fn search_again_as_before(&mut self) -> Result<(), Trouble> {
        if self.directory.settings.searcher.is_some() {
            self.connection
                .bind_searcher(self.directory, self.steps)
                .await?;
        }
        Ok(())
    }

    fn is_below_the_base(&mut self, dn: &str) -> Result<(), Refusal> {
        if dn::is_below(dn, &self.directory.settings.base) {
            return Ok(());
        }
        let text = "the entry is not below LDAP_BASE, and is not believed";
        self.steps.failed(WAY, format!("{dn}: {text}"));
        Err(Refusal::unavailable(WAY, text))
    }

    /// A no takes as long whether the entry is there or not, which a bind by template alone does not tell.
    async fn has_password(&mut self, dn: &str, password: &SecretString) -> Result<bool, Trouble> {
        let memory = &self.directory.memory;
        let started = Instant::now();
        let bound = self.connection.bind(dn, password).await?;
        let took = started.elapsed();
        if let Bind::Wrong(said) = bound {
            memory.keep_pace(started).await;
            if let Find::Search(_) = self.directory.settings.find {
                memory.note_pace(took);
            }
            self.steps
                .failed(WAY, format!("{dn} is refused with that password ({said})"));
            return Ok(false);
        }
        memory.note_pace(took);
        if self.connection.is_nobody().await? {
            self.steps.failed(
                WAY,
                format!("the directory agreed to {dn} and its password, but took it for nobody"),
            );
            return Ok(false);
        }
        self.steps
            .done(WAY, format!("bound as {dn}: the password is theirs"));
        Ok(true)
    }

    /// Nobody is found: whoever tries out names learns nothing from that, neither from how long it takes nor by
    /// listening to what is asked.
    async fn bind_as_nobody(&mut self, password: &SecretString) {
        let settings = &self.directory.settings;
        let started = Instant::now();
        let nobody = format!("{}=nobody-has-this-name,{}", settings.uid, settings.base);
        // Whatever it answers, nobody was found.
        let _ = self.connection.bind(&nobody, password).await;
        self.directory.memory.keep_pace(started).await;
    }

    /// Who this is, now that the password is known to be theirs, if they belong.
    async fn who(&mut self, entry: &Entry) -> Result<Answer, Trouble> {
        let settings = &self.directory.settings;
        if let Some(mark) = entry.disabled_by() {
            return Ok(self.not_entitled(format!("the entry is disabled ({mark})")));
        }
        let mut identity = match entry.identity(settings) {
            Ok(identity) => identity,
            Err(lack) => return Ok(self.not_entitled(format!("the entry has {lack}"))),
        };
        let id = entry::ids(settings)
            .into_iter()
            .find(|id| id.of(entry).is_some());
        let id = id.map_or_else(String::new, |id| format!(" ({})", id.name()));
        self.steps.done(
            WAY,
            format!(
                "known as {}, id {}{id}",
                identity.username, identity.subject
            ),
        );
        if let Some(required) = &settings.required {
            let search = Search {
                base: &entry.dn,
                scope: Scope::Base,
                filter: required,
                attributes: &[NO_ATTRIBUTES.to_owned()],
                most: Some(2),
            };
            if self.connection.search(&search).await?.is_empty() {
                return Ok(self.not_entitled(
                    "the entry does not match MOOT_LDAP_REQUIRED_FILTER".to_owned(),
                ));
            }
            self.steps.done(WAY, "matches MOOT_LDAP_REQUIRED_FILTER");
        }
        identity.groups = groups(self.directory, self.connection, entry, identity.groups).await?;
        self.steps.done(
            WAY,
            match identity.groups.as_slice() {
                [] => "in no group".to_owned(),
                groups => format!("in {}", groups.join("; ")),
            },
        );
        Ok(Ok(identity))
    }

    fn not_entitled(&mut self, reason: String) -> Answer {
        self.steps.failed(WAY, reason.clone());
        Err(Refusal::NotEntitled(reason))
    }
}

/// The groups that an entry names itself, and those that name it.
pub(super) async fn groups(
    directory: &Ldap,
    connection: &mut Connection,
    entry: &Entry,
    mut known: Vec<String>,
) -> Result<Vec<String>, Trouble> {
    let Some(groups) = &directory.settings.groups else {
        return Ok(known);
    };
    let uid = entry.text(&directory.settings.uid).unwrap_or_default();
    let filter = groups
        .filter
        .fill(&[("dn", &escaped(&entry.dn)), ("uid", &escaped(uid))]);
    let found = connection
        .search(&Search {
            base: &groups.base,
            scope: Scope::Subtree,
            filter: &filter,
            attributes: &[NO_ATTRIBUTES.to_owned()],
            most: None,
        })
        .await?;
    for group in found {
        let name = dn::tidy(&group.dn);
        if !known.iter().any(|other| other.eq_ignore_ascii_case(&name)) {
            known.push(name);
        }
    }
    Ok(known)
}
