//! Recording and confirming what the board has decided.

mod check;
mod view;

use aws_lc_rs::digest::{SHA256, digest as sha256};
use model::moderation::{
    PersonId,
    board::{Confirmation, Decision, DecisionId, DecisionKind, DecisionState, confirmed},
    vote::{AuthMethod, Digest},
};
use serde_json::{Value, json};
use sqlx::PgConnection;
use time::{Date, Duration};

use super::{carry_out, resolution::Resolution, settings::governance};
use crate::{
    App, Error, Result,
    moderation::{
        Acting,
        tell::{About, Event, tell},
    },
};

pub use view::{ConfirmationView, DecisionView};

/// Characters of what the board resolved.
const LONGEST_TEXT: usize = 5000;
/// Decisions in one list.
const MOST: i64 = 200;

/// What somebody of the board writes down.
#[derive(Clone, Debug)]
pub struct NewDecision {
    /// Of what kind.
    pub kind: DecisionKind,
    /// What it changes: see [`Resolution`].
    pub params: Value,
    /// What the board resolved, in its own words; published.
    pub text: String,
    /// Where the minutes are.
    pub minutes_url: Option<String>,
    /// When the board met.
    pub decided_on: Date,
}

/// Writes a decision down; nothing happens until enough others have confirmed it.
///
/// `Forbidden` for whoever does not sit on the board, has not proved lately who they are, or is shut out of this one; `Invalid` and
/// `Conflict` when it could not be carried out.
pub async fn record(app: &App, acting: &Acting, new: NewDecision) -> Result<DecisionView> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    db::moderation::take_turn(&mut tx).await?;
    let (person, _) = member_of_board(&mut tx, app, acting).await?;
    check_words(app, &new)?;
    let resolution = Resolution::read(new.kind, &new.params)?;
    let resolution = check::pinned(&mut tx, resolution).await?;
    refuse_shut_out(&mut tx, &resolution, person).await?;
    let warnings = carry_out::rehearse(&mut tx, app, &resolution).await?;
    let mut decision = Decision {
        id: db::moderation::new_decision_id(&mut tx, now).await?,
        kind: new.kind,
        params: resolution.params(),
        text: new.text.trim().to_owned(),
        minutes_url: new.minutes_url.filter(|url| !url.trim().is_empty()),
        decided_on: new.decided_on,
        digest: Digest::default(),
        state: DecisionState::Recorded,
        recorded_by: person,
        recorded_at: now,
        confirmed_at: None,
    };
    decision.digest = digest(app, &decision)?;
    db::moderation::insert_decision(&mut tx, &decision).await?;
    tell(&mut tx, Event::BoardDecision, About::Decision(decision.id)).await?;
    let mut view = view::of(&mut tx, app, Some(acting), decision).await?;
    view.warnings = warnings;
    tx.commit().await?;
    Ok(view)
}

/// Confirms a decision as it was seen. The confirmation that is still missing carries it out, in the same transaction.
///
/// `Conflict` when the digest is not this decision's, when it is closed, or when things have changed so that it cannot be carried
/// out any more; `Forbidden` as for [`record`], and for the one who recorded it.
pub async fn confirm(
    app: &App,
    acting: &Acting,
    id: DecisionId,
    seen: Digest,
) -> Result<DecisionView> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    db::moderation::take_turn(&mut tx).await?;
    let (person, method) = member_of_board(&mut tx, app, acting).await?;
    let governance = governance(&mut tx, app).await?;
    let mut decision = find(&mut tx, id).await?;
    refuse_closed(&decision)?;
    if decision.digest != seen || digest(app, &decision)? != seen {
        return Err(Error::Conflict(
            "This is not the decision that you were shown; look at it again".into(),
        ));
    }
    if decision.recorded_by == person {
        return Err(Error::Forbidden(
            "Somebody else of the board has to confirm what you have recorded".into(),
        ));
    }
    let resolution = Resolution::read(decision.kind, &decision.params)?;
    refuse_shut_out(&mut tx, &resolution, person).await?;
    let confirmation = Confirmation {
        person,
        digest: seen,
    };
    db::moderation::insert_confirmation(&mut tx, id, &confirmation, method, now).await?;
    let given: Vec<Confirmation> = db::moderation::confirmations_of(&mut tx, id)
        .await?
        .into_iter()
        .map(|row| row.given)
        .collect();
    let board = voting_board(&mut tx).await?;
    let shut_out = check::shut_out(&mut tx, &resolution).await?;
    let mut settled = None;
    if let Some(warrant) = confirmed(&decision, &given, &board, &shut_out, &governance) {
        settled = Some(carry_out::carry_out(&mut tx, app, &warrant, &decision, &resolution).await?);
        db::moderation::decision_confirmed(&mut tx, &warrant, id, now).await?;
        decision.state = DecisionState::Confirmed;
        decision.confirmed_at = Some(now);
        tell(&mut tx, Event::BoardDecision, About::Decision(id)).await?;
    }
    let view = view::of(&mut tx, app, Some(acting), decision).await?;
    tx.commit().await?;
    if let Some(settled) = settled {
        app.documents.forget();
        settled.tell(app);
    }
    Ok(view)
}

