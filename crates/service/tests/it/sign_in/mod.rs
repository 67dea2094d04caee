//! From somebody who was recognised to a member.

mod attempts;
mod claims;
mod facts;
mod links;
mod names;
mod passwords;
mod people;
mod races;

use model::{AccountId, member::Member};
use service::{
    App,
    sign_in::{self, Entry},
};
use signin::Identity;
use testkit::TestApp;

/// Somebody whom the directory knows under an id and a name.
pub(crate) fn person(subject: &str, username: &str) -> Identity {
    Identity {
        source: "ldap".into(),
        subject: subject.into(),
        username: username.into(),
        email: Some(format!(
            "{}@club.example",
            username.to_lowercase().replace(' ', ".")
        )),
        email_is_verified: true,
        display_name: None,
        groups: Vec::new(),
    }
}

/// The member as whom somebody comes in.
pub(crate) async fn comes_in(app: &App, identity: &Identity) -> Member {
    match sign_in::with_identity(app, identity.clone()).await.unwrap() {
        Entry::Member(member) => *member,
        other => panic!("{other:?}"),
    }
}

/// What somebody reads who is refused.
async fn refused(app: &App, identity: &Identity) -> String {
    match sign_in::with_identity(app, identity.clone()).await.unwrap() {
        Entry::Refused(sentence) => sentence,
        other => panic!("{other:?}"),
    }
}

async fn accounts(app: &TestApp) -> i64 {
    sqlx::query_scalar("SELECT count(*) FROM members")
        .fetch_one(&app.db)
        .await
        .unwrap()
}

async fn has_left(app: &TestApp, id: AccountId) {
    let now = app.clock.now();
    sqlx::query("UPDATE members SET left_at = $2, ends_at = $2 WHERE account_id = $1")
        .bind(id.get())
        .bind(now)
        .execute(&app.db)
        .await
        .unwrap();
}
