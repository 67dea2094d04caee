//! Follows that a suspension cuts, and that come back after it.

#![expect(
    clippy::similar_names,
    reason = "follower and followee are what they are called"
)]

use std::collections::BTreeMap;

use db::moderation::effects::{self, Cut, Direction, Severance};
use model::{AccountId, moderation::Warrant};
use sqlx::PgConnection;

use crate::{
    App, Result,
    consequences::{Parting, PartingWord, SendFollow, enqueue_many},
};

/// Mastodon's word for what a rule about a domain has cut.
pub(in crate::moderation::executor) const DOMAIN_BLOCK: &str = "domain_block";
/// The same for the suspension of one account.
const ACCOUNT_SUSPENSION: &str = "account_suspension";

/// By what follows were cut.
#[derive(Clone, Debug)]
pub(in crate::moderation::executor) struct Severed {
    /// Mastodon's word.
    pub(in crate::moderation::executor) kind: &'static str,
    /// The domain or handle.
    pub(in crate::moderation::executor) name: String,
}

impl Severed {
    /// By the suspension of a remote account; members' follows are not cut by their own suspension.
    pub(in crate::moderation::executor) async fn by_account(
        connection: &mut PgConnection,
        id: AccountId,
    ) -> Result<Option<Self>> {
        let account = db::accounts::by_id(connection, id).await?;
        Ok(account
            .filter(|account| !account.is_local())
            .map(|account| Self {
                kind: ACCOUNT_SUSPENSION,
                name: account.handle().to_string(),
            }))
    }
}

/// Cuts follows, tells the others' servers in a last word, and the members who lose something by it.
pub(in crate::moderation::executor) async fn sever(
    connection: &mut PgConnection,
    app: &App,
    warrant: &Warrant,
    accounts: &[AccountId],
    direction: Direction,
    by: &Severed,
) -> Result<()> {
    let now = app.clock.now();
    let cut = effects::sever_follows(connection, warrant, accounts, direction, now).await?;
    let partings: Vec<Parting> = cut
        .iter()
        .map(|cut| Parting {
            follower_id: cut.follower,
            followee_id: cut.followee,
            uri: cut.uri.clone(),
            word: if accounts.contains(&cut.follower) {
                PartingWord::Reject
            } else {
                PartingWord::Undo
            },
        })
        .collect();
    enqueue_many(connection, &partings).await?;
    for (member, (followers, following)) in losses(&cut, accounts) {
        let severance = Severance {
            id: 0,
            kind: by.kind.to_owned(),
            target_name: by.name.clone(),
            followers,
            following,
            created_at: now,
        };
        let id = effects::insert_severance(connection, member, &severance).await?;
        effects::tell_of_severance(connection, member, id, now).await?;
    }
    Ok(())
}

/// How many followers and followed accounts each member has lost.
fn losses(cut: &[Cut], accounts: &[AccountId]) -> BTreeMap<AccountId, (i64, i64)> {
    let mut losses: BTreeMap<AccountId, (i64, i64)> = BTreeMap::new();
    for cut in cut.iter().filter(|cut| !cut.is_request) {
        if accounts.contains(&cut.follower) {
            losses.entry(cut.followee).or_default().0 += 1;
        } else {
            losses.entry(cut.follower).or_default().1 += 1;
        }
    }
    losses
}

/// Brings back what was cut of these accounts, as far as nobody is suspended any more, and asks their servers again for what
/// members follow. Answers whether anything came back.
pub(in crate::moderation::executor) async fn restore(
    connection: &mut PgConnection,
    warrant: &Warrant,
    accounts: &[AccountId],
) -> Result<bool> {
    let back = effects::restore_follows(connection, warrant, accounts).await?;
    let mut asked = Vec::new();
    for cut in &back {
        let follower = db::accounts::by_id(connection, cut.follower).await?;
        let followee = db::accounts::by_id(connection, cut.followee).await?;
        let is_ours = follower.is_some_and(|account| account.is_local());
        if is_ours && followee.is_some_and(|account| !account.is_local()) {
            asked.push(SendFollow {
                follower_id: cut.follower,
                followee_id: cut.followee,
                uri: cut.uri.clone(),
            });
        }
    }
    enqueue_many(connection, &asked).await?;
    Ok(!back.is_empty())
}
