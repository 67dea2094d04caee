//! A member follows somebody.

use db::relationships::NewFollow;
use model::{
    Account, AccountId,
    notification::NotificationKind,
    relationship::{FollowOptions, Relationship},
};
use sqlx::PgConnection;

use super::show;
use crate::{
    App, Error, Result,
    consequences::{self, SendFollow},
    settings::Limits,
    surface::{self, Notice},
};

/// What to change of how somebody is followed; `None` leaves it, or takes the default for a new follow.
#[derive(Clone, Debug, Default)]
pub struct FollowChange {
    /// Boosts are wanted in home.
    pub shows_boosts: Option<bool>,
    /// Each post is notified.
    pub notifies: Option<bool>,
    /// Only these languages are wanted.
    pub languages: Option<Vec<String>>,
}

impl FollowChange {
    fn applied_to(self, options: FollowOptions) -> FollowOptions {
        FollowOptions {
            shows_boosts: self.shows_boosts.unwrap_or(options.shows_boosts),
            notifies: self.notifies.unwrap_or(options.notifies),
            languages: self.languages.unwrap_or(options.languages),
        }
    }
}

/// A member follows somebody: at once where that is another, unlocked member; else by asking, and a
/// peer is told. Following twice changes how.
pub async fn follow(
    app: &App,
    follower: AccountId,
    followee: AccountId,
    change: FollowChange,
) -> Result<Relationship> {
    let mut tx = app.db.begin().await?;
    let target = db::accounts::by_id(&mut tx, followee)
        .await?
        .ok_or(Error::NotFound)?;
    if follower == followee || target.is_suspended() {
        return Err(Error::NotFound);
    }
    let present = show_in(&mut tx, app, follower, followee).await?;
    if present.blocking || present.blocked_by || target.moved_to.is_some() {
        return Err(Error::Forbidden("This action is not allowed".into()));
    }
    let known = present
        .following
        .clone()
        .or_else(|| present.requested.clone());
    let options = change.applied_to(known.unwrap_or_default());
    if present.following.is_some() {
        db::relationships::update_follow(&mut tx, follower, followee, &options).await?;
    } else {
        begin(&mut tx, app, follower, &target, options).await?;
    }
    tx.commit().await?;
    show::with(app, follower, followee).await
}

async fn begin(
    tx: &mut PgConnection,
    app: &App,
    follower: AccountId,
    target: &Account,
    options: FollowOptions,
) -> Result<()> {
    let me = db::accounts::by_id(tx, follower)
        .await?
        .ok_or(Error::NotFound)?;
    let most = most_followed(&app.settings.limits, me.followers_count);
    if me.following_count >= most {
        return Err(Error::invalid(
            "base",
            "ERR_INVALID",
            format!("You cannot follow more than {most} people"),
        ));
    }
    let now = app.clock.now();
    let followee = target.id;
    let follow = NewFollow {
        follower,
        followee,
        uri: None,
        options,
    };
    if target.is_local() && !target.locked && me.silenced_at.is_none() {
        db::relationships::insert_follow(tx, &follow, now).await?;
        surface::follow_began(tx, follower, followee).await?;
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
        return Ok(());
    }
    let (uri, is_new) = db::relationships::insert_request(tx, &follow, now).await?;
    if !target.is_local() {
        let job = SendFollow {
            follower_id: follower,
            followee_id: followee,
            uri,
        };
        consequences::enqueue(tx, &job).await?;
    } else if is_new {
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
    Ok(())
}

/// So many people one may follow: up to the threshold, or in proportion to one's own followers if that is
/// more (Mastodon).
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "counts of people are far below 2^52, and a fraction of a person is none"
)]
fn most_followed(limits: &Limits, followers: i64) -> i64 {
    limits
        .follows_threshold
        .max((followers as f64 * limits.follows_ratio) as i64)
}

/// What the two are to each other, seen inside a transaction.
pub(super) async fn show_in(
    tx: &mut PgConnection,
    app: &App,
    viewer: AccountId,
    other: AccountId,
) -> Result<Relationship> {
    let mut found = db::relationships::of(tx, viewer, &[other], app.clock.now()).await?;
    found.pop().ok_or(Error::NotFound)
}
