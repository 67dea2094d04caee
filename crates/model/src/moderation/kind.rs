//! What can be proposed.

use super::Target;

/// A kind of measure: class A of the guidelines, decided by a quorum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A member is told that something was wrong; nothing else happens.
    AccountWarn,
    /// All media of an account are hidden.
    AccountSensitive,
    /// They are not any more.
    AccountUnsensitive,
    /// A member cannot sign in.
    AccountFreeze,
    /// They can again.
    AccountUnfreeze,
    /// An account is left out of public places.
    AccountLimit,
    /// It is in them again.
    AccountUnlimit,
    /// Nothing of an account is shown, and nothing exchanged with it.
    AccountSuspend,
    /// It is there again.
    AccountUnsuspend,
    /// The data of a suspended account are deleted.
    AccountDeleteData,
    /// An account's picture is removed.
    AccountRemoveAvatar,
    /// An account's header is removed.
    AccountRemoveHeader,
    /// An account's biography and rows are emptied.
    AccountRemoveProfileText,
    /// An account's collection is removed.
    AccountRemoveCollection,
    /// Posts are taken away, here and elsewhere.
    StatusDelete,
    /// Posts are hidden here; nobody elsewhere is told.
    StatusHide,
    /// Posts that were taken away are shown again.
    StatusRestore,
    /// Media of posts are hidden.
    StatusSensitive,
    /// They are not any more.
    StatusUnsensitive,
    /// Media of posts are deleted for good.
    StatusDeleteMedia,
    /// Somebody who asked is let in.
    SignUpApprove,
    /// Somebody who asked is turned away.
    SignUpReject,
    /// There is a rule about a domain.
    DomainBlock,
    /// The rule about a domain is another.
    DomainChange,
    /// There is no rule about a domain any more.
    DomainUnblock,
    /// A domain may federate where only listed ones may.
    DomainAllow,
    /// It may not any more.
    DomainDisallow,
    /// Nothing is taken in from a domain for the moment.
    DomainPause,
    /// It is again.
    DomainResume,
    /// Everything of a suspended domain is deleted.
    DomainPurge,
    /// Nobody joins with a mail address at a domain.
    EmailDomainBlock,
    /// They may again.
    EmailDomainUnblock,
    /// Nobody joins with a mail address.
    EmailBlock,
    /// They may again.
    EmailUnblock,
    /// There is a rule about a range of IP addresses.
    IpBlock,
    /// It is another.
    IpChange,
    /// There is none any more.
    IpUnblock,
    /// Nobody joins with such a name.
    UsernameBlock,
    /// They may again.
    UsernameUnblock,
    /// A member's custom emoji is switched off.
    EmojiDisable,
    /// A member's custom emoji is removed.
    EmojiRemove,
    /// Something may trend.
    TrendAllow,
    /// It may not.
    TrendDeny,
    /// What a hashtag may do is changed.
    TagChange,
    /// The reports of a case are closed and nothing is done.
    ReportCloseNoAction,
    /// The reports of a case are forwarded to the account's server.
    ReportForward,
    /// Another's list of domains is subscribed to.
    BlocklistSubscribe,
    /// Posts are exchanged through a relay.
    RelayAdd,
    /// They are not any more.
    RelayRemove,
    /// Nobody can sign up.
    RegistrationsLock,
    /// They can again.
    RegistrationsUnlock,
    /// A field of a public entry of the log is taken away.
    LogRedact,
}

