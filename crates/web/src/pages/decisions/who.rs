//! Whose decisions are shown.

use model::AccountId;

use super::HOME;
use crate::{
    pages::{PageError, second_factor::leading_to},
    session::{Browser, Leaver, LocalPath},
};

/// The member whom decisions are about.
pub(super) struct Concerned {
    pub(super) id: AccountId,
    /// They can do nothing else here but on the page on which one takes one's data along.
    pub(super) is_aside: bool,
    /// They have left the organisation; else it is a decision that keeps them out.
    pub(super) has_left: bool,
}

impl Concerned {
    /// Whoever sits there: a member, also one who may do nothing else here, or somebody who has left. Others are asked to
    /// sign in.
    pub(super) fn find(browser: &Browser, Leaver(leaver): Leaver) -> Result<Self, PageError> {
        if let Some(signed_in) = browser.sitting() {
            return Ok(Self {
                id: signed_in.member.account.id,
                is_aside: false,
                has_left: false,
            });
        }
        if let Some(leaver) = leaver {
            return Ok(Self {
                id: leaver.member.account.id,
                is_aside: true,
                has_left: leaver.member.left_at.is_some(),
            });
        }
        let then = LocalPath::parse(HOME).unwrap_or_else(LocalPath::front);
        Err(PageError::First(leading_to("/auth/sign_in", &then)))
    }
}
