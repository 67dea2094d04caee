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
    pub(crate) fn asks_who(self) -> bool {
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
pub(crate) const WHO_AM_I: &[Scope] = &[Scope::named("profile"), Scope::named("read:accounts")];
/// Who one is, and nothing besides.
pub(crate) const PROFILE: &[Scope] = &[Scope::named("profile")];
pub(crate) const READ_ACCOUNTS: &[Scope] = &[Scope::named("read:accounts")];
pub(crate) const READ_BLOCKS: &[Scope] = &[Scope::named("read:blocks")];
pub(crate) const READ_BOOKMARKS: &[Scope] = &[Scope::named("read:bookmarks")];
pub(crate) const READ_FAVOURITES: &[Scope] = &[Scope::named("read:favourites")];
pub(crate) const READ_FILTERS: &[Scope] = &[Scope::named("read:filters")];
pub(crate) const READ_FOLLOWS: &[Scope] = &[Scope::named("read:follows")];
pub(crate) const READ_LISTS: &[Scope] = &[Scope::named("read:lists")];
pub(crate) const READ_MUTES: &[Scope] = &[Scope::named("read:mutes")];
pub(crate) const READ_NOTIFICATIONS: &[Scope] = &[Scope::named("read:notifications")];
pub(crate) const READ_SEARCH: &[Scope] = &[Scope::named("read:search")];
pub(crate) const READ_STATUSES: &[Scope] = &[Scope::named("read:statuses")];
pub(crate) const READ: &[Scope] = &[Scope::named("read")];
pub(crate) const WRITE_ACCOUNTS: &[Scope] = &[Scope::named("write:accounts")];
pub(crate) const WRITE_BOOKMARKS: &[Scope] = &[Scope::named("write:bookmarks")];
pub(crate) const WRITE_FAVOURITES: &[Scope] = &[Scope::named("write:favourites")];
pub(crate) const WRITE_FOLLOWS: &[Scope] = &[Scope::named("write:follows")];
pub(crate) const WRITE_NOTIFICATIONS: &[Scope] = &[Scope::named("write:notifications")];
pub(crate) const WRITE_REPORTS: &[Scope] = &[Scope::named("write:reports")];
pub(crate) const WRITE_STATUSES: &[Scope] = &[Scope::named("write:statuses")];
pub(crate) const ADMIN_READ: &[Scope] = &[Scope::named("admin:read")];
pub(crate) const ADMIN_WRITE: &[Scope] = &[Scope::named("admin:write")];
pub(crate) const ADMIN_READ_ACCOUNTS: &[Scope] = &[Scope::named("admin:read:accounts")];
pub(crate) const ADMIN_WRITE_ACCOUNTS: &[Scope] = &[Scope::named("admin:write:accounts")];
pub(crate) const ADMIN_READ_REPORTS: &[Scope] = &[Scope::named("admin:read:reports")];
pub(crate) const ADMIN_WRITE_REPORTS: &[Scope] = &[Scope::named("admin:write:reports")];
pub(crate) const ADMIN_READ_DOMAIN_BLOCKS: &[Scope] = &[Scope::named("admin:read:domain_blocks")];
pub(crate) const ADMIN_WRITE_DOMAIN_BLOCKS: &[Scope] = &[Scope::named("admin:write:domain_blocks")];
pub(crate) const ADMIN_READ_DOMAIN_ALLOWS: &[Scope] = &[Scope::named("admin:read:domain_allows")];
pub(crate) const ADMIN_WRITE_DOMAIN_ALLOWS: &[Scope] = &[Scope::named("admin:write:domain_allows")];
pub(crate) const ADMIN_READ_IP_BLOCKS: &[Scope] = &[Scope::named("admin:read:ip_blocks")];
pub(crate) const ADMIN_WRITE_IP_BLOCKS: &[Scope] = &[Scope::named("admin:write:ip_blocks")];
pub(crate) const ADMIN_READ_EMAIL_DOMAIN_BLOCKS: &[Scope] =
    &[Scope::named("admin:read:email_domain_blocks")];
pub(crate) const ADMIN_WRITE_EMAIL_DOMAIN_BLOCKS: &[Scope] =
    &[Scope::named("admin:write:email_domain_blocks")];
pub(crate) const ADMIN_READ_EMAIL_BLOCKS: &[Scope] =
    &[Scope::named("admin:read:canonical_email_blocks")];
pub(crate) const ADMIN_WRITE_EMAIL_BLOCKS: &[Scope] =
    &[Scope::named("admin:write:canonical_email_blocks")];
pub(crate) const ADMIN_READ_PROPOSALS: &[Scope] = &[Scope::named("admin:read:proposals")];
pub(crate) const ADMIN_WRITE_PROPOSALS: &[Scope] = &[Scope::named("admin:write:proposals")];
