//! Somebody of the organisation comes in for the first time.

use model::{Username, member::Role};
use signin::Identity;

use super::{
    Entry,
    facts::{self, Known},
    meet::{self, Met},
};
use crate::{App, Error, Result, members, moderation::tell::tell_of_newcomer};

/// Makes the member and the link in one transaction. Whoever the organisation knows needs nobody's approval and has
/// nothing to confirm, whatever sign-up here asks of strangers (as in Mastodon).
pub(super) async fn join(app: &App, identity: &Identity, username: &Username) -> Result<Met> {
    let keypair = members::generate_keypair().await?;
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let mut believed = facts::believe(&mut tx, app, identity, Known::default()).await?;
    let email = believed.email.take();
    let row = db::members::NewMember {
        username,
        base_url: app.urls.base(),
        email: email.as_deref(),
        password_hash: None,
        role: Role::Member,
        locale: language(app),
        reason: "",
        confirmed_at: Some(now),
        approved_at: Some(now),
    };
    let id = match db::members::insert(&mut tx, &row, now).await {
        Ok(id) => id,
        Err(db::Error::Constraint(_)) => return Ok(Met::Overtaken),
        Err(other) => return Err(other.into()),
    };
    if let Err(overtaken) = meet::link(&mut tx, app, identity, id).await? {
        return Ok(overtaken);
    }
    match meet::put(&mut tx, app, id, &believed).await {
        Ok(()) => {}
        Err(Error::Conflict(_)) => return Ok(Met::Overtaken),
        Err(other) => return Err(other),
    }
    let member = meet::member(&mut tx, id).await?;
    members::store_keypair(&mut tx, app, id, &member.account.uri, &keypair).await?;
    db::moderation::notify_of_sign_up(&mut tx, id, now).await?;
    tell_of_newcomer(&mut tx, app, id).await?;
    tx.commit().await?;
    tracing::info!(account.id = %id, signin.source = identity.source, "Somebody of the organisation has joined");
    Ok(Met::Entry(Entry::Member(Box::new(member))))
}

fn language(app: &App) -> &str {
    let first = app.settings.presentation.languages.first();
    first.map_or("en", String::as_str)
}
