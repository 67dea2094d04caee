//! Somebody asks to become a member.

use std::net::IpAddr;

use model::{
    Username, given_name,
    handle::UsernameError,
    instance::{Profile, Registrations},
    member::{Member, Role},
};

use super::create::{NewMember, create};
use crate::{
    App, Error, FieldError, Result,
    door::{self, Newcomer, Welcome},
};

const SHORTEST_PASSWORD: usize = 8;
const LONGEST_PASSWORD: usize = 128;
const LONGEST_REASON: usize = 420;

/// What somebody fills in.
#[derive(Clone)]
pub struct SignUp {
    /// The wished name.
    pub username: String,
    /// Address for mail.
    pub email: String,
    /// The password.
    pub password: String,
    /// They have read and accept the rules and terms.
    pub agreement: bool,
    /// Language, ISO 639.
    pub locale: String,
    /// Why they want to join; asked where somebody has to let them in.
    pub reason: String,
    /// From where they ask.
    pub address: Option<IpAddr>,
}

/// Takes a sign-up, as the server's registrations allow. `Invalid` names every field that is wrong.
///
/// Without mail no confirmation is asked: there is no way to give one.
pub async fn sign_up(app: &App, form: SignUp) -> Result<Member> {
    let registrations = door::registrations(app).await?;
    if registrations == Registrations::Closed {
        return Err(Error::Forbidden("This action is not allowed".into()));
    }
    let username = check(app, &form)?;
    let newcomer = Newcomer {
        username: username.as_str(),
        email: &form.email,
        address: form.address,
    };
    let mut connection = app.db.acquire().await?;
    let welcome = door::welcome(&mut connection, app, &newcomer).await?;
    drop(connection);
    let member = NewMember {
        username,
        email: Some(form.email),
        password: Some(form.password),
        role: Role::Member,
        confirmed: !app.settings.confirms_mail,
        approved: registrations == Registrations::Open && welcome == Welcome::AsEverybody,
        locale: form.locale,
        reason: form.reason,
    };
    create(app, member).await
}

fn check(app: &App, form: &SignUp) -> Result<Username> {
    let mut errors = Vec::new();
    let mut wrong = |field, code, message: &str| {
        errors.push(FieldError {
            field,
            code,
            message: message.into(),
        });
    };
    let username = match Username::for_member(&form.username) {
        Ok(username) => Some(username),
        Err(UsernameError::Empty) => {
            wrong("username", "ERR_BLANK", "can't be blank");
            None
        }
        Err(UsernameError::TooLong(_)) => {
            wrong(
                "username",
                "ERR_TOO_LONG",
                "is too long (maximum is 30 characters)",
            );
            None
        }
        Err(UsernameError::Characters) => {
            wrong(
                "username",
                "ERR_INVALID",
                "must contain only letters, numbers and underscores",
            );
            None
        }
    };
    if given_name::is_office(&form.username) && app.settings.profile != Profile::Test {
        wrong("username", "ERR_RESERVED", "is reserved");
    }
    if form.email.is_empty() {
        wrong("email", "ERR_BLANK", "can't be blank");
    }
    match form.password.chars().count() {
        0 => wrong("password", "ERR_BLANK", "can't be blank"),
        length if length < SHORTEST_PASSWORD => {
            wrong(
                "password",
                "ERR_TOO_SHORT",
                "is too short (minimum is 8 characters)",
            );
        }
        length if length > LONGEST_PASSWORD => {
            wrong(
                "password",
                "ERR_TOO_LONG",
                "is too long (maximum is 128 characters)",
            );
        }
        _ => {}
    }
    if !form.agreement {
        wrong("agreement", "ERR_ACCEPTED", "must be accepted");
    }
    if form.reason.chars().count() > LONGEST_REASON {
        wrong(
            "reason",
            "ERR_TOO_LONG",
            "is too long (maximum is 420 characters)",
        );
    }
    match username {
        Some(username) if errors.is_empty() => Ok(username),
        _ => Err(Error::Invalid(errors)),
    }
}
