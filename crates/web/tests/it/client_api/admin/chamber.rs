//! A server with a board and three moderators, each with an app.

use serde_json::{Value, json};
use testkit::{Council, http::Answer};

use crate::client_api::world::{Person, World, id, world};

/// All that a moderator's app asks for.
pub(crate) const ADMIN: &str = "read write admin:read admin:write";

/// One server with its officers.
pub(crate) struct Chamber {
    pub(crate) world: World,
    pub(crate) council: Council,
    /// In seats 1 to 3.
    pub(crate) mona: Person,
    pub(crate) mark: Person,
    pub(crate) mira: Person,
    /// On the board.
    pub(crate) berta: Person,
    pub(crate) boris: Person,
}

/// A board, and three moderators appointed by it.
pub(crate) async fn chamber() -> Chamber {
    let world = world().await;
    let council = world.app.council().await;
    let [mona, mark, mira] = council.moderators.clone();
    let [berta, boris, _] = council.board.clone();
    Chamber {
        mona: world.equip_with(mona, ADMIN).await,
        mark: world.equip_with(mark, ADMIN).await,
        mira: world.equip_with(mira, ADMIN).await,
        berta: world.equip_with(berta, ADMIN).await,
        boris: world.equip_with(boris, ADMIN).await,
        world,
        council,
    }
}

impl Chamber {
    /// A member with an ordinary app.
    pub(crate) async fn member(&self, name: &str) -> Person {
        self.world.person(name).await
    }

    /// An account as the first moderator sees it.
    pub(crate) async fn seen(&self, person: &Person) -> Value {
        self.mona
            .sees(&format!("/api/v1/admin/accounts/{}", person.id()))
            .await
    }

    /// A report of one member about another; its id.
    pub(crate) async fn report(&self, by: &Person, about: &Person, comment: &str) -> String {
        let form = json!({"account_id": about.id(), "comment": comment, "category": "spam"});
        id(&by.sends("/api/v1/reports", &form).await.expect(200).json())
    }
}

/// What the headers of an answer say of its proposal: id, state, approvals.
pub(crate) fn proposal(answer: &Answer) -> (String, String, String) {
    let header = |name| {
        answer
            .header(name)
            .unwrap_or_else(|| panic!("no {name}: {}", answer.text()))
            .to_owned()
    };
    (
        header("moot-proposal"),
        header("moot-proposal-state"),
        header("moot-approvals"),
    )
}
