//! A peer's account asks to follow a member.

use db::relationships::NewFollow;
use model::{
    Account, AccountId, account::INSTANCE_ACTOR, notification::NotificationKind,
    relationship::FollowOptions,
};
use sqlx::PgConnection;

use super::follow::show_in;
use crate::{
    App, Error, Result,
    consequences::{self, Answer, AnswerFollow},
    surface::{self, Notice},
};

/// What became of a peer's Follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReceivedFollow {
    /// It follows; an Accept is on its way.
    Accepted,
    /// It waits for the member.
    Pending,
    /// It may not; a Reject is on its way.
    Rejected,
}

/// A peer's account asks to follow a member. `uri` is the id of its Follow; asked again under another id,
/// the newer id counts and the answer is repeated.
///
/// Whoever is blocked, and whoever asks for somebody who has moved or for the server's own actor, is
/// rejected. A locked member decides; so does any member about an account that is limited here.
pub async fn receive_follow(
    app: &App,
    follower: AccountId,
    followee: AccountId,
    uri: &str,
) -> Result<ReceivedFollow> {
    let mut tx = app.db.begin().await?;
    let target = db::accounts::by_id(&mut tx, followee)
        .await?
        .ok_or(Error::NotFound)?;
    let asker = db::accounts::by_id(&mut tx, follower)
        .await?
        .ok_or(Error::NotFound)?;
    let outcome = decide(&mut tx, app, &asker, &target, uri).await?;
    let answer = match outcome {
        ReceivedFollow::Accepted => Some(Answer::Accept),
        ReceivedFollow::Rejected => Some(Answer::Reject),
        ReceivedFollow::Pending => None,
    };
    if let Some(answer) = answer {
        let job = AnswerFollow {
            follower_id: follower,
            followee_id: followee,
            uri: uri.to_owned(),
            answer,
        };
        consequences::enqueue(&mut tx, &job).await?;
    }
    tx.commit().await?;
    Ok(outcome)
}

async fn decide(
    tx: &mut PgConnection,
    app: &App,
    asker: &Account,
    target: &Account,
    uri: &str,
) -> Result<ReceivedFollow> {
    let (follower, followee) = (asker.id, target.id);
    let relationship = show_in(tx, app, followee, follower).await?;
    if relationship.blocking
        || target.moved_to.is_some()
        || target.is_suspended()
        || followee == INSTANCE_ACTOR
    {
        return Ok(ReceivedFollow::Rejected);
    }
    let now = app.clock.now();
    let follow = NewFollow {
        follower,
        followee,
        uri: Some(uri),
        options: FollowOptions::default(),
    };
    let is_limited = asker.silenced_at.is_some() || is_silenced_by_domain(tx, asker).await?;
    let waits = target.locked || is_limited;
    if waits && !relationship.followed_by {
        let (_, is_new) = db::relationships::insert_request(tx, &follow, now).await?;
        if is_new {
            surface::notify(
                tx,
                now,
                Notice {
                    kind: NotificationKind::FollowRequest,
                    to: followee,
                    from: follower,
                    status: None,
                },
            )
            .await?;
        }
        return Ok(ReceivedFollow::Pending);
    }
    if db::relationships::insert_follow(tx, &follow, now)
        .await?
        .is_some()
    {
        surface::notify(
            tx,
            now,
            Notice {
                kind: NotificationKind::Follow,
                to: followee,
                from: follower,
                status: None,
            },
        )
        .await?;
    }
    Ok(ReceivedFollow::Accepted)
}

async fn is_silenced_by_domain(tx: &mut PgConnection, asker: &Account) -> Result<bool> {
    let Some(domain) = &asker.domain else {
        return Ok(false);
    };
    let policy = db::peers::policy(tx, domain).await?;
    Ok(policy.is_some_and(|policy| policy.severity != "noop"))
}
