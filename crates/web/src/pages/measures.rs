//! Measures, categories and the like, as pages name them.

use model::moderation::{
    Answer, Kind, Params,
    params::{Comparison, DomainSeverity, IpSeverity},
    proposal::{Origin, State},
    report::{Category, ReportOrigin},
    vote::AuthMethod,
};

use super::spans;

/// What is to be done, as an order: `Suspend`, `Block a domain`.
pub(super) fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::AccountWarn => "Warn",
        Kind::AccountSensitive => "Hide all media of",
        Kind::AccountUnsensitive => "Show media again of",
        Kind::AccountFreeze => "Freeze",
        Kind::AccountUnfreeze => "Unfreeze",
        Kind::AccountLimit => "Limit",
        Kind::AccountUnlimit => "End the limits of",
        Kind::AccountSuspend => "Suspend",
        Kind::AccountUnsuspend => "End the suspension of",
        Kind::AccountDeleteData => "Delete all data of",
        Kind::AccountRemoveAvatar => "Remove the avatar of",
        Kind::AccountRemoveHeader => "Remove the header of",
        Kind::AccountRemoveProfileText => "Empty the profile of",
        Kind::AccountRemoveCollection => "Remove a collection of",
        Kind::StatusDelete => "Delete",
        Kind::StatusHide => "Hide",
        Kind::StatusRestore => "Restore",
        Kind::StatusSensitive => "Hide the media of",
        Kind::StatusUnsensitive => "Show the media again of",
        Kind::StatusDeleteMedia => "Delete for good the media of",
        Kind::SignUpApprove => "Let in",
        Kind::SignUpReject => "Turn away",
        Kind::DomainBlock | Kind::IpBlock => "Block",
        Kind::DomainChange | Kind::IpChange => "Change the block of",
        Kind::DomainUnblock | Kind::IpUnblock => "Unblock",
        Kind::DomainAllow => "Allow",
        Kind::DomainDisallow => "Allow no more",
        Kind::DomainPause => "Take in nothing for now from",
        Kind::DomainResume => "Take in again from",
        Kind::DomainPurge => "Delete everything of",
        Kind::EmailDomainBlock => "Block the mail domain",
        Kind::EmailDomainUnblock => "Unblock the mail domain",
        Kind::EmailBlock => "Block a mail address",
        Kind::EmailUnblock => "Unblock a mail address",
        Kind::UsernameBlock => "Block user names like",
        Kind::UsernameUnblock => "Unblock user names like",
        Kind::EmojiDisable => "Switch off the emoji",
        Kind::EmojiRemove => "Remove the emoji",
        Kind::TrendAllow => "Let trend",
        Kind::TrendDeny => "Keep from trending",
        Kind::TagChange => "Change what may be done with",
        Kind::ReportCloseNoAction => "Close without action",
        Kind::ReportForward => "Forward to the other server",
        Kind::BlocklistSubscribe => "Subscribe to the list at",
        Kind::RelayAdd => "Use the relay",
        Kind::RelayRemove => "Stop using the relay",
        Kind::RegistrationsLock => "Let nobody sign up",
        Kind::RegistrationsUnlock => "Let people sign up again",
        Kind::LogRedact => "Take fields away from",
    }
}

