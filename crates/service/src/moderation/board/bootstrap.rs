//! The operator names the first board, once.

use model::{
    AccountId,
    member::Standing,
    moderation::{Effect, Field, Person, Target, board},
};
use serde_json::{Map, Value, json};

use super::{
    carry_out::named,
    directory,
    settings::{as_map, governance},
};
use crate::{
    App, Error, Result,
    moderation::{
        executor,
        log::{EntryKind, NewEntry},
    },
};

/// Names the first board, and writes the settings of governance down as the operator has configured them: from now on both
/// are changed in public only. Answers the number of the entry in the log.
///
/// `Conflict` when there is, or ever was, a board; `Invalid` for people who are no members in good standing, or too few to
/// confirm what one of them records.
pub async fn bootstrap(app: &App, accounts: &[AccountId]) -> Result<i64> {
    let mut tx = app.db.begin().await?;
    db::moderation::take_turn(&mut tx).await?;
    let ever = db::moderation::ever_had_board(&mut tx).await?;
    let warrant = board::bootstrap(ever).ok_or_else(|| {
        Error::Conflict(
            "There is a board already. Its members come and go as the organisation's directory says; this command names the first one only".into(),
        )
    })?;
    let governance = governance(&mut tx, app).await?;
    let mut people: Vec<Person> = Vec::new();
    for account in accounts {
        let member = db::members::find(&mut tx, *account)
            .await?
            .ok_or(Error::NotFound)?;
        if member.standing() != Standing::Good {
            return Err(Error::invalid(
                "names",
                "ERR_INVALID",
                format!("include {}, who cannot sign in", member.account.username),
            ));
        }
        let person = directory::make_person(&mut tx, app, &member).await?;
        if people.iter().any(|known| known.id == person.id) {
            return Err(Error::invalid(
                "names",
                "ERR_INVALID",
                format!("include {} twice", person.handle),
            ));
        }
        people.push(person);
    }
    let needed = usize::from(governance.board_confirmations) + 1;
    if people.len() < needed {
        return Err(Error::invalid(
            "names",
            "ERR_INVALID",
            format!(
                "are too few: what one of the board records, {} must confirm, so {needed} people are the least",
                governance.board_confirmations
            ),
        ));
    }
    let settings = as_map(&governance)?;
    let sitting = people.iter().map(|person| Effect {
        target: Target::BoardMember(person.id.get()),
        field: Field::Sits,
        from: None,
        to: Some(named(person)),
    });
    let fixed = settings.iter().map(|(name, value)| Effect {
        target: Target::Setting(name.clone()),
        field: Field::Setting,
        from: None,
        to: Some(value.clone()),
    });
    let effects: Vec<Effect> = sitting.chain(fixed).collect();
    let mut entry = NewEntry::new(EntryKind::BoardBootstrapped);
    entry.public = Map::from_iter([
        (
            "board".to_owned(),
            Value::Array(people.iter().map(named).collect()),
        ),
        ("governance".to_owned(), json!(settings)),
    ]);
    let seq = executor::enact(&mut tx, app, &warrant, entry, effects).await?;
    tx.commit().await?;
    Ok(seq)
}
