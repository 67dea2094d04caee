//! Who may ask what: each route says it, and nothing is mounted that has not said it (S35).

use model::Scope;
use service::auth::Principal;

use crate::error::ApiError;

/// Who may use a route. Of several scopes any one is enough; a broader one contains it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Access {
    /// Anybody; but a token that is sent must be valid and have one of the scopes. Without scopes it
    /// is the same for all, and no token is looked at.
    Anybody(&'static [Scope]),
    /// Whoever holds a token, be it a member's or an app's own.
    Holder,
    /// An app on its own behalf.
    App(&'static [Scope]),
    /// A member.
    Member(&'static [Scope]),
    /// A member, also one who has not been let in yet.
    Newcomer(&'static [Scope]),
}

impl Access {
    /// Whether whoever holds `principal` may; it is `None` when no token was sent.
    pub(crate) fn check(self, principal: Option<&Principal>) -> Result<(), ApiError> {
        let Some(principal) = principal else {
            return match self {
                Self::Anybody(_) => Ok(()),
                Self::Holder | Self::App(_) | Self::Member(_) | Self::Newcomer(_) => {
                    Err(ApiError::InvalidToken)
                }
            };
        };
        let scopes = self.scopes();
        if !scopes.is_empty() && !scopes.iter().any(|scope| principal.scopes.allow(*scope)) {
            return Err(ApiError::MissingScope(scopes));
        }
        match (self, principal.account_id) {
            (Self::Member(_) | Self::Newcomer(_), None) => Err(ApiError::MemberNeeded),
            (Self::App(_), Some(_)) => Err(ApiError::AppNeeded),
            _ => Ok(()),
        }
    }

    /// Whether it matters who asks. Where it does not, an app whose token has ended can still learn
    /// what server this is.
    pub(super) fn asks_who(self) -> bool {
        !matches!(self, Self::Anybody([]))
    }

    /// The scopes of which one is needed; none when the route asks for none.
    pub(crate) fn scopes(self) -> &'static [Scope] {
        match self {
            Self::Anybody(scopes)
            | Self::App(scopes)
            | Self::Member(scopes)
            | Self::Newcomer(scopes) => scopes,
            Self::Holder => &[],
        }
    }
}

/// One's own account, also with the narrow scope that tells an app who one is and no more.
pub(super) const WHO_AM_I: &[Scope] = &[Scope::named("profile"), Scope::named("read:accounts")];
/// Who one is, and nothing besides.
pub(super) const PROFILE: &[Scope] = &[Scope::named("profile")];
pub(super) const READ_ACCOUNTS: &[Scope] = &[Scope::named("read:accounts")];
pub(super) const READ_BLOCKS: &[Scope] = &[Scope::named("read:blocks")];
pub(super) const READ_BOOKMARKS: &[Scope] = &[Scope::named("read:bookmarks")];
pub(super) const READ_FAVOURITES: &[Scope] = &[Scope::named("read:favourites")];
pub(super) const READ_FILTERS: &[Scope] = &[Scope::named("read:filters")];
pub(super) const READ_FOLLOWS: &[Scope] = &[Scope::named("read:follows")];
pub(super) const READ_LISTS: &[Scope] = &[Scope::named("read:lists")];
pub(super) const READ_MUTES: &[Scope] = &[Scope::named("read:mutes")];
pub(super) const READ_NOTIFICATIONS: &[Scope] = &[Scope::named("read:notifications")];
pub(super) const READ_SEARCH: &[Scope] = &[Scope::named("read:search")];
pub(super) const READ_STATUSES: &[Scope] = &[Scope::named("read:statuses")];
pub(super) const READ: &[Scope] = &[Scope::named("read")];
pub(super) const WRITE_ACCOUNTS: &[Scope] = &[Scope::named("write:accounts")];
pub(super) const WRITE_BOOKMARKS: &[Scope] = &[Scope::named("write:bookmarks")];
pub(super) const WRITE_FAVOURITES: &[Scope] = &[Scope::named("write:favourites")];
pub(super) const WRITE_FOLLOWS: &[Scope] = &[Scope::named("write:follows")];
pub(super) const WRITE_NOTIFICATIONS: &[Scope] = &[Scope::named("write:notifications")];
pub(super) const WRITE_STATUSES: &[Scope] = &[Scope::named("write:statuses")];