/// What it does, in a sentence for whoever chooses.
pub(super) fn explained(kind: Kind) -> &'static str {
    match kind {
        Kind::AccountWarn => "The member is told what was wrong. Nothing else happens.",
        Kind::AccountSensitive | Kind::StatusSensitive => {
            "Media are hidden until somebody asks for them."
        }
        Kind::AccountUnsensitive | Kind::StatusUnsensitive => "Media are shown as before.",
        Kind::AccountFreeze => "The member cannot sign in or post. What is there stays.",
        Kind::AccountUnfreeze => "The member can sign in and post again.",
        Kind::AccountLimit => "Left out of public places; followers still see everything.",
        Kind::AccountUnlimit => "Shown in public places again.",
        Kind::AccountSuspend => {
            "Nothing of the account is shown, and nothing is exchanged with it."
        }
        Kind::AccountUnsuspend => "Shown and exchanged with as before.",
        Kind::AccountDeleteData => "For suspended accounts. Nothing brings the data back.",
        Kind::AccountRemoveProfileText => "Biography and rows of the profile are emptied.",
        Kind::StatusDelete => "Taken away here, and other servers are told.",
        Kind::StatusHide => "Taken away here; other servers are not told.",
        Kind::StatusRestore => "Shown again where it was taken away.",
        Kind::SignUpApprove => "Somebody who asked becomes a member.",
        Kind::SignUpReject => "Somebody who asked is refused.",
        Kind::DomainBlock => {
            "A rule about a server: its people are left out of public places, or everything of it is."
        }
        Kind::DomainChange | Kind::IpChange => "Another rule in place of the one there is.",
        Kind::DomainUnblock => "There is no rule about it any more.",
        Kind::DomainAllow => "Where only listed servers may federate.",
        Kind::DomainDisallow => "It is taken off the list.",
        Kind::DomainPause => "What it sends is turned away for now; it tries again later.",
        Kind::DomainResume => "What it sends is taken in again.",
        Kind::DomainPurge => "For suspended domains. Nothing brings it back.",
        Kind::EmailDomainBlock => "Nobody joins with an address there.",
        Kind::EmailBlock => "Nobody joins with it, however it is spelt.",
        Kind::EmailDomainUnblock | Kind::EmailUnblock => "People can join with it again.",
        Kind::IpBlock => "People at these addresses cannot join, or do nothing at all.",
        Kind::IpUnblock => "No rule about these addresses any more.",
        Kind::UsernameBlock => "Nobody new takes such a name, however it is spelt.",
        Kind::UsernameUnblock => "Such names can be taken again.",
        Kind::ReportCloseNoAction => {
            "The reports are closed and nothing is done. This takes two as well."
        }
        Kind::ReportForward => "The account's server gets a copy, without the reporter's name.",
        Kind::RegistrationsLock => "The form is closed for everybody.",
        Kind::RegistrationsUnlock => "The form is open as the settings say.",
        Kind::LogRedact => {
            "Value and salt of a public field are deleted; the entry stays, and its proofs hold."
        }
        Kind::AccountRemoveAvatar
        | Kind::AccountRemoveHeader
        | Kind::AccountRemoveCollection
        | Kind::StatusDeleteMedia
        | Kind::EmojiDisable
        | Kind::EmojiRemove
        | Kind::TrendAllow
        | Kind::TrendDeny
        | Kind::TagChange
        | Kind::BlocklistSubscribe
        | Kind::RelayAdd
        | Kind::RelayRemove => "",
    }
}

/// The headings under which kinds stand, with the type of target of each.
pub(super) const GROUPS: [(&str, &[&str]); 6] = [
    ("Accounts", &["account"]),
    ("Posts", &["status"]),
    ("Reports", &["case"]),
    ("Servers", &["domain", "address"]),
    (
        "Signing up",
        &["email_domain", "email", "ip_range", "username", "server"],
    ),
    ("The log, tags and emoji", &["entry", "tag", "emoji"]),
];

/// Of what sort the trouble is.
pub(super) fn category(category: Category) -> &'static str {
    match category {
        Category::Spam => "Spam",
        Category::Legal => "Against the law",
        Category::Violation => "Against the rules",
        Category::Other => "Something else",
        Category::IllegalContent => "Illegal content",
        Category::PrivateData => "Private data disclosed",
        Category::Threat => "Threat to a person",
        Category::Compromised => "Compromised account",
        Category::Attack => "Attack on the service",
        Category::ModeratorHarassment => "Harassment of a moderator",
    }
}

/// What whoever opens a case should be ready for, where it may be hard to see.
pub(super) fn content_warning(category: Category) -> Option<&'static str> {
    match category {
        Category::IllegalContent | Category::Legal => Some(
            "These posts were reported as illegal. They may show violence or abuse. You do not have to look at them alone, or at all: hand the case over if it is not for you today.",
        ),
        Category::Threat => Some("These posts were reported as threats to a person."),
        Category::PrivateData => Some(
            "These posts were reported for disclosing somebody's private data. Do not copy them.",
        ),
        Category::ModeratorHarassment => Some(
            "These posts were reported as harassment of a moderator. They may be about you or a colleague.",
        ),
        Category::Spam
        | Category::Violation
        | Category::Other
        | Category::Compromised
        | Category::Attack => None,
    }
}

/// How far a proposal has come.
pub(super) fn state(state: State) -> &'static str {
    match state {
        State::Draft => "draft",
        State::Open => "open",
        State::Approved => "cooling off",
        State::Provisional => "in force, to be ratified",
        State::Executed => "done",
        State::Failed => "failed, tried again",
        State::Rejected => "rejected",
        State::Expired => "expired",
        State::Withdrawn => "withdrawn",
        State::Superseded => "superseded",
        State::RolledBack => "rolled back",
        State::Discarded => "discarded",
    }
}

/// The badge of it.
pub(super) fn state_badge(state: State) -> &'static str {
    match state {
        State::Draft | State::Open => "open",
        State::Approved => "warn",
        State::Provisional | State::Failed => "urgent",
        State::Executed => "done",
        State::Rejected
        | State::Expired
        | State::Withdrawn
        | State::Superseded
        | State::RolledBack
        | State::Discarded => "off",
    }
}