/// What each kind is. One line each: everything else is asked of this table.
struct Traits {
    kind: Kind,
    word: &'static str,
    /// Type of its targets.
    target: &'static str,
    undo: Option<Kind>,
    /// Mastodon's word for the strike, where a member gets one.
    strike: Option<&'static str>,
    flags: Flags,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Flags {
    Plain,
    /// Also allowed in an emergency.
    Emergency,
    /// Cannot be undone: waits before it is executed.
    Irreversible,
    /// This server cannot do it yet; the sentence says what is missing.
    Missing(&'static str),
}

const fn row(
    kind: Kind,
    word: &'static str,
    target: &'static str,
    undo: Option<Kind>,
    strike: Option<&'static str>,
    flags: Flags,
) -> Traits {
    Traits { kind, word, target, undo, strike, flags }
}

const NO_MEDIA: Flags = Flags::Missing("This server does not keep pictures or media of its own yet");
const NO_COLLECTIONS: Flags = Flags::Missing("This server has no collections yet");
const NO_EMOJI: Flags = Flags::Missing("This server has no custom emoji yet");
const NO_TRENDS: Flags = Flags::Missing("This server has no trends yet");
const NO_LISTS: Flags = Flags::Missing("This server does not subscribe to lists of domains yet");
const NO_RELAYS: Flags = Flags::Missing("This server does not use relays yet");

#[rustfmt::skip]
const TABLE: &[Traits] = {
    use Flags::{Emergency, Irreversible, Plain};
    use Kind::*;
    &[
        row(AccountWarn,              "account.warn",                "account",      None,                       Some("none"),      Plain),
        row(AccountSensitive,         "account.sensitive",           "account",      Some(AccountUnsensitive),   Some("sensitive"), Emergency),
        row(AccountUnsensitive,       "account.unsensitive",         "account",      Some(AccountSensitive),     None,              Plain),
        row(AccountFreeze,            "account.freeze",              "account",      Some(AccountUnfreeze),      Some("disable"),   Emergency),
        row(AccountUnfreeze,          "account.unfreeze",            "account",      Some(AccountFreeze),        None,              Plain),
        row(AccountLimit,             "account.limit",               "account",      Some(AccountUnlimit),       Some("silence"),   Emergency),
        row(AccountUnlimit,           "account.unlimit",             "account",      Some(AccountLimit),         None,              Plain),
        row(AccountSuspend,           "account.suspend",             "account",      Some(AccountUnsuspend),     Some("suspend"),   Emergency),
        row(AccountUnsuspend,         "account.unsuspend",           "account",      Some(AccountSuspend),       None,              Plain),
        row(AccountDeleteData,        "account.delete_data",         "account",      None,                       None,              Irreversible),
        row(AccountRemoveAvatar,      "account.remove_avatar",       "account",      None,                       None,              NO_MEDIA),
        row(AccountRemoveHeader,      "account.remove_header",       "account",      None,                       None,              NO_MEDIA),
        row(AccountRemoveProfileText, "account.remove_profile_text", "account",      None,                       Some("none"),      Plain),
        row(AccountRemoveCollection,  "account.remove_collection",   "account",      None,                       None,              NO_COLLECTIONS),
        row(StatusDelete,             "status.delete",               "status",       Some(StatusRestore),        Some("delete_statuses"), Plain),
        row(StatusHide,               "status.hide",                 "status",       Some(StatusRestore),        Some("delete_statuses"), Emergency),
        row(StatusRestore,            "status.restore",              "status",       Some(StatusHide),           None,              Plain),
        row(StatusSensitive,          "status.sensitive",            "status",       Some(StatusUnsensitive),    Some("mark_statuses_as_sensitive"), Emergency),
        row(StatusUnsensitive,        "status.unsensitive",          "status",       Some(StatusSensitive),      None,              Plain),
        row(StatusDeleteMedia,        "status.delete_media_permanently", "status",   None,                       None,              NO_MEDIA),
        row(SignUpApprove,            "signup.approve",              "account",      None,                       None,              Plain),
        row(SignUpReject,             "signup.reject",               "account",      None,                       None,              Plain),
        row(DomainBlock,              "domain.block",                "domain",       Some(DomainUnblock),        None,              Emergency),
        row(DomainChange,             "domain.change",               "domain",       None,                       None,              Plain),
        row(DomainUnblock,            "domain.unblock",              "domain",       None,                       None,              Plain),
        row(DomainAllow,              "domain.allow",                "domain",       Some(DomainDisallow),       None,              Plain),
        row(DomainDisallow,           "domain.disallow",             "domain",       Some(DomainAllow),          None,              Plain),
        row(DomainPause,              "domain.pause",                "domain",       Some(DomainResume),         None,              Emergency),
        row(DomainResume,             "domain.resume",               "domain",       Some(DomainPause),          None,              Plain),
        row(DomainPurge,              "domain.purge",                "domain",       None,                       None,              Irreversible),
        row(EmailDomainBlock,         "email_domain.block",          "email_domain", Some(EmailDomainUnblock),   None,              Plain),
        row(EmailDomainUnblock,       "email_domain.unblock",        "email_domain", None,                       None,              Plain),
        row(EmailBlock,               "email.block",                 "email",        Some(EmailUnblock),         None,              Plain),
        row(EmailUnblock,             "email.unblock",               "email",        Some(EmailBlock),           None,              Plain),
        row(IpBlock,                  "ip.block",                    "ip_range",     Some(IpUnblock),            None,              Emergency),
        row(IpChange,                 "ip.change",                   "ip_range",     None,                       None,              Plain),
        row(IpUnblock,                "ip.unblock",                  "ip_range",     None,                       None,              Plain),
        row(UsernameBlock,            "username.block",              "username",     Some(UsernameUnblock),      None,              Plain),
        row(UsernameUnblock,          "username.unblock",            "username",     None,                       None,              Plain),
        row(EmojiDisable,             "emoji.disable",               "emoji",        None,                       None,              NO_EMOJI),
        row(EmojiRemove,              "emoji.remove",                "emoji",        None,                       None,              NO_EMOJI),
        row(TrendAllow,               "trend.allow",                 "address",      Some(TrendDeny),            None,              NO_TRENDS),
        row(TrendDeny,                "trend.deny",                  "address",      Some(TrendAllow),           None,              NO_TRENDS),
        row(TagChange,                "tag.change",                  "tag",          None,                       None,              NO_TRENDS),
        row(ReportCloseNoAction,      "report.close_no_action",      "case",         None,                       None,              Plain),
        row(ReportForward,            "report.forward",              "case",         None,                       None,              Plain),
        row(BlocklistSubscribe,       "blocklist.subscribe",         "address",      None,                       None,              NO_LISTS),
        row(RelayAdd,                 "relay.add",                   "address",      Some(RelayRemove),          None,              NO_RELAYS),
        row(RelayRemove,              "relay.remove",                "address",      Some(RelayAdd),             None,              NO_RELAYS),
        row(RegistrationsLock,        "registrations.lock",          "server",       Some(RegistrationsUnlock),  None,              Emergency),
        row(RegistrationsUnlock,      "registrations.unlock",        "server",       Some(RegistrationsLock),    None,              Plain),
        row(LogRedact,                "log.redact",                  "entry",        None,                       None,              Plain),
    ]
};

impl Kind {
    /// Every kind, in the order of the guidelines.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.iter().map(|row| row.kind)
    }

    fn row(self) -> &'static Traits {
        TABLE
            .iter()
            .find(|row| row.kind == self)
            .expect("the table has a row for every kind")
    }