/// Takes back a decision that is not in effect yet. Anybody on the board may: what is not confirmed was not decided.
pub async fn withdraw(app: &App, acting: &Acting, id: DecisionId) -> Result<DecisionView> {
    let mut tx = app.db.begin().await?;
    db::moderation::take_turn(&mut tx).await?;
    member_of_board(&mut tx, app, acting).await?;
    let mut decision = find(&mut tx, id).await?;
    refuse_closed(&decision)?;
    db::moderation::withdraw_decision(&mut tx, id).await?;
    decision.state = DecisionState::Withdrawn;
    let view = view::of(&mut tx, app, Some(acting), decision).await?;
    tx.commit().await?;
    Ok(view)
}

/// A decision as officers see it.
pub async fn decision(app: &App, acting: &Acting, id: DecisionId) -> Result<DecisionView> {
    let mut connection = app.db.acquire().await?;
    let decision = find(&mut connection, id).await?;
    view::of(&mut connection, app, Some(acting), decision).await
}

/// Decisions, newest first: of one state or of all, older than `before`.
pub async fn decisions(
    app: &App,
    acting: &Acting,
    state: Option<DecisionState>,
    before: Option<DecisionId>,
    limit: u16,
) -> Result<Vec<DecisionView>> {
    list(app, Some(acting), state, before, limit).await
}

/// The same for the operator, who reads and does not take part.
pub async fn decisions_for_operator(
    app: &App,
    state: Option<DecisionState>,
    limit: u16,
) -> Result<Vec<DecisionView>> {
    list(app, None, state, None, limit).await
}

async fn list(
    app: &App,
    acting: Option<&Acting>,
    state: Option<DecisionState>,
    before: Option<DecisionId>,
    limit: u16,
) -> Result<Vec<DecisionView>> {
    let mut connection = app.db.acquire().await?;
    let limit = i64::from(limit).clamp(1, MOST);
    let found = db::moderation::list_decisions(&mut connection, state, before, limit).await?;
    let mut views = Vec::with_capacity(found.len());
    for decision in found {
        views.push(view::of(&mut connection, app, acting, decision).await?);
    }
    Ok(views)
}

/// What is confirmed: SHA-256 over the canonical JSON (RFC 8785) of everything that matters.
fn digest(app: &App, decision: &Decision) -> Result<Digest> {
    let document = json!({
        "server": app.urls.base(),
        "id": decision.id.to_string(),
        "kind": decision.kind.as_str(),
        "params": decision.params,
        "text": decision.text,
        "minutes_url": decision.minutes_url,
        "decided_on": decision.decided_on.to_string(),
    });
    let canonical = ledger::jcs::canonical(&document).map_err(Error::internal)?;
    let mut bytes = Digest::default();
    bytes.copy_from_slice(sha256(&SHA256, canonical.as_bytes()).as_ref());
    Ok(bytes)
}

/// Who acts, if they sit on the board now and have proved lately who they are.
async fn member_of_board(
    connection: &mut PgConnection,
    app: &App,
    acting: &Acting,
) -> Result<(PersonId, AuthMethod)> {
    let person = acting.board()?.id;
    if !db::moderation::sits_on_board(connection, person).await? {
        return Err(Error::Forbidden("Only the board does this".into()));
    }
    let governance = governance(connection, app).await?;
    let method = acting.proof(&governance, app.clock.now())?;
    Ok((person, method))
}

/// The board without those whose word waits until a reset of theirs is confirmed.
async fn voting_board(connection: &mut PgConnection) -> Result<Vec<PersonId>> {
    let members = db::moderation::board_members(connection).await?;
    Ok(members
        .into_iter()
        .filter(|member| !member.person.votes_wait)
        .map(|member| member.person.id)
        .collect())
}

async fn find(connection: &mut PgConnection, id: DecisionId) -> Result<Decision> {
    db::moderation::find_decision(connection, id)
        .await?
        .ok_or(Error::NotFound)
}

fn refuse_closed(decision: &Decision) -> Result<()> {
    match decision.state {
        DecisionState::Recorded => Ok(()),
        DecisionState::Confirmed => {
            Err(Error::Conflict("This decision is in effect already".into()))
        }
        DecisionState::Withdrawn => Err(Error::Conflict("This decision was taken back".into())),
    }
}

async fn refuse_shut_out(
    connection: &mut PgConnection,
    resolution: &Resolution,
    person: PersonId,
) -> Result<()> {
    if check::shut_out(connection, resolution)
        .await?
        .contains(&person)
    {
        return Err(Error::Forbidden(
            "You have voted on this as a moderator, or it is about you; the others of the board decide".into(),
        ));
    }
    Ok(())
}

fn check_words(app: &App, new: &NewDecision) -> Result<()> {
    if new.text.trim().is_empty() {
        return Err(Error::invalid("text", "ERR_BLANK", "can't be blank"));
    }
    if new.text.chars().count() > LONGEST_TEXT {
        return Err(Error::invalid(
            "text",
            "ERR_TOO_LONG",
            format!("is too long (maximum is {LONGEST_TEXT} characters)"),
        ));
    }
    // The day may have begun where the board sits.
    if new.decided_on > (app.clock.now() + Duration::days(1)).date() {
        return Err(Error::invalid(
            "decided_on",
            "ERR_INVALID",
            "is in the future",
        ));
    }
    if let Some(url) = new
        .minutes_url
        .as_deref()
        .filter(|url| !url.trim().is_empty())
    {
        let is_web =
            url::Url::parse(url.trim()).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
        if !is_web || url.len() > 2000 {
            return Err(Error::invalid(
                "minutes_url",
                "ERR_INVALID",
                "is no web address",
            ));
        }
    }
    Ok(())
}