/// What somebody has answered.
pub(super) fn answer(answer: Answer) -> &'static str {
    match answer {
        Answer::Approve => "approved",
        Answer::Object => "objected",
        Answer::Abstain => "abstained",
    }
}

/// The badge of it.
pub(super) fn answer_badge(answer: Answer) -> &'static str {
    match answer {
        Answer::Approve => "done",
        Answer::Object => "urgent",
        Answer::Abstain => "off",
    }
}

/// How a voter had proved who they are.
pub(super) fn method(method: AuthMethod) -> &'static str {
    match method {
        AuthMethod::SecondFactor => "with a second factor",
        AuthMethod::Passkey => "with a passkey",
        AuthMethod::App => "from an app",
        AuthMethod::ApiEffect => "from an app, by effect",
        AuthMethod::Board => "by decision of the board",
        AuthMethod::Test => "in a test",
    }
}

/// By which road a proposal came.
pub(super) fn origin(origin: Origin) -> &'static str {
    match origin {
        Origin::Web => "in the console",
        Origin::Api => "with an app",
        Origin::Cli => "by the operator",
        Origin::ExternalRequest => "on a request from outside",
        Origin::Subscription => "by a list that is subscribed to",
    }
}

/// Where a report came from.
pub(super) fn report_origin(origin: ReportOrigin) -> &'static str {
    match origin {
        ReportOrigin::Member => "a member",
        ReportOrigin::Remote => "another server",
        ReportOrigin::Moderator => "a moderator",
        ReportOrigin::Automatic => "this server",
    }
}

/// What a thing of this type is called.
pub(super) fn target_type(word: &str) -> &'static str {
    match word {
        "account" => "account",
        "status" => "post",
        "domain" => "server",
        "email_domain" => "mail domain",
        "email" => "mail address",
        "ip_range" => "IP addresses",
        "username" => "user name",
        "case" => "case",
        "entry" => "entry of the log",
        "tag" => "hashtag",
        "emoji" => "emoji",
        "address" => "address",
        "server" => "this server",
        "seat" => "seat",
        "board_member" => "board member",
        "setting" => "setting",
        "document" => "document",
        "strike" => "decision",
        "person" => "person",
        _ => "thing",
    }
}

/// What a measure does besides its kind, one sentence each.
pub(super) fn params(params: &Params) -> Vec<String> {
    let mut words = Vec::new();
    let mut say = |sentence: &str| words.push(sentence.to_owned());
    match params.severity {
        Some(DomainSeverity::Noop) => say("Nothing is blocked but what follows."),
        Some(DomainSeverity::Silence) => say("Its people are left out of public places."),
        Some(DomainSeverity::Suspend) => say("Nothing is exchanged with it."),
        None => {}
    }
    let set = |flag: Option<bool>| flag == Some(true);
    if set(params.reject_media) {
        say("Its media are not fetched.");
    }
    if set(params.reject_reports) {
        say("Its reports are not taken.");
    }
    if set(params.obfuscate) {
        say("Its name is shown in part only in public.");
    }
    match params.ip_severity {
        Some(IpSeverity::SignUpRequiresApproval) => {
            say("Whoever joins from there has to be let in.");
        }
        Some(IpSeverity::SignUpBlock) => say("Nobody joins from there."),
        Some(IpSeverity::NoAccess) => say("Nobody does anything from there."),
        None => {}
    }
    if let Some(seconds) = params.expires_in {
        say(&format!("It ends after {}.", spans::lasting(seconds)));
    }
    match params.comparison {
        Some(Comparison::Equals) => say("The whole name is compared."),
        Some(Comparison::Contains) => say("Any part of a name is compared."),
        None => {}
    }
    if set(params.allow_with_approval) {
        say("Somebody may still be let in by approval.");
    }
    if let Some(fields) = &params.fields {
        say(&format!("Fields: {}.", fields.join(", ")));
    }
    match params.send_mail {
        Some(true) => say("The member is told by mail as well."),
        Some(false) => say("The member is told here, and not by mail."),
        None => {}
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_stands_in_one_group_and_can_be_chosen_knowingly() {
        for one in Kind::all() {
            let groups = GROUPS
                .iter()
                .filter(|(_, types)| types.contains(&one.target_type()));
            assert_eq!(groups.count(), 1, "{one:?}");
            assert_eq!(explained(one).is_empty(), one.lacks().is_some(), "{one:?}");
            assert!(!kind(one).is_empty());
        }
    }
}
