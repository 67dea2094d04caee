//! What moderators do with a case, each of them alone: claim it, write notes, ask, correct its category.

use axum::{
    extract::{Path, State as Extract},
    response::{IntoResponse, Redirect, Response},
};
use http::HeaderMap;
use model::moderation::report::{CaseId, Category};
use service::moderation::{
    recuse,
    reports::{self, Whom},
};

use super::{
    HOME, Room,
    case::{self, Said},
    gate,
};
use crate::{
    State,
    pages::{PageError, fields::Fields},
    session::Form,
};

const HANDED_OVER: &str = "I hand this over to the others.";

/// `POST /console/cases/{id}/{what}`
pub(in crate::pages) async fn submit(
    Extract(state): Extract<State>,
    Path((id, what)): Path<(String, String)>,
    headers: HeaderMap,
    Form { browser, fields }: Form<Fields>,
) -> Result<Response, PageError> {
    let id: CaseId = id.parse().map_err(|_| PageError::NotFound)?;
    let room = gate::officer(&state, &browser, &case::path(id)).await?;
    let (app, acting) = (&state.app, &room.acting);
    let did = match what.as_str() {
        "claim" => reports::claim(app, acting, id).await.map(|()| "claimed"),
        "release" => reports::unclaim(app, acting, id).await.map(|()| "released"),
        "hand_over" => hand_over(&room, id).await,
        "note" => reports::note(app, acting, id, fields.get("text"))
            .await
            .map(|_| "noted"),
        "ask" => ask(&room, id, &fields).await,
        "category" => {
            let category =
                Category::from_word(fields.get("category")).ok_or(PageError::Malformed)?;
            reports::categorise(app, acting, id, category)
                .await
                .map(|()| "categorised")
        }
        "reopen" => match reports::reopen(app, acting, id).await {
            Ok(into) => return Ok(to(into, "reopened")),
            Err(error) => Err(error),
        },
        "recuse" => {
            recuse::recuse_from_case(app, acting, id, fields.get("reason")).await?;
            return Ok(Redirect::to(HOME).into_response());
        }
        "posts" => return look(&room, id, &headers, fields).await,
        _ => return Err(PageError::NotFound),
    };
    match did {
        Ok(done) => Ok(to(id, done)),
        Err(error) => case::refused(&room, id, error, fields).await,
    }
}

fn to(id: CaseId, done: &str) -> Response {
    Redirect::to(&format!("{}?done={done}", case::path(id))).into_response()
}

/// Puts it back, and says so.
async fn hand_over(room: &Room<'_>, id: CaseId) -> service::Result<&'static str> {
    let app = &room.state.app;
    reports::note(app, &room.acting, id, HANDED_OVER).await?;
    reports::unclaim(app, &room.acting, id).await?;
    Ok("handed_over")
}

async fn ask(room: &Room<'_>, id: CaseId, fields: &Fields) -> service::Result<&'static str> {
    let whom = match fields.get("whom") {
        "author" => Whom::Author,
        report => Whom::Reporter(report.parse().map_err(|_| service::Error::NotFound)?),
    };
    reports::ask(&room.state.app, &room.acting, id, whom, fields.get("text")).await?;
    Ok("asked")
}

/// Posts that are not for everybody: the look is written down with its reason.
async fn look(
    room: &Room<'_>,
    id: CaseId,
    headers: &HeaderMap,
    fields: Fields,
) -> Result<Response, PageError> {
    let reason = fields.get("reason");
    if reason.is_empty() {
        let missing = service::Error::invalid("reason", "ERR_BLANK", "can't be blank");
        return case::refused(room, id, missing, fields).await;
    }
    let said = Said {
        posts: Some((headers, Some(reason))),
        ..Said::default()
    };
    Ok(case::page(room, id, said).await?.into_response())
}
