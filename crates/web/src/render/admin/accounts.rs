//! Accounts as moderators see them.

use mastodon::{Id, Timestamp, admin};
use service::moderation::admin::AdminAccount;

use crate::render::{Renderer, accounts::role_of};

impl Renderer {
    /// An account as moderators see it.
    pub(crate) fn admin_account<'a>(&'a self, seen: &'a AdminAccount) -> admin::Account<'a> {
        let account = &seen.account;
        let member = seen.member.as_ref();
        let mut moot = self.note(&seen.pending);
        if seen.is_withheld {
            moot.withheld.push("email");
        }
        admin::Account {
            id: Id(account.id.get()),
            username: account.username.as_str().into(),
            domain: account.domain.as_ref().map(|domain| domain.as_str().into()),
            created_at: Timestamp(account.created_at),
            email: member.and_then(|member| super::super::optional(member.email.as_ref())),
            ip: None,
            confirmed: member.map(|member| member.confirmed_at.is_some()),
            suspended: account.is_suspended(),
            silenced: account.silenced_at.is_some(),
            sensitized: account.sensitised_at.is_some(),
            disabled: member.map(|member| member.disabled_at.is_some()),
            approved: member.map(|member| member.approved_at.is_some()),
            locale: member.map(|member| member.locale.as_str().into()),
            invite_request: member
                .map(|member| member.sign_up_reason.as_str())
                .filter(|reason| !reason.is_empty())
                .map(Into::into),
            created_by_application_id: member
                .and_then(|member| member.application_id)
                .map(|id| Id(id.get())),
            ips: Vec::new(),
            account: self.account(account),
            role: member.map(|_| role_of(seen.is_moderator, seen.is_on_board)),
            moot,
        }
    }
}
