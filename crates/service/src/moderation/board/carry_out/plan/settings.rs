//! Changing settings of governance.

use model::moderation::{Effect, Field, Governance, SeatNo, Target};
use serde_json::{Map, Value, json};
use sqlx::PgConnection;

use super::Plan;
use crate::{
    App, Error, Result,
    moderation::board::settings::{as_map, governance, with},
};

/// What is set now and will be, if all of it can be.
pub(super) async fn change(
    connection: &mut PgConnection,
    app: &App,
    changes: &Map<String, Value>,
) -> Result<Plan> {
    let before = governance(connection, app).await?;
    let known = as_map(&before)?;
    for name in changes.keys() {
        if !known.contains_key(name) {
            return Err(Error::invalid(
                "changes",
                "ERR_INVALID",
                format!("names {name}, which is no setting"),
            ));
        }
    }
    let after = with(&before, changes.clone()).map_err(|_| {
        Error::invalid(
            "changes",
            "ERR_INVALID",
            "gives a setting a value that it cannot have",
        )
    })?;
    after.check().map_err(|reason| {
        Error::invalid("changes", "ERR_INVALID", format!("cannot be: {reason}"))
    })?;
    fits_the_people(connection, &after).await?;
    let after = as_map(&after)?;
    let mut effects = Vec::new();
    for name in changes.keys() {
        let (old, new) = (known.get(name), after.get(name));
        if old == new {
            continue;
        }
        let target = Target::Setting(name.clone());
        let from = db::moderation::state_of(connection, &target, Field::Setting).await?;
        effects.push(Effect {
            target,
            field: Field::Setting,
            from,
            to: new.cloned(),
        });
    }
    if effects.is_empty() {
        return Err(Error::invalid("changes", "ERR_INVALID", "change nothing"));
    }
    let mut public = Map::new();
    let listed = effects.iter().map(|effect| {
        let name = effect.target.key();
        let change = json!({"from": known.get(&name), "to": effect.to});
        (name, change)
    });
    public.insert("changes".into(), Value::Object(listed.collect()));
    Ok(Plan {
        target: None,
        effects,
        public,
    })
}

/// No decision takes a seat away in passing, or asks for more confirmations than there are people to give.
async fn fits_the_people(connection: &mut PgConnection, after: &Governance) -> Result<()> {
    let seats = db::moderation::seats(connection).await?;
    let beyond = seats
        .iter()
        .find(|seat| seat.ad_hoc_for.is_none() && seat.no > SeatNo::from(after.seats));
    if let Some(seat) = beyond {
        return Err(Error::Conflict(format!(
            "Seat {} is held; the board has to remove its holder first",
            seat.no
        )));
    }
    let board = db::moderation::board(connection).await?.len();
    if usize::from(after.board_confirmations) >= board {
        return Err(Error::Conflict(format!(
            "The board has {board} members; nothing could be confirmed any more"
        )));
    }
    Ok(())
}
