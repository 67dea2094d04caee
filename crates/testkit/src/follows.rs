//! Follows that hold, whoever follows whom.

use model::AccountId;
use service::{
    App, accounts, relationships,
    relationships::{AnsweredFollow, FollowChange, ReceivedFollow},
};

/// A member, or a peer's account.
pub trait Somebody {
    /// The account's id.
    fn id(&self) -> AccountId;
}

impl Somebody for AccountId {
    fn id(&self) -> AccountId {
        *self
    }
}

/// Lets somebody follow somebody by the operations of either edge, and has it accepted.
pub(crate) async fn make(app: &App, who: AccountId, whom: AccountId) {
    let asking = accounts::get(app, who).await.expect("the follower exists");
    let asked = accounts::get(app, whom)
        .await
        .expect("the followed account exists");
    let waits = if asking.is_local() {
        let relationship = relationships::follow(app, who, whom, FollowChange::default())
            .await
            .expect("a member may follow");
        relationship.following.is_none()
    } else {
        let uri = follow_uri(&asking.uri, whom);
        let outcome = relationships::receive_follow(app, who, whom, &uri)
            .await
            .expect("a peer may ask");
        assert_ne!(
            outcome,
            ReceivedFollow::Rejected,
            "{} may not follow {}",
            asking.handle(),
            asked.handle()
        );
        outcome == ReceivedFollow::Pending
    };
    if !waits {
        return;
    }
    if asked.is_local() {
        relationships::accept_request(app, whom, who)
            .await
            .expect("somebody asks");
    } else {
        let accepted = relationships::receive_accept(app, whom, AnsweredFollow::From(who)).await;
        assert!(
            accepted.expect("a peer may accept"),
            "nobody asked {}",
            asked.handle()
        );
    }
}

/// The id of a peer's Follow.
pub(crate) fn follow_uri(follower_uri: &str, whom: AccountId) -> String {
    format!("{follower_uri}#follows/{whom}")
}
