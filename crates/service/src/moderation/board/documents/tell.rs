//! Members are told by mail of a new version of what binds them, as Mastodon does for its terms.

use jobs::{Failure, Job, Priority};
use model::{AccountId, moderation::document::DocumentKind};
use serde::{Deserialize, Serialize};

use crate::{
    App, Result,
    consequences::enqueue,
    mail::{self, Occasion},
};

/// Members that are written to in one transaction.
const AT_ONCE: i64 = 500;

/// Every member is to be told of a version; a page of them at a time, each page in the transaction that asks for the next,
/// so that nobody is told twice and nobody left out.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TellMembers {
    /// The word for the document.
    pub kind: String,
    /// Which version.
    pub version: i32,
    /// Who was told last.
    pub after: Option<AccountId>,
}

impl Job for TellMembers {
    const KIND: &'static str = "tell_members_of_document";
    const PRIORITY: Priority = Priority::LOW;

    fn dedup_key(&self) -> Option<String> {
        let after = self.after.map_or(0, AccountId::get);
        Some(format!("{}:{}:{after}", self.kind, self.version))
    }
}

/// Whether members are told of a new version of it.
pub(crate) const fn is_told(kind: DocumentKind) -> bool {
    matches!(
        kind,
        DocumentKind::Rules
            | DocumentKind::Terms
            | DocumentKind::Privacy
            | DocumentKind::Guidelines
    )
}

/// Tells the next members.
pub(crate) async fn tell_members(app: &App, job: &TellMembers) -> Result<(), Failure> {
    tell_page(app, job).await.map_err(Failure::retry)
}

async fn tell_page(app: &App, job: &TellMembers) -> Result<()> {
    let Some(kind) = DocumentKind::from_word(&job.kind) else {
        return Ok(());
    };
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let page = db::moderation::members_to_tell(&mut tx, job.after, AT_ONCE).await?;
    for member in &page {
        let occasion = Occasion::DocumentChanged {
            kind: job.kind.clone(),
            version: job.version,
        };
        mail::tell(&mut tx, *member, occasion).await?;
    }
    if let Some(last) = page.last() {
        let next = TellMembers {
            after: Some(*last),
            ..job.clone()
        };
        enqueue(&mut tx, &next).await?;
    } else {
        db::moderation::members_were_told(&mut tx, kind, job.version, now).await?;
    }
    tx.commit().await?;
    Ok(())
}
