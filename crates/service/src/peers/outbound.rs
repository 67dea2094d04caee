//! Documents on their way to peers, and where they have to go.

use model::{AccountId, StatusId};
use time::Duration;

use crate::{
    App, Result,
    consequences::{self, Deliver},
};

/// Deliveries are tried for less than three days; documents are kept a while longer for the curious.
const KEPT: Duration = Duration::days(7);

/// A document on its way out.
#[derive(Clone, Debug)]
pub struct OutboundActivity {
    /// Its number.
    pub id: i64,
    /// Who signs it.
    pub sender: AccountId,
    /// The JSON, byte for byte as it is signed and sent.
    pub body: String,
    /// The value of the Digest header.
    pub digest: String,
}

/// Stores a document and enqueues one delivery per inbox, all or nothing.
pub async fn send(
    app: &App,
    sender: AccountId,
    body: String,
    digest: String,
    inboxes: &[String],
) -> Result<()> {
    deliver(app, sender, (body, digest), inboxes, Last::NotYet).await
}

/// The same for a last word, which goes also to a server with which nothing else is exchanged any more.
pub async fn part(
    app: &App,
    sender: AccountId,
    body: String,
    digest: String,
    inbox: String,
) -> Result<()> {
    deliver(app, sender, (body, digest), &[inbox], Last::Word).await
}

/// Whether it is the last that is said.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    NotYet,
    Word,
}

async fn deliver(
    app: &App,
    sender: AccountId,
    (body, digest): (String, String),
    inboxes: &[String],
    last: Last,
) -> Result<()> {
    if inboxes.is_empty() {
        return Ok(());
    }
    let mut tx = app.db.begin().await?;
    let activity_id =
        db::peers::insert_outbound(&mut tx, sender, &body, &digest, app.clock.now()).await?;
    let deliveries: Vec<Deliver> = inboxes
        .iter()
        .map(|inbox| Deliver {
            activity_id,
            inbox: inbox.clone(),
            parting: last == Last::Word,
        })
        .collect();
    consequences::enqueue_many(&mut tx, &deliveries).await?;
    tx.commit().await?;
    Ok(())
}

/// A document by its number; `None` once it has expired.
pub async fn outbound(app: &App, id: i64) -> Result<Option<OutboundActivity>> {
    let mut connection = app.db.acquire().await?;
    let row = db::peers::find_outbound(&mut connection, id).await?;
    Ok(row.map(|row| OutboundActivity {
        id: row.id,
        sender: row.sender,
        body: row.body,
        digest: row.digest,
    }))
}

/// Removes documents that nobody needs any more, in batches. Answers how many went.
pub async fn expire_outbound(app: &App) -> Result<u64> {
    let mut removed = 0;
    loop {
        let mut connection = app.db.acquire().await?;
        let batch = db::peers::expire_outbound(&mut connection, app.clock.now() - KEPT).await?;
        removed += batch;
        if batch == 0 {
            return Ok(removed);
        }
    }
}

/// Inboxes of the remote followers of an account: shared ones preferred, each once, reachable peers only.
pub async fn follower_inboxes(app: &App, of: AccountId) -> Result<Vec<String>> {
    let mut connection = app.db.acquire().await?;
    Ok(db::peers::follower_inboxes(&mut connection, of).await?)
}

/// Every inbox that is known, of reachable peers: shared ones preferred, each once.
pub async fn all_inboxes(app: &App) -> Result<Vec<String>> {
    let mut connection = app.db.acquire().await?;
    Ok(db::peers::all_inboxes(&mut connection).await?)
}

/// Inboxes of these accounts, as far as they are remote: shared ones preferred, each once.
pub async fn inboxes_of(app: &App, accounts: &[AccountId]) -> Result<Vec<String>> {
    let mut connection = app.db.acquire().await?;
    Ok(db::peers::inboxes_of(&mut connection, accounts).await?)
}

/// Remote people who boosted, favourited or answered a status; they hear of edits and of its end too.
pub async fn interested_in(app: &App, status: StatusId) -> Result<Vec<AccountId>> {
    let mut connection = app.db.acquire().await?;
    Ok(db::peers::interested_in(&mut connection, status).await?)
}
