//! A leaver deletes their account, after typing its handle.

use axum::{
    extract::State as Extract,
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use http::header;
use serde::Deserialize;
use service::accounts;

use super::page;
use crate::{
    State,
    pages::{PageError, note::note},
    session::{Form, Leaver},
};

/// What is filled in.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::pages) struct Filled {
    handle: String,
}

/// `POST /auth/leaving/delete`
pub(in crate::pages) async fn submit(
    Extract(state): Extract<State>,
    Leaver(leaver): Leaver,
    Form { browser, fields }: Form<Filled>,
) -> Result<Response, PageError> {
    let Some(leaver) = leaver else {
        return Ok(Redirect::to("/auth/leaving").into_response());
    };
    let account = &leaver.member.account;
    let domain = state.app.settings.local_domain.as_str();
    if !is_handle(&fields.handle, account.username.as_str(), domain) {
        let problem = "That is not the name of your account, so nothing was deleted.";
        return Ok(page(&state, &browser, &leaver, problem).into_response());
    }
    match accounts::delete(&state.app, account.id).await {
        Ok(()) => {}
        Err(service::Error::Forbidden(sentence)) => {
            return Ok(page(&state, &browser, &leaver, &sentence).into_response());
        }
        Err(other) => return Err(other.into()),
    }
    let cookie = leaver.close(&state).await?;
    let text = "Nobody can see it any more. What you have posted is being removed here, and other servers are being told to do the same. Nobody else will ever have your name here.";
    let page = note(
        &state,
        &browser,
        "Your account is deleted",
        text,
        ("To the front page", "/"),
    );
    Ok((AppendHeaders([(header::SET_COOKIE, cookie)]), page).into_response())
}

/// Whether somebody typed this name, with or without what usually stands around it.
fn is_handle(typed: &str, username: &str, domain: &str) -> bool {
    let typed = typed.trim().trim_start_matches('@');
    let name = match typed.split_once('@') {
        Some((name, at)) if at.eq_ignore_ascii_case(domain) => name,
        Some(_) => return false,
        None => typed,
    };
    name.eq_ignore_ascii_case(username)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_handle_is_typed_in_several_ways_but_never_anothers() {
        let is_alice = |typed| is_handle(typed, "Alice", "club.example");

        for typed in ["alice", "@Alice", " @alice@club.example "] {
            assert!(is_alice(typed), "{typed}");
        }
        for typed in ["", "@", "alic", "alice@other.example", "alice@"] {
            assert!(!is_alice(typed), "{typed}");
        }
    }
}
