//! Codes that people type: six digits of an app, or a recovery code. One field takes both.

use model::AccountId;

use super::{recovery, totp, tries, tries::Verdict};
use crate::{App, Result};

/// Digits of an app's code.
const DIGITS: usize = 6;

/// Takes a code of a member's app, or one of their recovery codes. Each is taken once (S42).
pub async fn check_code(app: &App, account: AccountId, typed: &str) -> Result<Verdict> {
    if let Some(seconds) = tries::count(app, account).await? {
        return Ok(Verdict::TooMany { seconds });
    }
    let code: String = typed
        .chars()
        .filter(|letter| !letter.is_whitespace() && *letter != '-')
        .take(100)
        .collect();
    let is_right = if is_of_app(&code) {
        totp::use_code(app, account, &code).await?
    } else {
        recovery::use_code(app, account, &code).await?
    };
    if !is_right {
        return Ok(Verdict::Wrong);
    }
    tries::forget(app, account).await?;
    Ok(Verdict::Right)
}

fn is_of_app(code: &str) -> bool {
    code.len() == DIGITS && code.bytes().all(|byte| byte.is_ascii_digit())
}
