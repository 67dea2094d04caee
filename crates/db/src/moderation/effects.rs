//! What follows in the rest of the server from the moderation state. Everything that writes for moderation asks for a warrant.

mod access;
mod accounts;
mod domains;
mod follows;
mod severances;
mod statuses;
mod strikes;

pub use access::{
    AccessRow, IpRule, free_id, ip_rule, ip_rules, is_email_blocked, no_moderator_since, put_email,
    put_email_domain, put_ip, put_username, remove_email, remove_email_domain, remove_ip,
    remove_username, rule_of_email_domain, rule_of_username,
};
pub use accounts::{
    admit, empty_account, empty_profile, end_account, has_pending_sign_up, keep_account,
    refill_profile, reject, set_frozen, settle_accounts,
};
pub use domains::{
    DomainRule, accounts_below, allow_domain, counts_below, disallow_domain, is_allowed, is_paused,
    pause, put_domain_rule, remove_domain_rule, resume, suspended_below,
};
pub use follows::{
    Cut, Direction, follows_with_members, forget_severed, restore_follows, sever_follows,
};
pub use severances::{Severance, insert_severance, remove_severances, severances};
pub use statuses::{
    MeasuredStatus, bury_if_removed, erase, expire_removed, mark_sensitive, measured,
    remove_status, restore_status, unmark_sensitive,
};
pub use strikes::{
    NewStrike, add_status, insert_strike, overrule, strike_of, strikes_by_ids, tell_of_severance,
    tell_of_strike,
};
