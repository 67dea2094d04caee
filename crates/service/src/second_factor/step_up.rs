//! Proving, shortly before something that matters, that it is still the member who sits there.
//!
//! Voting and changing security settings ask for a proof within the last minutes: a second factor from whoever has
//! one, the password from whoever has none. Coming in counts, if everything the member has was shown.

use model::{
    SessionId,
    member::{Member, Session},
};
use time::{Duration, OffsetDateTime};

use super::{BrowserTie, check_code, factors, passkeys, tries, tries::Verdict};
use crate::{App, Error, Result, sign_in};

/// How long a proof lasts.
pub const LASTS: Duration = Duration::minutes(10);

/// Whether the member has proved to sit there within the last minutes.
pub fn is_stepped_up(session: &Session, now: OffsetDateTime) -> bool {
    session
        .stepped_up_at
        .is_some_and(|at| at <= now && now - at < LASTS)
}

/// The same as a refusal, for operations. `Forbidden` when there is no such proof.
pub fn require(session: &Session, now: OffsetDateTime) -> Result<()> {
    if is_stepped_up(session, now) {
        Ok(())
    } else {
        Err(Error::Forbidden(
            "Prove first that it is you who sits there".into(),
        ))
    }
}

/// What a member shows.
#[derive(Clone, Copy, Debug)]
pub enum Proof<'a> {
    /// The password, where there is no second factor.
    Password(&'a str),
    /// A code of an app, or a recovery code.
    Code(&'a str),
    /// The answer of a passkey.
    Passkey(BrowserTie<'a>, &'a str),
}

/// With what a member can prove it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Provable {
    /// With a second factor.
    SecondFactor {
        /// Whether codes are among it.
        codes: bool,
        /// Whether passkeys are.
        passkeys: bool,
    },
    /// With the password, which the organisation or this server checks.
    Password,
    /// Only by signing in again, where the organisation signs them in.
    SignInAgain,
}

/// With what this member can prove it.
pub async fn proves_with(app: &App, member: &Member) -> Result<Provable> {
    let account = member.account.id;
    let factors = factors(app, account).await?;
    if factors.any() {
        return Ok(Provable::SecondFactor {
            codes: factors.totp_since.is_some() || factors.recovery_codes > 0,
            passkeys: factors.passkeys > 0,
        });
    }
    let mut connection = app.db.acquire().await?;
    let links = db::identities::links_of(&mut connection, account).await?;
    let mut ways = app.ways.passwords.iter();
    let has_password = ways.any(|way| links.iter().any(|link| link.source == way.name()));
    Ok(if links.is_empty() || has_password {
        Provable::Password
    } else {
        Provable::SignInAgain
    })
}

/// Takes a proof, and remembers when it was given.
pub async fn step_up(
    app: &App,
    session: &Session,
    member: &Member,
    proof: Proof<'_>,
) -> Result<Verdict> {
    let account = member.account.id;
    let verdict = match proof {
        Proof::Code(code) => check_code(app, account, code).await?,
        Proof::Passkey(tie, answer) => {
            if passkeys::show_passkey(app, account, tie, answer).await? {
                Verdict::Right
            } else {
                Verdict::Wrong
            }
        }
        Proof::Password(password) => check_password(app, member, password).await?,
    };
    if verdict == Verdict::Right {
        note(app, session.id).await?;
    }
    Ok(verdict)
}

/// Notes that somebody has just come in with everything they have.
pub async fn came_in(app: &App, session: SessionId) -> Result<()> {
    note(app, session).await
}

/// A password proves nothing for whoever has something better.
async fn check_password(app: &App, member: &Member, password: &str) -> Result<Verdict> {
    let account = member.account.id;
    if proves_with(app, member).await? != Provable::Password {
        return Ok(Verdict::Wrong);
    }
    if let Some(seconds) = tries::count(app, account).await? {
        return Ok(Verdict::TooMany { seconds });
    }
    let is_right = match sign_in::is_password_of(app, account, password).await? {
        sign_in::Proof::Right => true,
        sign_in::Proof::Wrong => false,
        sign_in::Proof::Unavailable => {
            return Err(Error::Unavailable {
                what: "the organisation's sign-in",
                source: anyhow::anyhow!("no way of signing in could be asked"),
            });
        }
    };
    if !is_right {
        return Ok(Verdict::Wrong);
    }
    tries::forget(app, account).await?;
    Ok(Verdict::Right)
}

async fn note(app: &App, session: SessionId) -> Result<()> {
    let mut connection = app.db.acquire().await?;
    Ok(db::auth::session_stepped_up(&mut connection, session, app.clock.now()).await?)
}
