//! A member proves once more that they are themselves, by the password that counts for them.

use model::AccountId;
use secrecy::SecretString;
use signin::{Refusal, Steps};

use crate::{App, Result, members};

/// What became of a proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// It is theirs.
    Right,
    /// It is not.
    Wrong,
    /// The source could not be asked.
    Unavailable,
}

/// Whether a password is this member's: the organisation's for those who are linked, else this server's own, and
/// that also where local passwords no longer open the door, since it still proves whose account it is.
///
/// Members whom only a provider knows have no password, so none is theirs.
pub async fn is_password_of(app: &App, account: AccountId, password: &str) -> Result<Proof> {
    let mut connection = app.db.acquire().await?;
    let links = db::identities::links_of(&mut connection, account).await?;
    let known = db::identities::password_of(&mut connection, account).await?;
    drop(connection);
    if links.is_empty() {
        let is_right = members::compare_password(app, password, known).await?;
        return Ok(if is_right { Proof::Right } else { Proof::Wrong });
    }
    let secret = SecretString::from(password);
    let mut answer = Proof::Wrong;
    for name in usernames(&links) {
        let checked = app
            .ways
            .check_password(name, &secret, &mut Steps::default())
            .await;
        match checked {
            Ok(who) => {
                let is_theirs =
                    |link: &model::Link| link.source == who.source && link.subject == who.subject;
                if links.iter().any(is_theirs) {
                    return Ok(Proof::Right);
                }
            }
            Err(Refusal::Unavailable { .. }) => answer = Proof::Unavailable,
            Err(Refusal::Wrong | Refusal::NotEntitled(_)) => {}
        }
    }
    members::compare_password(app, password, None).await?;
    Ok(answer)
}

/// The names under which sources with passwords know somebody, each once.
pub(super) fn usernames(links: &[model::Link]) -> Vec<&str> {
    let mut names: Vec<&str> = links
        .iter()
        .filter(|link| matches!(link.source.as_str(), "ldap" | "pam" | "kerberos"))
        .map(|link| link.username.as_str())
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}
