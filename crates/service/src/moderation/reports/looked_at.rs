//! Looking at private data is no measure, but it is written down, with a reason; how often is published.

use model::{
    AccountId,
    moderation::{Target, report::CaseId},
};

use sqlx::PgConnection;

use super::desk::{self, Did};
use crate::{App, Error, Result, moderation::Acting};

/// Characters of a reason.
const LONGEST: usize = 500;

/// What is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Private {
    /// A member's mail address.
    Email(AccountId),
    /// The addresses from which a member signs in.
    Addresses(AccountId),
    /// Posts in a case that are not for everybody.
    Posts(CaseId),
}

impl Private {
    const fn word(self) -> &'static str {
        match self {
            Self::Email(_) => "email",
            Self::Addresses(_) => "ip",
            Self::Posts(_) => "posts",
        }
    }

    fn target(self) -> Target {
        match self {
            Self::Email(account) | Self::Addresses(account) => Target::Account(account),
            Self::Posts(case) => Target::Case(case),
        }
    }
}

/// The word in the log for it, which statistics count by.
pub const ACTION: &str = "private_data.seen";

/// Writes down that an officer looks at private data, before they are shown. `Invalid` without a reason.
pub async fn looked_at(app: &App, acting: &Acting, what: Private, reason: &str) -> Result<()> {
    let mut tx = app.db.begin().await?;
    let about = [what.target()];
    record_look(&mut tx, app, acting, what.word(), &about, reason).await?;
    tx.commit().await?;
    Ok(())
}

/// The same for several things at once, in the caller's transaction: one entry each.
pub(crate) async fn record_look(
    connection: &mut PgConnection,
    app: &App,
    acting: &Acting,
    seen: &'static str,
    about: &[Target],
    reason: &str,
) -> Result<()> {
    if acting.officer.seat.is_none() && !acting.officer.on_board {
        return Err(Error::Forbidden("Only moderators do this".into()));
    }
    let reason = desk::written("reason", reason, LONGEST)?;
    db::moderation::take_turn(connection).await?;
    for target in about {
        let mut did = Did::new(ACTION)
            .what("seen", seen)
            .evidence("reason", reason.as_str());
        did.about(target.clone());
        desk::record(connection, app, acting, did).await?;
    }
    Ok(())
}
