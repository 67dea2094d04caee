//! How things are called.

use channels::Facts;
use model::moderation::{Kind, report::Category};
use serde_json::{Value, json};
use time::{
    Duration, OffsetDateTime, UtcOffset, format_description::BorrowedFormatItem,
    format_description::well_known::Rfc3339, macros::format_description,
};

const MOMENT: &[BorrowedFormatItem<'_>] =
    format_description!("[year]-[month]-[day] [hour]:[minute] UTC");

/// A category.
pub(super) const fn category(category: Category) -> &'static str {
    match category {
        Category::Spam => "Spam",
        Category::Legal => "Against the law",
        Category::Violation => "Against the rules",
        Category::Other => "Something else",
        Category::IllegalContent => "Illegal content",
        Category::PrivateData => "Private data disclosed",
        Category::Threat => "A threat",
        Category::Compromised => "An account in the wrong hands",
        Category::Attack => "An attack on the service",
        Category::ModeratorHarassment => "A moderator harassed",
    }
}

/// What is proposed, without saying of whom or what.
pub(super) const fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::AccountWarn => "Warn somebody",
        Kind::AccountSensitive => "Hide an account's media until asked for",
        Kind::AccountUnsensitive => "Show an account's media again",
        Kind::AccountFreeze => "Freeze an account",
        Kind::AccountUnfreeze => "Unfreeze an account",
        Kind::AccountLimit => "Limit an account",
        Kind::AccountUnlimit => "Lift an account's limit",
        Kind::AccountSuspend => "Suspend an account",
        Kind::AccountUnsuspend => "Lift an account's suspension",
        Kind::AccountDeleteData => "Delete an account's data for good",
        Kind::AccountRemoveAvatar => "Remove an account's picture",
        Kind::AccountRemoveHeader => "Remove an account's header",
        Kind::AccountRemoveProfileText => "Empty a profile's text",
        Kind::AccountRemoveCollection => "Remove a collection",
        Kind::StatusDelete => "Take posts away",
        Kind::StatusHide => "Hide posts",
        Kind::StatusRestore => "Show posts again",
        Kind::StatusSensitive => "Hide posts' media until asked for",
        Kind::StatusUnsensitive => "Show posts' media again",
        Kind::StatusDeleteMedia => "Delete posts' media for good",
        Kind::SignUpApprove => "Let somebody in",
        Kind::SignUpReject => "Turn somebody away",
        Kind::DomainBlock => "Block a server",
        Kind::DomainChange => "Change the rule about a server",
        Kind::DomainUnblock => "Unblock a server",
        Kind::DomainAllow => "Let a server federate",
        Kind::DomainDisallow => "Let a server federate no more",
        Kind::DomainPause => "Take nothing in from a server for now",
        Kind::DomainResume => "Take in from a server again",
        Kind::DomainPurge => "Delete everything of a server for good",
        Kind::EmailDomainBlock => "Block a domain of mail addresses",
        Kind::EmailDomainUnblock => "Unblock a domain of mail addresses",
        Kind::EmailBlock => "Block a mail address",
        Kind::EmailUnblock => "Unblock a mail address",
        Kind::IpBlock => "Block IP addresses",
        Kind::IpChange => "Change the rule about IP addresses",
        Kind::IpUnblock => "Unblock IP addresses",
        Kind::UsernameBlock => "Block user names",
        Kind::UsernameUnblock => "Unblock user names",
        Kind::EmojiDisable => "Switch an emoji off",
        Kind::EmojiRemove => "Remove an emoji",
        Kind::TrendAllow => "Let something trend",
        Kind::TrendDeny => "Keep something from trending",
        Kind::TagChange => "Change what a hashtag may do",
        Kind::ReportCloseNoAction => "Close a report without doing anything",
        Kind::ReportForward => "Forward a report to another server",
        Kind::BlocklistSubscribe => "Subscribe to a list of servers",
        Kind::RelayAdd => "Add a relay",
        Kind::RelayRemove => "Remove a relay",
        Kind::RegistrationsLock => "Lock registrations",
        Kind::RegistrationsUnlock => "Open registrations again",
        Kind::LogRedact => "Take a field of a public entry away",
    }
}

/// A small number in letters.
pub(super) fn number(number: usize) -> String {
    match number {
        1 => "one".into(),
        2 => "two".into(),
        3 => "three".into(),
        many => many.to_string(),
    }
}

/// For how long something has been so.
pub(super) fn age(age: Duration) -> String {
    if age < Duration::MINUTE {
        return "just now".into();
    }
    format!("for {}", span(age))
}

/// A length of time, in its largest unit and no more exactly than anybody wants to know.
pub(super) fn span(span: Duration) -> String {
    let (count, unit) = if span < Duration::hours(2) {
        (span.whole_minutes().max(0), "minute")
    } else if span < Duration::days(2) {
        (span.whole_hours(), "hour")
    } else {
        (span.whole_days(), "day")
    };
    match count {
        1 => format!("1 {unit}"),
        many => format!("{many} {unit}s"),
    }
}

/// An instant for people.
pub(super) fn moment(at: OffsetDateTime) -> String {
    at.to_offset(UtcOffset::UTC)
        .format(MOMENT)
        .expect("a time has all the parts of the format")
}

/// An instant for programs.
pub(super) fn instant(at: Option<OffsetDateTime>) -> Value {
    json!(at.and_then(|at| at.to_offset(UtcOffset::UTC).format(&Rfc3339).ok()))
}

/// Facts for programs.
pub(super) fn facts<const N: usize>(facts: [(&str, Value); N]) -> Facts {
    facts
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_of_time_is_told_in_its_largest_unit() {
        for (span, told) in [
            (Duration::seconds(5), "just now"),
            (Duration::seconds(61), "for 1 minute"),
            (Duration::minutes(119), "for 119 minutes"),
            (Duration::hours(2), "for 2 hours"),
            (Duration::hours(47), "for 47 hours"),
            (Duration::hours(49), "for 2 days"),
        ] {
            assert_eq!(age(span), told);
        }
    }
}
