//! A Kerberos realm (RFC 4120): passwords are checked through MIT's `kinit`, as a child with a private cache.
//!
//! A ticket alone proves nothing: whoever can answer in the KDC's place issues one for any password (S51). So each try
//! begins with a ticket for our own keytab, which only the real KDC can issue, and the member's exchange goes through it as
//! armour (FAST, RFC 6113): its answer then comes from the KDC that knows our key, or is refused. `kvno -k`, the usual
//! check afterwards, is not enough here: it does not look at whose ticket it decrypts, so a member who answers in the
//! KDC's place could hand over one of their own.

mod child;
mod folder;
mod words;

use std::{path::PathBuf, sync::Arc, time::Duration};

use secrecy::{ExposeSecret, SecretString};
use tokio::sync::{Semaphore, SemaphorePermit};

use self::{
    child::{Child, Ended},
    folder::Folder,
    words::{Meaning, of_armour, of_password},
};
use crate::{
    Identity, Refusal, Steps,
    login::{self, Login},
};

/// Tries under way at once; each is up to three processes, one after the other.
const TRIES_AT_ONCE: usize = 16;
/// Shorter than the deadline of all ways, so that an administrator learns where it stopped.
const PATIENCE: Duration = Duration::from_millis(4500);
/// MIT's library cuts what is typed at 1023 bytes, and at a line's end.
const LONGEST_PASSWORD: usize = 512;

/// Which realm is asked, and how it is known to be the real one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The realm (`MOOT_KERBEROS_REALM`).
    pub realm: String,
    /// File with the service's key (`MOOT_KERBEROS_KEYTAB`).
    pub keytab: PathBuf,
    /// The service, such as `host/social.club.example` (`MOOT_KERBEROS_SERVICE`), without realm.
    pub service: String,
    /// Domain of members' addresses (`MOOT_KERBEROS_EMAIL_DOMAIN`).
    pub email_domain: Option<String>,
    /// krb5.conf(5) in place of the system's (`MOOT_KERBEROS_CONFIG`).
    pub config: Option<PathBuf>,
}

