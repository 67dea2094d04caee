//! What is different between what the directory says of somebody and what is known here.

use std::fmt;

use db::members::Linked;
use signin::Identity;
use sqlx::PgConnection;

use crate::{App, Result, sign_in::facts};

/// Something that a run changed of somebody, or would.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The member's name here.
    pub handle: String,
    /// What.
    pub what: Vec<What>,
}

/// What changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// The directory spells the name in another way; the handle stays.
    Username(String),
    /// The mail address.
    Address,
    /// The name shown to others, which they had not chosen themselves.
    DisplayName,
    /// What they are eligible for: these words.
    Offices(Vec<String>),
    /// They are in the directory again, after they had left.
    Back,
    /// They are not in it, for the first time; what the directory says of it.
    Missing(String),
    /// They have left.
    Left(String),
}

impl Change {
    pub(super) fn new(handle: String, what: What) -> Self {
        Self {
            handle,
            what: vec![what],
        }
    }
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Username(name) => write!(f, "is called {name} in the directory"),
            Self::Address => f.write_str("has another mail address"),
            Self::DisplayName => f.write_str("gets a name to be shown"),
            Self::Offices(words) if words.is_empty() => {
                f.write_str("is eligible for nothing any more")
            }
            Self::Offices(words) => write!(f, "is eligible for {}", words.join(", ")),
            Self::Back => f.write_str("is back"),
            Self::Missing(why) => write!(f, "is missing for the first time ({why})"),
            Self::Left(why) => write!(f, "has left ({why})"),
        }
    }
}

/// What is different; nothing when it is all the same, which is the usual case and costs no query.
pub(super) async fn between(
    connection: &mut PgConnection,
    app: &App,
    linked: &Linked,
    identity: &Identity,
) -> Result<Option<Change>> {
    let mut what = Vec::new();
    if linked.left_at.is_some() {
        what.push(What::Back);
    }
    if linked.username != identity.username {
        what.push(What::Username(identity.username.clone()));
    }
    let email = facts::email_of(app, identity).filter(|email| linked.email.as_ref() != Some(email));
    if let Some(email) = email
        && !db::identities::is_address_taken(connection, &email, Some(linked.account_id)).await?
    {
        what.push(What::Address);
    }
    if linked.display_name.is_empty() && facts::display_name_of(app, identity).is_some() {
        what.push(What::DisplayName);
    }
    let offices: Vec<String> = facts::offices_of(app, &identity.groups)
        .into_iter()
        .map(|office| office.as_str().to_owned())
        .collect();
    if offices != linked.eligible_for {
        what.push(What::Offices(offices));
    }
    Ok((!what.is_empty()).then(|| Change {
        handle: linked.handle.clone(),
        what,
    }))
}
