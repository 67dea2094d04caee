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
    Traits {
        kind,
        word,
        target,
        undo,
        strike,
        flags,
    }
}

const NO_MEDIA: Flags =
    Flags::Missing("This server does not keep pictures or media of its own yet");
const NO_COLLECTIONS: Flags = Flags::Missing("This server has no collections yet");
const NO_EMOJI: Flags = Flags::Missing("This server has no custom emoji yet");
const NO_TRENDS: Flags = Flags::Missing("This server has no trends yet");
const NO_LISTS: Flags = Flags::Missing("This server does not subscribe to lists of domains yet");
const NO_RELAYS: Flags = Flags::Missing("This server does not use relays yet");

#[rustfmt::skip]
const TABLE: &[Traits] = {
    use Flags::{Emergency, Irreversible, Plain};
    use Kind as K;
    &[
        row(K::AccountWarn,              "account.warn",                "account",      None,                       Some("none"),      Plain),
        row(K::AccountSensitive,         "account.sensitive",           "account",      Some(K::AccountUnsensitive),   Some("sensitive"), Emergency),
        row(K::AccountUnsensitive,       "account.unsensitive",         "account",      Some(K::AccountSensitive),     None,              Plain),
        row(K::AccountFreeze,            "account.freeze",              "account",      Some(K::AccountUnfreeze),      Some("disable"),   Emergency),
        row(K::AccountUnfreeze,          "account.unfreeze",            "account",      Some(K::AccountFreeze),        None,              Plain),
        row(K::AccountLimit,             "account.limit",               "account",      Some(K::AccountUnlimit),       Some("silence"),   Emergency),
        row(K::AccountUnlimit,           "account.unlimit",             "account",      Some(K::AccountLimit),         None,              Plain),
        row(K::AccountSuspend,           "account.suspend",             "account",      Some(K::AccountUnsuspend),     Some("suspend"),   Emergency),
        row(K::AccountUnsuspend,         "account.unsuspend",           "account",      Some(K::AccountSuspend),       None,              Plain),
        row(K::AccountDeleteData,        "account.delete_data",         "account",      None,                       None,              Irreversible),
        row(K::AccountRemoveAvatar,      "account.remove_avatar",       "account",      None,                       None,              NO_MEDIA),
        row(K::AccountRemoveHeader,      "account.remove_header",       "account",      None,                       None,              NO_MEDIA),
        row(K::AccountRemoveProfileText, "account.remove_profile_text", "account",      None,                       Some("none"),      Plain),
        row(K::AccountRemoveCollection,  "account.remove_collection",   "account",      None,                       None,              NO_COLLECTIONS),
        row(K::StatusDelete,             "status.delete",               "status",       Some(K::StatusRestore),        Some("delete_statuses"), Plain),
        row(K::StatusHide,               "status.hide",                 "status",       Some(K::StatusRestore),        Some("delete_statuses"), Emergency),
        row(K::StatusRestore,            "status.restore",              "status",       Some(K::StatusHide),           None,              Plain),
        row(K::StatusSensitive,          "status.sensitive",            "status",       Some(K::StatusUnsensitive),    Some("mark_statuses_as_sensitive"), Emergency),
        row(K::StatusUnsensitive,        "status.unsensitive",          "status",       Some(K::StatusSensitive),      None,              Plain),
        row(K::StatusDeleteMedia,        "status.delete_media_permanently", "status",   None,                       None,              NO_MEDIA),
        row(K::SignUpApprove,            "signup.approve",              "account",      None,                       None,              Plain),
        row(K::SignUpReject,             "signup.reject",               "account",      None,                       None,              Plain),
        row(K::DomainBlock,              "domain.block",                "domain",       Some(K::DomainUnblock),        None,              Emergency),
        row(K::DomainChange,             "domain.change",               "domain",       None,                       None,              Plain),
        row(K::DomainUnblock,            "domain.unblock",              "domain",       None,                       None,              Plain),
        row(K::DomainAllow,              "domain.allow",                "domain",       Some(K::DomainDisallow),       None,              Plain),
        row(K::DomainDisallow,           "domain.disallow",             "domain",       Some(K::DomainAllow),          None,              Plain),
        row(K::DomainPause,              "domain.pause",                "domain",       Some(K::DomainResume),         None,              Emergency),
        row(K::DomainResume,             "domain.resume",               "domain",       Some(K::DomainPause),          None,              Plain),
        row(K::DomainPurge,              "domain.purge",                "domain",       None,                       None,              Irreversible),
        row(K::EmailDomainBlock,         "email_domain.block",          "email_domain", Some(K::EmailDomainUnblock),   None,              Plain),
        row(K::EmailDomainUnblock,       "email_domain.unblock",        "email_domain", None,                       None,              Plain),
        row(K::EmailBlock,               "email.block",                 "email",        Some(K::EmailUnblock),         None,              Plain),
        row(K::EmailUnblock,             "email.unblock",               "email",        Some(K::EmailBlock),           None,              Plain),
        row(K::IpBlock,                  "ip.block",                    "ip_range",     Some(K::IpUnblock),            None,              Emergency),
        row(K::IpChange,                 "ip.change",                   "ip_range",     None,                       None,              Plain),
        row(K::IpUnblock,                "ip.unblock",                  "ip_range",     None,                       None,              Plain),
        row(K::UsernameBlock,            "username.block",              "username",     Some(K::UsernameUnblock),      None,              Plain),
        row(K::UsernameUnblock,          "username.unblock",            "username",     None,                       None,              Plain),
        row(K::EmojiDisable,             "emoji.disable",               "emoji",        None,                       None,              NO_EMOJI),
        row(K::EmojiRemove,              "emoji.remove",                "emoji",        None,                       None,              NO_EMOJI),
        row(K::TrendAllow,               "trend.allow",                 "address",      Some(K::TrendDeny),            None,              NO_TRENDS),
        row(K::TrendDeny,                "trend.deny",                  "address",      Some(K::TrendAllow),           None,              NO_TRENDS),
        row(K::TagChange,                "tag.change",                  "tag",          None,                       None,              NO_TRENDS),
        row(K::ReportCloseNoAction,      "report.close_no_action",      "case",         None,                       None,              Plain),
        row(K::ReportForward,            "report.forward",              "case",         None,                       None,              Plain),
        row(K::BlocklistSubscribe,       "blocklist.subscribe",         "address",      None,                       None,              NO_LISTS),
        row(K::RelayAdd,                 "relay.add",                   "address",      Some(K::RelayRemove),          None,              NO_RELAYS),
        row(K::RelayRemove,              "relay.remove",                "address",      Some(K::RelayAdd),             None,              NO_RELAYS),
        row(K::RegistrationsLock,        "registrations.lock",          "server",       Some(K::RegistrationsUnlock),  None,              Emergency),
        row(K::RegistrationsUnlock,      "registrations.unlock",        "server",       Some(K::RegistrationsLock),    None,              Plain),
        row(K::LogRedact,                "log.redact",                  "entry",        None,                       None,              Plain),
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
        TABLE
            .iter()
            .find(|row| row.word == word)
            .map(|row| row.kind)
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

    /// Whether an open proposal of the other kind about the same target is of no use once this one was executed.
    pub fn supersedes(self, other: Self) -> bool {
        const STRICTER: &[(Kind, &[Kind])] = &[
            (
                Kind::AccountSuspend,
                &[
                    Kind::AccountSuspend,
                    Kind::AccountWarn,
                    Kind::AccountSensitive,
                    Kind::AccountFreeze,
                    Kind::AccountLimit,
                ],
            ),
            (Kind::AccountLimit, &[Kind::AccountWarn]),
            (Kind::AccountFreeze, &[Kind::AccountWarn]),
            (
                Kind::StatusDelete,
                &[Kind::StatusDelete, Kind::StatusHide, Kind::StatusSensitive],
            ),
            (
                Kind::DomainPurge,
                &[Kind::DomainPurge, Kind::DomainBlock, Kind::DomainChange],
            ),
        ];
        self == other
            || STRICTER
                .iter()
                .any(|(kind, weaker)| *kind == self && weaker.contains(&other))
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
