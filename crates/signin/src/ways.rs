//! All the ways that this server knows.

use std::{sync::Arc, time::Duration};

use secrecy::SecretString;
use tokio::time::Instant;
use tracing::warn;

use crate::{
    Directory, Identity, PasswordWay, Refusal, Steps, cas::Cas, oidc::Oidc, passwords::is_sendable,
    proxy::Proxy,
};

/// The longest a try may take, connecting and failing over included.
pub const DEADLINE: Duration = Duration::from_secs(5);
/// No is said no earlier, whether a name is known or not: known ones cost a source some more, a hash or another round
/// of Kerberos. Usual ones are done before, also on a busy machine.
const TIME_OF_A_NO: Duration = Duration::from_millis(700);

/// The ways that the operator has configured.
#[derive(Debug, Default)]
pub struct Ways {
    /// Those that check a name with a password, asked in this order.
    pub passwords: Vec<PasswordWay>,
    /// A proxy in front that signs people in.
    pub proxy: Option<Proxy>,
    /// An OpenID Connect provider.
    pub oidc: Option<Oidc>,
    /// A CAS server.
    pub cas: Option<Cas>,
    /// Asked about people who are not there in place of the LDAP way; tests put theirs here.
    pub directory: Option<Arc<dyn Directory>>,
}

impl Ways {
    /// Who has this name and password, by the first way that knows. Within [`DEADLINE`].
    ///
    /// When no way knows them but one could not be asked, the answer is that it could not be asked: nobody is
    /// told that a password is wrong by a directory that was away. A no takes as long for names that nobody has as for
    /// others.
    pub async fn check_password(
        &self,
        login: &str,
        password: &SecretString,
        steps: &mut Steps,
    ) -> Result<Identity, Refusal> {
        if !is_sendable(login, password) {
            return Err(Refusal::Wrong);
        }
        let said_no_earlier = Instant::now() + TIME_OF_A_NO;
        let answer =
            tokio::time::timeout(DEADLINE, self.ask_in_turn(login.trim(), password, steps))
                .await
                .unwrap_or_else(|_| {
                    Err(Refusal::unavailable(
                        "sign-in",
                        format!("no answer within {} seconds", DEADLINE.as_secs()),
                    ))
                });
        if answer == Err(Refusal::Wrong) && !self.passwords.is_empty() {
            tokio::time::sleep_until(said_no_earlier).await;
        }
        answer
    }

    /// The directory that can be asked about people who are not there, if there is one.
    pub fn directory(&self) -> Option<&dyn Directory> {
        let known = self.passwords.iter().find_map(|way| match way {
            PasswordWay::Ldap(ldap) => Some(ldap as &dyn Directory),
            PasswordWay::Pam(_) | PasswordWay::Kerberos(_) => None,
        });
        self.directory.as_deref().or(known)
    }

    /// Who this is to the directory, if there is one. PAM, Kerberos and a proxy only know a name; the directory says
    /// whether its bearer belongs, gives the id that never changes, and is asked again when somebody may have left.
    pub async fn in_directory(
        &self,
        identity: Identity,
        steps: &mut Steps,
    ) -> Result<Identity, Refusal> {
        let knows_a_name_only = ["pam", "kerberos", "proxy"].contains(&&*identity.source);
        let ldap = self.passwords.iter().find_map(|way| match way {
            PasswordWay::Ldap(ldap) => Some(ldap),
            PasswordWay::Pam(_) | PasswordWay::Kerberos(_) => None,
        });
        let Some(ldap) = ldap.filter(|_| knows_a_name_only) else {
            return Ok(identity);
        };
        match ldap.find(&identity.username, steps).await {
            Ok(mut entry) => {
                if entry.email.is_none() {
                    entry.email = identity.email;
                    entry.email_is_verified = identity.email_is_verified;
                }
                Ok(entry)
            }
            Err(Refusal::Wrong) => Err(Refusal::NotEntitled(format!(
                "known to {} as {}, but not to the directory (LDAP)",
                identity.source, identity.username
            ))),
            Err(refusal) => Err(refusal),
        }
    }

    async fn ask_in_turn(
        &self,
        login: &str,
        password: &SecretString,
        steps: &mut Steps,
    ) -> Result<Identity, Refusal> {
        let mut answer = Refusal::Wrong;
        for way in &self.passwords {
            match way.check(login, password, steps).await {
                Ok(identity) => return self.in_directory(identity, steps).await,
                Err(Refusal::Wrong) => {}
                Err(refusal @ Refusal::NotEntitled(_)) => return Err(refusal),
                Err(refusal) => {
                    warn!(signin.way = way.name(), error = %refusal, "A way of signing in could not be asked");
                    answer = refusal;
                }
            }
        }
        Err(answer)
    }
}
