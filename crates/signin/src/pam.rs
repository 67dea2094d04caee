//! The system's modules (PAM), through `libpam.so.0` loaded at run time, so that Moot starts where it is missing.
//!
//! `pam_authenticate` says whether the password is right, `pam_acct_mgmt` whether its owner may come in; both are always
//! asked. libpam has no deadline and sleeps about two seconds after a wrong password, so each try has a thread of its own:
//! whoever waits gives up in time, and a module that hangs costs one of the few places for tries and not the server.

mod library;
mod service_file;

use std::{path::PathBuf, sync::Arc, time::Duration};

use secrecy::SecretString;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

use self::library::{Answer, Libpam, Question};
pub use self::{library::NoLibpam, service_file::NoServiceFile};
use crate::{
    Identity, Refusal, Steps,
    login::{self, Login},
};

/// Tries under way at once.
const TRIES_AT_ONCE: usize = 16;
/// Shorter than the deadline of all ways, so that an administrator learns which of them was slow.
const PATIENCE: Duration = Duration::from_millis(4500);
/// Longest wait for others' tries.
const WAIT_FOR_OTHERS: Duration = Duration::from_secs(2);

/// How PAM is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The service that checks passwords (`PAM_DEFAULT_SERVICE`).
    pub service: String,
    /// A further service whose account step says who may come (`PAM_CONTROLLED_SERVICE`).
    pub controlled_service: Option<String>,
    /// Domain of members' addresses when the modules name none (`PAM_EMAIL_DOMAIN`).
    pub email_domain: Option<String>,
    /// Folder of service files in place of the system's (`MOOT_PAM_DIRECTORY`); Linux-PAM 1.4 or newer.
    pub folder: Option<PathBuf>,
}

/// Why PAM cannot be used at all.
#[derive(Debug, thiserror::Error)]
pub enum Unusable {
    /// There is no libpam, or one without what is needed.
    #[error(transparent)]
    Library(#[from] NoLibpam),
    /// A service has no file. libpam would take `other`, which may let anybody in.
    #[error(transparent)]
    Service(#[from] NoServiceFile),
}

/// The system's modules (PAM).
#[derive(Debug)]
pub struct Pam {
    settings: Settings,
    library: Arc<Libpam>,
    places: Arc<Semaphore>,
}

impl Pam {
    /// Loads libpam and looks for the service's file.
    pub fn open(settings: Settings) -> Result<Self, Unusable> {
        let library = Libpam::load(settings.folder.is_some())?;
        let pam = Self {
            settings,
            library: Arc::new(library),
            places: Arc::new(Semaphore::new(TRIES_AT_ONCE)),
        };
        pam.find_service_files()?;
        Ok(pam)
    }

    /// What an administrator should know although PAM can be asked.
    pub fn warnings(&self) -> Vec<String> {
        let folders = service_file::folders(self.settings.folder.as_deref());
        let uses_shadow = service_file::names_module(&folders, &self.settings.service, "pam_unix");
        let may_read_shadow = std::fs::File::open("/etc/shadow").is_ok();
        if !uses_shadow || may_read_shadow {
            return Vec::new();
        }
        vec![format!(
            "the PAM service {} asks pam_unix, which checks other people's passwords only for root and the group shadow, and Moot is neither: \
             use pam_sss, pam_ldap or pam_krb5, or put Moot's user into the group shadow",
            self.settings.service
        )]
    }

    /// Who has this name and password.
    pub async fn check(
        &self,
        typed: &str,
        password: &SecretString,
        steps: &mut Steps,
    ) -> Result<Identity, Refusal> {
        let domains = self.settings.email_domain.as_slice();
        let Some(name) = login::read(typed, domains) else {
            steps.failed(
                "pam",
                "not asked: this is no name of a PAM user (letters, digits, . _ + -, or an address at PAM_EMAIL_DOMAIN)",
            );
            return Err(Refusal::Wrong);
        };
        // Between start and now somebody may have moved it away, and `other` would answer.
        if let Err(problem) = self.find_service_files() {
            return Err(away(steps, problem.to_string()));
        }
        let asked = tokio::time::timeout(PATIENCE, self.ask(&name, password)).await;
        let answer = match asked {
            Ok(Ok(answer)) => answer,
            Ok(Err(reason)) => return Err(away(steps, reason)),
            Err(_) => {
                let text = format!(
                    "service {}: no answer within {PATIENCE:?}; a module waits for something that does not come",
                    self.settings.service
                );
                return Err(away(steps, text));
            }
        };
        self.read(answer, steps)
    }

    fn find_service_files(&self) -> Result<(), NoServiceFile> {
        let folders = service_file::folders(self.settings.folder.as_deref());
        let services = std::iter::once(&self.settings.service);
        for service in services.chain(&self.settings.controlled_service) {
            service_file::find(&folders, service)?;
        }
        Ok(())
    }

    /// Asks on a thread of its own. Not on tokio's: those are waited for when the server stops, and a module may hang.
    async fn ask(&self, name: &Login, password: &SecretString) -> Result<Answer, String> {
        let busy = || {
            format!(
                "{TRIES_AT_ONCE} tries are under way and none ends; a module waits for something that does not come"
            )
        };
        let place = Arc::clone(&self.places).acquire_owned();
        let place = tokio::time::timeout(WAIT_FOR_OTHERS, place).await;
        let place: OwnedSemaphorePermit = place
            .map_err(|_| busy())?
            .expect("the semaphore is never closed");
        let (tell, told) = oneshot::channel();
        let library = Arc::clone(&self.library);
        let question = Question {
            service: self.settings.service.clone(),
            controlled_service: self.settings.controlled_service.clone(),
            folder: self.settings.folder.clone(),
            name: name.as_str().to_owned(),
            password: password.clone(),
        };
        std::thread::Builder::new()
            .name("pam".to_owned())
            .spawn(move || {
                // Nobody listens any more when the deadline has passed.
                let _ = tell.send(library.ask(&question));
                drop(place);
            })
            .map_err(|error| format!("no thread could be started: {error}"))?;
        told.await
            .map_err(|_| "the thread that asked ended early".to_owned())
    }

    fn read(&self, answer: Answer, steps: &mut Steps) -> Result<Identity, Refusal> {
        let service = &self.settings.service;
        match answer {
            Answer::Recognised { name, email } => {
                steps.done(
                    "pam",
                    format!("service {service} knows them as {name} and lets them in"),
                );
                let email =
                    email.or_else(|| login::address(&name, self.settings.email_domain.as_deref()));
                Ok(Identity {
                    source: "pam".to_owned(),
                    subject: name.clone(),
                    username: name,
                    email_is_verified: email.is_some(),
                    email,
                    display_name: None,
                    groups: Vec::new(),
                })
            }
            Answer::Wrong(said) => {
                steps.failed(
                    "pam",
                    format!("service {service} says no to name and password: {said}"),
                );
                Err(Refusal::Wrong)
            }
            Answer::NotEntitled(said) => {
                let text = format!("PAM's account step says: {said}");
                steps.failed("pam", format!("the password is right; {text}"));
                Err(Refusal::NotEntitled(text))
            }
            Answer::Away(said) => Err(away(steps, format!("service {service}: {said}"))),
        }
    }
}

fn away(steps: &mut Steps, reason: String) -> Refusal {
    steps.failed("pam", reason.clone());
    Refusal::unavailable("pam", reason)
}
