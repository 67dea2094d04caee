//! Keeping the rest of the server in step with the moderation state.
//!
//! Where it can be, what follows is computed from the state as it is now and not from the step that led there: whatever is
//! done and undone in whatever order, the same state gives the same server.

mod access;
mod accounts;
mod domains;
mod follows;

pub(super) use follows::{DOMAIN_BLOCK, Severed, sever};

use model::moderation::{
    Effect, Field, ProposalId, Target, Warrant, appeal::StrikeId, report::CaseOutcome,
    warrant::Authority,
};
use serde_json::Value;
use sqlx::PgConnection;

use crate::{
    App, Error, Result,
    bus::Event,
    mail::{self, Occasion},
    moderation::{board, log, reports},
};

/// Changes the columns and tables that the rest of the server reads.
pub(super) async fn project(
    connection: &mut PgConnection,
    app: &App,
    warrant: &Warrant,
    effect: &Effect,
) -> Result<()> {
    match &effect.target {
        Target::Account(id) => accounts::project(connection, app, warrant, effect, *id).await,
        Target::Status(id) => status(connection, app, warrant, effect, *id).await,
        Target::Domain(domain) => domains::project(connection, app, warrant, effect, domain).await,
        Target::EmailDomain(_) | Target::Email(_) | Target::IpRange(_) | Target::Username(_) => {
            access::project(connection, warrant, effect).await
        }
        Target::Case(id) if effect.field == Field::Closed => {
            let outcome = effect
                .to
                .as_ref()
                .and_then(Value::as_str)
                .and_then(CaseOutcome::from_word);
            reports::close::project(connection, app, *id, outcome, proposal_of(warrant)).await
        }
        Target::Case(id) if effect.to.is_some() => {
            reports::forward::project(connection, app, *id).await
        }
        Target::Entry(seq) => {
            let fields = names(effect.to.as_ref());
            log::redact(connection, warrant, *seq, &fields).await
        }
        Target::Strike(id) => overrule(connection, app, warrant, StrikeId::new(*id), effect).await,
        // That reports went away is not taken back; whether sign-ups are closed is looked up where it is asked.
        Target::Case(_) | Target::Server => Ok(()),
        Target::Seat(_)
        | Target::BoardMember(_)
        | Target::Setting(_)
        | Target::Document(_)
        | Target::Person(_) => board::project(connection, app, warrant, effect).await,
        Target::Tag(_) | Target::Emoji(_) | Target::Address(_) => Err(Error::internal(
            anyhow::anyhow!("there is nothing behind {} yet", effect.target),
        )),
    }
}

async fn status(
    connection: &mut PgConnection,
    app: &App,
    warrant: &Warrant,
    effect: &Effect,
    id: model::StatusId,
) -> Result<()> {
    use db::moderation::effects;
    match (effect.field, &effect.from, &effect.to) {
        (Field::Removed, None, Some(_)) => {
            effects::remove_status(connection, warrant, id, app.clock.now()).await?;
        }
        (Field::Removed, Some(_), None) => {
            effects::restore_status(connection, warrant, id).await?;
        }
        (Field::Sensitive, None, Some(_)) => {
            effects::mark_sensitive(connection, warrant, id).await?;
        }
        (Field::Sensitive, Some(_), None) => {
            effects::unmark_sensitive(connection, warrant, id).await?;
        }
        // Hidden, deleted and quarantined are the same to everybody here.
        _ => {}
    }
    Ok(())
}

async fn overrule(
    connection: &mut PgConnection,
    app: &App,
    warrant: &Warrant,
    strike: StrikeId,
    effect: &Effect,
) -> Result<()> {
    let at = effect.to.is_some().then(|| app.clock.now());
    let member = db::moderation::effects::overrule(connection, warrant, strike, at).await?;
    if let (Some(member), Some(_)) = (member, at) {
        let occasion = Occasion::DecisionOverruled {
            strike: strike.get(),
        };
        mail::tell(connection, member, occasion).await?;
    }
    Ok(())
}

/// The proposal behind a warrant, if there is one.
pub(super) fn proposal_of(warrant: &Warrant) -> Option<ProposalId> {
    match warrant.authority() {
        Authority::Quorum { proposal, .. }
        | Authority::Emergency { proposal, .. }
        | Authority::Rollback { proposal } => Some(*proposal),
        Authority::Appeal { .. }
        | Authority::Board { .. }
        | Authority::Bootstrap
        | Authority::Holder { .. }
        | Authority::Directory => None,
    }
}

fn names(value: Option<&Value>) -> Vec<String> {
    value
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|name| name.as_str().map(str::to_owned))
        .collect()
}

/// Tells caches and streams.
pub(super) fn after_commit(app: &App, targets: &[Target]) {
    for target in targets {
        match target {
            Target::Account(id) => crate::auth::tell_revoked(app, *id),
            Target::Status(id) => app.bus.tell(Event::StatusChanged(*id)),
            Target::IpRange(_) | Target::Server => {
                app.door.forget();
                app.bus.tell(Event::DoorChanged);
            }
            _ => {}
        }
    }
}