    /// The word in the database, the API and the log.
    pub fn as_str(self) -> &'static str {
        self.row().word
    }

    /// Reads the word that [`Self::as_str`] writes.
    pub fn from_word(word: &str) -> Option<Self> {
        TABLE.iter().find(|row| row.word == word).map(|row| row.kind)
    }

    /// Whether such a thing can be its target.
    pub fn is_about(self, target: &Target) -> bool {
        self.row().target == target.type_word()
    }

    /// The type of its targets, as in [`Target::type_word`].
    pub fn target_type(self) -> &'static str {
        self.row().target
    }

    /// The kind that undoes it, where one does without being told more.
    pub fn undo(self) -> Option<Self> {
        self.row().undo
    }

    /// Mastodon's word for the strike that a member gets.
    pub fn strike(self) -> Option<&'static str> {
        self.row().strike
    }

    /// Whether it waits before it is executed, since nothing brings back what it takes.
    pub fn is_irreversible(self) -> bool {
        self.row().flags == Flags::Irreversible
    }

    /// Whether one moderator may do it alone in an emergency.
    pub fn is_emergency_measure(self) -> bool {
        self.row().flags == Flags::Emergency
    }

    /// What this server lacks for it, as a sentence.
    pub fn lacks(self) -> Option<&'static str> {
        match self.row().flags {
            Flags::Missing(sentence) => Some(sentence),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_one_word_and_one_row() {
        let kinds: Vec<Kind> = Kind::all().collect();
        let mut unique = kinds.clone();
        unique.sort_unstable();
        unique.dedup();

        assert_eq!(unique.len(), kinds.len());
        for kind in kinds {
            assert_eq!(Kind::from_word(kind.as_str()), Some(kind));
        }
    }

    #[test]
    fn what_one_may_do_alone_can_be_undone() {
        for kind in Kind::all().filter(|kind| kind.is_emergency_measure()) {
            assert!(!kind.is_irreversible(), "{kind:?}");
            assert!(kind.undo().is_some(), "{kind:?}");
        }
    }
}
