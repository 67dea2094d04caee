//! Being told by the provider that somebody has signed out (OpenID Connect Back-Channel Logout 1.0, 2.6).

use serde_json::Value;
use time::Duration;

use super::token::{Expected, SKEW, Untrue, Verified, check_common, moment};

/// The event that a logout token is about.
const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";
/// A token is taken for so long after it was issued: shorter than its id is remembered.
const FRESH: Duration = Duration::minutes(10);

/// Who has signed out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoggedOut {
    /// The token's own id.
    pub(super) id: String,
    /// The person.
    pub subject: Option<String>,
    /// The provider's name of the session that ended. Without one, all of them did.
    pub session: Option<String>,
}

/// Checks what a logout token says.
pub(super) fn check(token: &Verified, expected: &Expected<'_>) -> Result<LoggedOut, Untrue> {
    check_common(token, expected)?;
    let is_about_logout = token
        .claims
        .get("events")
        .and_then(|events| events.get(EVENT))
        .is_some_and(Value::is_object);
    // An ID token has a nonce: it must never pass for a logout token.
    if !is_about_logout || token.claims.contains_key("nonce") {
        return Err(Untrue::Kind);
    }
    let issued = moment(token, "iat").ok_or(Untrue::Early)?;
    if expected.now > issued + FRESH + SKEW {
        return Err(Untrue::Expired);
    }
    let text = |name| {
        token
            .text(name)
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
    };
    let logged_out = LoggedOut {
        id: text("jti").ok_or(Untrue::Id)?,
        subject: text("sub"),
        session: text("sid"),
    };
    if logged_out.subject.is_none() && logged_out.session.is_none() {
        return Err(Untrue::Subject);
    }
    Ok(logged_out)
}
