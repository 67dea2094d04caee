//! A member answers those who ask to follow.

use model::{Account, AccountId, Page, notification::NotificationKind, relationship::Relationship};

use super::show;
use crate::{
    App, Error, Listed, Result,
    accounts::listed,
    consequences::{self, Answer, AnswerFollow},
    surface::{self, Notice},
};

/// Who asks to follow a member.
pub async fn requests(app: &App, followee: AccountId, page: Page) -> Result<Vec<Listed<Account>>> {
    let mut connection = app.db.acquire().await?;
    let rows = db::relationships::requests(&mut connection, followee, page).await?;
    listed(&mut connection, rows).await
}

/// Lets somebody follow.
pub async fn accept_request(
    app: &App,
    followee: AccountId,
    follower: AccountId,
) -> Result<Relationship> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let asker = db::accounts::by_id(&mut tx, follower)
        .await?
        .ok_or(Error::NotFound)?;
    let uri = db::relationships::accept_request(&mut tx, follower, followee, now)
        .await?
        .ok_or(Error::NotFound)?;
    surface::follow_began(&mut tx, follower, followee).await?;
    surface::notify(
        &mut tx,
        now,
        Notice {
            kind: NotificationKind::Follow,
            to: followee,
            from: follower,
            status: None,
        },
    )
    .await?;
    if !asker.is_local() {
        let job = AnswerFollow {
            follower_id: follower,
            followee_id: followee,
            uri,
            answer: Answer::Accept,
        };
        consequences::enqueue(&mut tx, &job).await?;
    }
    tx.commit().await?;
    show::with(app, followee, follower).await
}

/// Does not let somebody follow.
pub async fn reject_request(
    app: &App,
    followee: AccountId,
    follower: AccountId,
) -> Result<Relationship> {
    let mut tx = app.db.begin().await?;
    let asker = db::accounts::by_id(&mut tx, follower)
        .await?
        .ok_or(Error::NotFound)?;
    let uri = db::relationships::remove_request(&mut tx, follower, followee)
        .await?
        .ok_or(Error::NotFound)?;
    if !asker.is_local() {
        let job = AnswerFollow {
            follower_id: follower,
            followee_id: followee,
            uri,
            answer: Answer::Reject,
        };
        consequences::enqueue(&mut tx, &job).await?;
    }
    tx.commit().await?;
    show::with(app, followee, follower).await
}
