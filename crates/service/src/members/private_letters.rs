//! Letters to a member's private address.
//!
//! Links are made when the letter is written, so that no queue holds one.

use jobs::{Failure, Job, Priority};
use model::{AccountId, member::Member};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use time::Duration;

use super::exit;
use crate::{
    App, Result,
    auth::Shown,
    consequences::enqueue,
    keys,
    mail::{Draft, Link, Undelivered, lay_out},
};

/// How long an address may take to be confirmed.
const CONFIRMATION: Duration = Duration::days(2);

/// What a letter is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Matter {
    /// The address is to be confirmed.
    Confirm,
    /// They have left.
    Left,
    /// They have asked for a link to the leaver's page.
    Link,
    /// The account is about to be deleted.
    EndsSoon,
}

/// A letter to a private address.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SendPrivateLetter {
    /// The member.
    pub account_id: AccountId,
    /// What it is about.
    pub matter: Matter,
    /// The letter's own id, the same at each try (R23).
    pub id: String,
}

impl Job for SendPrivateLetter {
    const KIND: &'static str = "send_private_letter";
    const PRIORITY: Priority = Priority::URGENT;
    const TIME_LIMIT: std::time::Duration = std::time::Duration::from_mins(2);
}

/// Writes to somebody's private address, in the transaction of the cause. Nothing happens when they have given none.
pub(super) async fn write(
    connection: &mut PgConnection,
    account_id: AccountId,
    matter: Matter,
) -> Result<()> {
    let job = SendPrivateLetter {
        account_id,
        matter,
        id: hex::encode(keys::random_bytes::<16>()),
    };
    enqueue(connection, &job).await
}

/// Handles [`SendPrivateLetter`].
pub(crate) async fn send_private_letter(app: &App, job: &SendPrivateLetter) -> Result<(), Failure> {
    let mut connection = app.db.acquire().await?;
    let Some(member) = db::members::find(&mut connection, job.account_id).await? else {
        return Ok(());
    };
    let address = db::members::private_address(&mut connection, job.account_id).await?;
    drop(connection);
    let to = match job.matter {
        Matter::Confirm => address.pending,
        Matter::Left | Matter::Link | Matter::EndsSoon => address.email,
    };
    let Some(to) = to else {
        return Ok(());
    };
    let Some(draft) = draft(app, &member, job.matter, &to).await? else {
        return Ok(());
    };
    let greeting = format!("Hello @{},", member.account.username);
    let letter = lay_out(app, &draft, &greeting, to, job.id.clone())?;
    app.mailer
        .send(&letter)
        .await
        .map_err(|refusal| match refusal {
            Undelivered::ForNow(cause) => Failure::retry(cause),
            Undelivered::ForGood(cause) => Failure::give_up(cause),
        })
}

/// `None` when there is nothing to say any more.
async fn draft(app: &App, member: &Member, matter: Matter, to: &str) -> Result<Option<Draft>> {
    if matter == Matter::Confirm {
        return confirmation(app, member, to).await;
    }
    let Some(link) = exit::link_for_letter(app, member).await? else {
        return Ok(None);
    };
    let until = member
        .ends_at
        .map_or_else(String::new, |end| format!("Until {} you", end.date()));
    let (subject, said) = match matter {
        Matter::EndsSoon => (
            "Your account will soon be deleted",
            format!(
                "You left the organisation some time ago. {until} can still take your data with you; then the account and everything in it is deleted."
            ),
        ),
        Matter::Left | Matter::Link | Matter::Confirm => (
            "Your way out",
            format!(
                "You have left the organisation, and have been signed out of your account here everywhere. {until} can open one page, to take your data with you, or to delete the account."
            ),
        ),
    };
    Ok(Some(Draft {
        subject: subject.into(),
        paragraphs: vec![
            said,
            "The link works once, for seven days; on the sign-in page's way for leavers you can ask for another. You get this letter because you gave this address for it while you were a member.".into(),
        ],
        link: Some(Link {
            label: "Open that page",
            url: exit::address_of(app, &link),
        }),
    }))
}

async fn confirmation(app: &App, member: &Member, to: &str) -> Result<Option<Draft>> {
    let secret = Shown::random();
    let expires_at = app.clock.now() + CONFIRMATION;
    let mut connection = app.db.acquire().await?;
    let id = member.account.id;
    let is_wanted =
        db::members::set_address_token(&mut connection, id, to, &secret.hash(), expires_at).await?;
    Ok(is_wanted.then(|| Draft {
        subject: "Please confirm your private address".into(),
        paragraphs: vec![
            "Somebody, hopefully you, has given this address to be reached at after leaving the organisation. Nothing else is ever sent to it.".into(),
            "The link works for two days. If you have not asked for this, do nothing, and nothing will happen.".into(),
        ],
        link: Some(Link {
            label: "Confirm this address",
            url: format!("{}/settings/private_email/{}", app.urls.base(), secret.reveal()),
        }),
    }))
}