/// Why a realm cannot be asked at all.
#[derive(Debug, thiserror::Error)]
pub enum Unusable {
    /// Without its keytab no KDC can be told from a false one.
    #[error(
        "the keytab {path} (MOOT_KERBEROS_KEYTAB) cannot be read by the user that Moot runs as"
    )]
    Keytab {
        /// Where it was looked for.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// The configuration cannot be read.
    #[error("{path} (MOOT_KERBEROS_CONFIG) cannot be read by the user that Moot runs as")]
    Config {
        /// Where it was looked for.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// MIT's programs are missing.
    #[error("the program {0} is missing; install MIT Kerberos (Debian: krb5-user)")]
    Program(&'static str),
}

/// A Kerberos realm.
#[derive(Debug)]
pub struct Kerberos {
    settings: Settings,
    places: Arc<Semaphore>,
}

impl Kerberos {
    /// Looks whether all that is needed is there. The KDC is not asked yet: it may come later than Moot.
    pub fn open(settings: Settings) -> Result<Self, Unusable> {
        if let Err(source) = std::fs::File::open(&settings.keytab) {
            let path = settings.keytab.display().to_string();
            return Err(Unusable::Keytab { path, source });
        }
        if let Some(config) = &settings.config
            && let Err(source) = std::fs::File::open(config)
        {
            let path = config.display().to_string();
            return Err(Unusable::Config { path, source });
        }
        for program in [child::KINIT, child::KLIST] {
            if !child::is_installed(program) {
                return Err(Unusable::Program(program));
            }
        }
        Ok(Self {
            settings,
            places: Arc::new(Semaphore::new(TRIES_AT_ONCE)),
        })
    }

    /// Who has this name and password.
    pub async fn check(
        &self,
        typed: &str,
        password: &SecretString,
        steps: &mut Steps,
    ) -> Result<Identity, Refusal> {
        let realm = self.settings.realm.clone();
        let ours: Vec<String> = std::iter::once(realm)
            .chain(self.settings.email_domain.clone())
            .collect();
        let Some(name) = login::read(typed, &ours) else {
            steps.failed(
                "kerberos",
                "not asked: this is no name of a principal (letters, digits, . _ + -)",
            );
            return Err(Refusal::Wrong);
        };
        let text = password.expose_secret();
        if text.len() > LONGEST_PASSWORD || text.contains(char::is_control) {
            steps.failed(
                "kerberos",
                "not asked: this is no password that kinit can read",
            );
            return Err(Refusal::Wrong);
        }
        let asked = self.ask(&name, password, steps);
        let result = match tokio::time::timeout(PATIENCE, asked).await {
            Ok(result) => result,
            Err(_) => Err(Refusal::unavailable(
                "kerberos",
                format!(
                    "the KDC of {} did not answer within {PATIENCE:?}",
                    self.settings.realm
                ),
            )),
        };
        if let Err(Refusal::Unavailable { reason, .. }) = &result {
            steps.failed("kerberos", reason.clone());
        }
        result
    }

    /// Proves that the KDC is the real one, as at the beginning of each try.
    pub async fn examine(&self, steps: &mut Steps) -> Result<(), Refusal> {
        let folder = Self::folder()?;
        let _place = self.place().await?;
        tokio::time::timeout(PATIENCE, self.put_on_armour(&folder, steps))
            .await
            .unwrap_or_else(|_| {
                let reason = format!("the KDC did not answer within {PATIENCE:?}");
                Err(Refusal::unavailable("kerberos", reason))
            })
    }

    async fn ask(
        &self,
        name: &Login,
        password: &SecretString,
        steps: &mut Steps,
    ) -> Result<Identity, Refusal> {
        let _place = self.place().await?;
        let folder = Self::folder()?;
        self.put_on_armour(&folder, steps).await?;
        let principal = format!("{}@{}", name.as_str(), self.settings.realm);
        let ended = self
            .kinit()
            .args(["-T", &folder.cache("armour"), "-c", &folder.cache("member")])
            .args(["-l", "5m", "-F", "-P", "--", &principal])
            .types(password)
            .run()
            .await
            .map_err(|error| away(format!("kinit could not be run: {error}")))?;
        self.read(name, principal, &ended, steps)
    }

    /// A ticket for our own keytab: only the KDC that knows our key can issue it, and it must know FAST, since `kinit`
    /// leaves the armour off for one that does not.
    async fn put_on_armour(&self, folder: &Folder, steps: &mut Steps) -> Result<(), Refusal> {
        let service = format!("{}@{}", self.settings.service, self.settings.realm);
        let keytab = format!("FILE:{}", self.settings.keytab.display());
        let ended = self
            .kinit()
            .args(["-k", "-t", &keytab, "-c", &folder.cache("armour")])
            .args(["-l", "5m", "-F", "-P", "--", &service])
            .run()
            .await
            .map_err(|error| away(format!("kinit could not be run: {error}")))?;
        if !ended.well {
            return Err(away(of_armour(&ended.said, &service)));
        }
        let listed = Child::new(child::KLIST, self.settings.config.as_deref())
            .args(["-C", "-c", &folder.cache("armour")])
            .run()
            .await
            .map_err(|error| away(format!("klist could not be run: {error}")))?;
        let realm = &self.settings.realm;
        if !listed
            .said
            .contains(&format!("fast_avail(krbtgt/{realm}@{realm}) = yes"))
        {
            return Err(away(format!(
                "the KDC of {realm} does not know FAST (RFC 6113), without which its answers cannot be told from a false KDC's; \
                 switch it on (Active Directory: Kerberos armoring), or use LDAP"
            )));
        }
        steps.done(
            "kerberos",
            format!("the KDC of {realm} knows the key of {service}"),
        );
        Ok(())
    }

    fn read(
        &self,
        name: &Login,
        principal: String,
        ended: &Ended,
        steps: &mut Steps,
    ) -> Result<Identity, Refusal> {
        if ended.well {
            steps.done(
                "kerberos",
                format!("the KDC knows {principal} with this password"),
            );
            let email = login::address(name.as_str(), self.settings.email_domain.as_deref());
            return Ok(Identity {
                source: "kerberos".to_owned(),
                subject: principal,
                username: name.as_str().to_owned(),
                email_is_verified: email.is_some(),
                email,
                display_name: None,
                groups: Vec::new(),
            });
        }
        match of_password(&ended.said) {
            Meaning::Wrong(text) => {
                steps.failed("kerberos", format!("{principal}: {text}"));
                Err(Refusal::Wrong)
            }
            Meaning::NotEntitled(text) => {
                steps.failed("kerberos", format!("{principal}: {text}"));
                Err(Refusal::NotEntitled(text))
            }
            Meaning::Away(text) => Err(away(text)),
        }
    }

    fn kinit(&self) -> Child {
        Child::new(child::KINIT, self.settings.config.as_deref())
    }

    fn folder() -> Result<Folder, Refusal> {
        Folder::make().map_err(|error| {
            away(format!(
                "no private folder could be made in the temporary folder: {error}"
            ))
        })
    }

    async fn place(&self) -> Result<SemaphorePermit<'_>, Refusal> {
        let place = self.places.acquire().await;
        Ok(place.expect("the semaphore is never closed"))
    }
}

fn away(reason: String) -> Refusal {
    Refusal::unavailable("kerberos", reason)
}
