//! Signing up through an app.

use axum::extract::State as Extract;
use mastodon::forms;
use model::{Username, instance::Registrations, member::Role};
use service::{
    FieldError, Settings, auth,
    members::{self, NewMember},
};

use crate::{
    State,
    client_api::answer,
    error::{Answer, ApiError},
    extract::{Holder, Params},
    render::applications,
};

/// `POST /api/v1/accounts`
pub(crate) async fn sign_up(
    Extract(state): Extract<State>,
    Holder(principal): Holder,
    Params(form): Params<forms::SignUp>,
) -> Answer {
    if state.app.settings.registrations == Registrations::Closed {
        return Err(ApiError::forbidden("This action is not allowed"));
    }
    let new = new_member(&state.app.settings, form)?;
    let member = members::create(&state.app, new).await.map_err(by_field)?;
    let (token, secret) = auth::grant_member_token(
        &state.app,
        member.account.id,
        principal.application_id,
        principal.scopes,
        None,
    )
    .await?;
    answer(&applications::token(&token, secret.reveal()))
}

/// Apps show what is wrong beside each input.
fn by_field(error: service::Error) -> ApiError {
    match error {
        service::Error::Invalid(errors) => ApiError::Fields(errors),
        other => other.into(),
    }
}

fn new_member(settings: &Settings, form: forms::SignUp) -> Result<NewMember, ApiError> {
    let mut errors = Vec::new();
    let mut wrong = |field, code, message: &str| {
        errors.push(FieldError {
            field,
            code,
            message: message.into(),
        });
    };
    let filled = |text: &String| !text.trim().is_empty();

    let username = form.username.filter(filled);
    if username.is_none() {
        wrong("username", "ERR_BLANK", "can't be blank");
    }
    let username = username.and_then(|name| {
        let parsed = Username::for_member(name.trim());
        if parsed.is_err() {
            wrong(
                "username",
                "ERR_INVALID",
                "must contain only letters, numbers and underscores",
            );
        }
        parsed.ok()
    });
    let email = form.email.filter(filled);
    match email.as_deref() {
        None => wrong("email", "ERR_BLANK", "can't be blank"),
        Some(address) if !looks_like_an_address(address) => {
            wrong("email", "ERR_INVALID", "is not a valid e-mail address");
        }
        Some(_) => {}
    }
    let password = form.password.filter(|password| !password.is_empty());
    if password.is_none() {
        wrong("password", "ERR_BLANK", "can't be blank");
    }
    if form.agreement != Some(true) {
        wrong("agreement", "ERR_ACCEPTED", "must be accepted");
    }
    let reason = form.reason.filter(filled);
    if settings.registrations == Registrations::Approval && reason.is_none() {
        wrong("reason", "ERR_BLANK", "can't be blank");
    }

    let (Some(username), true) = (username, errors.is_empty()) else {
        return Err(ApiError::Fields(errors));
    };
    Ok(NewMember {
        username,
        email,
        password,
        role: Role::Member,
        confirmed: !settings.confirms_mail,
        approved: settings.registrations == Registrations::Open,
        locale: form
            .locale
            .filter(filled)
            .unwrap_or_else(|| "en".to_owned()),
        reason: reason.unwrap_or_default(),
    })
}

/// Something on both sides of one `@`, without spaces. Whether it is real shows when mail arrives.
fn looks_like_an_address(text: &str) -> bool {
    let Some((name, domain)) = text.split_once('@') else {
        return false;
    };
    !name.is_empty()
        && !domain.is_empty()
        && !domain.contains('@')
        && !text.contains(|character: char| character.is_whitespace() || character.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_other_words() {
        for address in ["a@club.example", "a.b+c@localhost"] {
            assert!(looks_like_an_address(address), "{address}");
        }
        for other in ["a", "@b", "a@", "a@b@c", "a b@c", "a@b\n"] {
            assert!(!looks_like_an_address(other), "{other}");
        }
    }
}
