//! The form in which a measure is written down: for proposals, amendments and emergencies alike.

use model::{
    Domain, Handle, StatusId,
    moderation::{
        Kind, Params, Target,
        params::{Comparison, DomainSeverity, IpSeverity},
        proposal::Origin,
        report::Category,
    },
};
use service::{
    FieldError, accounts,
    moderation::{ProposalView, board::documents, propose::NewProposal},
    statuses,
};

use super::{targets::Names, warnings};
use crate::{
    State,
    pages::{PageError, fields::Fields, measures},
};

/// Seconds of a day and of an hour, for how long an IP block lasts.
const HOUR: u32 = 60 * 60;

/// What somebody wrote, read.
pub(super) enum Read {
    /// It makes a measure.
    Measure(Box<NewProposal>),
    /// Fields are wrong: sentences.
    Problems(Vec<String>),
    /// The public reason should be looked at once more: sentences.
    Doubts(Vec<&'static str>),
}

/// What the template shows of the form.
pub(super) struct FormPart {
    pub(super) kind_word: &'static str,
    pub(super) kind_words: &'static str,
    pub(super) explained: &'static str,
    pub(super) target_label: &'static str,
    pub(super) target_hint: &'static str,
    pub(super) has_target: bool,
    pub(super) is_many: bool,
    pub(super) is_domain_rule: bool,
    pub(super) is_ip_rule: bool,
    pub(super) is_name_rule: bool,
    pub(super) is_mail_rule: bool,
    pub(super) is_redaction: bool,
    pub(super) has_notice: bool,
    pub(super) is_irreversible: bool,
    pub(super) categories: Vec<(&'static str, &'static str)>,
    pub(super) rules: Vec<RuleBox>,
    pub(super) filled: Fields,
}

pub(super) struct RuleBox {
    pub(super) number: i32,
    pub(super) text: String,
    pub(super) is_ticked: bool,
}

impl FormPart {
    /// The form of a kind, with what is filled in.
    pub(super) async fn new(
        state: &State,
        kind: Kind,
        filled: Fields,
        is_emergency: bool,
    ) -> Result<Self, PageError> {
        let (target_label, target_hint) = target_words(kind);
        let rules = rules(state).await?;
        let categories = Category::ALL
            .into_iter()
            .filter(|category| !is_emergency || category.is_an_emergency());
        Ok(Self {
            kind_word: kind.as_str(),
            kind_words: measures::kind(kind),
            explained: measures::explained(kind),
            target_label,
            target_hint,
            has_target: kind.target_type() != "server",
            is_many: matches!(kind.target_type(), "account" | "status" | "domain"),
            is_domain_rule: matches!(kind, Kind::DomainBlock | Kind::DomainChange),
            is_ip_rule: matches!(kind, Kind::IpBlock | Kind::IpChange),
            is_name_rule: kind == Kind::UsernameBlock,
            is_mail_rule: kind == Kind::EmailDomainBlock,
            is_redaction: kind == Kind::LogRedact,
            has_notice: kind.strike().is_some(),
            is_irreversible: kind.is_irreversible(),
            categories: categories
                .map(|category| (category.as_str(), measures::category(category)))
                .collect(),
            rules: rules
                .into_iter()
                .map(|(number, text)| RuleBox {
                    is_ticked: filled.has(&format!("rule-{number}")),
                    number,
                    text,
                })
                .collect(),
            filled,
        })
    }
}

/// A form that is opened from a case: what it is about follows from the kind, and the reported posts are cited.
pub(super) fn opened_from(kind: Kind, given: Fields) -> Fields {
    let posts: Vec<String> = given
        .get("posts")
        .split(',')
        .filter(|id| id.parse::<StatusId>().is_ok())
        .map(str::to_owned)
        .collect();
    let mut filled = given.with("send_mail", "on");
    match kind.target_type() {
        "status" if !posts.is_empty() => filled.with("targets", posts.join("\n")),
        "account" => {
            for id in posts {
                filled = filled.with(format!("status-{id}"), "on");
            }
            filled
        }
        _ => filled,
    }
}

/// Rules in force, by number.
pub(super) async fn rules(state: &State) -> Result<Vec<(i32, String)>, PageError> {
    let rules = documents::rules(&state.app).await?;
    Ok((1..).zip(rules).collect())
}

/// Reads a form. Nothing is decided here that the operation does not check again.
pub(super) async fn read(state: &State, kind: Kind, fields: &Fields) -> Result<Read, PageError> {
    let mut problems = Vec::new();
    let targets = match targets(state, kind, fields.get("targets")).await? {
        Ok(targets) => targets,
        Err(problem) => {
            problems.push(problem);
            Vec::new()
        }
    };
    let category = Category::from_word(fields.get("category")).unwrap_or_else(|| {
        problems.push("Say of what sort the trouble is.".to_owned());
        Category::Other
    });
    let reason = fields.get("reason_public");
    if reason.is_empty() {
        problems.push("The reason in the public log is missing.".to_owned());
    }
    if !problems.is_empty() {
        return Ok(Read::Problems(problems));
    }
    let doubts = warnings::in_public(reason);
    if !doubts.is_empty() && !fields.has("sure") {
        return Ok(Read::Doubts(doubts));
    }
    let numbers = |prefix| {
        fields
            .numbers(prefix)
            .into_iter()
            .filter_map(|number| i32::try_from(number).ok())
            .collect()
    };
    Ok(Read::Measure(Box::new(NewProposal {
        kind,
        params: params(kind, fields),
        targets,
        case_id: fields.get("case").parse().ok(),
        report_ids: Vec::new(),
        status_ids: fields
            .numbers("status-")
            .into_iter()
            .map(StatusId::from)
            .collect(),
        rule_ids: numbers("rule-"),
        category,
        reason_public: reason.to_owned(),
        reason_private: fields.get("reason_private").to_owned(),
        notice_text: fields.get("notice").to_owned(),
        origin: if fields.has("external") {
            Origin::ExternalRequest
        } else {
            Origin::Web
        },
        without_recommendation: fields.has("without_recommendation"),
    })))
}

/// The form of a proposal as it stands, to be amended.
pub(super) async fn of(state: &State, view: &ProposalView) -> Result<Fields, PageError> {
    let proposal = &view.proposal;
    let names = Names::of(state, &proposal.targets).await?;
    let targets: Vec<String> = proposal
        .targets
        .iter()
        .map(|target| match target {
            Target::Account(_) => names.line(state, target).words,
            other => other.key(),
        })
        .collect();
    let params = &proposal.params;
    let mut filled = Fields::default()
        .with("targets", targets.join("\n"))
        .with("category", proposal.category.as_str())
        .with("reason_public", proposal.reason_public.as_str())
        .with("reason_private", proposal.reason_private.as_str())
        .with("notice", proposal.notice_text.as_str());
    for id in &proposal.rule_ids {
        filled = filled.with(format!("rule-{id}"), "on");
    }
    for id in &proposal.status_ids {
        filled = filled.with(format!("status-{id}"), "on");
    }
    if let Some(case) = proposal.case_id {
        filled = filled.with("case", case.to_string());
    }
    if let Some(severity) = params.severity {
        filled = filled.with("severity", severity.as_str());
    }
    if let Some(severity) = params.ip_severity {
        filled = filled.with("ip_severity", severity.as_str());
    }
    if let Some(seconds) = params.expires_in {
        filled = filled.with("hours", (seconds / HOUR).to_string());
    }
    if let Some(comparison) = params.comparison {
        filled = filled.with("comparison", comparison.as_str());
    }
    if let Some(fields) = &params.fields {
        filled = filled.with("fields", fields.join(" "));
    }
    for (name, flag) in [
        ("reject_media", params.reject_media),
        ("reject_reports", params.reject_reports),
        ("obfuscate", params.obfuscate),
        ("allow_with_approval", params.allow_with_approval),
        ("send_mail", params.send_mail),
    ] {
        if flag == Some(true) {
            filled = filled.with(name, "on");
        }
    }
    Ok(filled)
}

/// What a refusal says, as sentences for the top of the form.
pub(super) fn sentences(error: &service::Error) -> Option<Vec<String>> {
    match error {
        service::Error::Invalid(fields) => Some(fields.iter().map(sentence).collect()),
        service::Error::Conflict(sentence) | service::Error::Forbidden(sentence) => {
            Some(vec![sentence.clone()])
        }
        _ => None,
    }
}

fn sentence(error: &FieldError) -> String {
    let field = match error.field {
        "reason_public" | "reason" => "The public reason",
        "reason_private" => "The reason for the moderators",
        "notice_text" | "notice" => "The notice",
        "targets" | "target" => "What it is about",
        other => return format!("{}: {}", other.replace('_', " "), error.message),
    };
    format!("{field} {}.", error.message)
}

fn params(kind: Kind, fields: &Fields) -> Params {
    let flag = |name: &str| Some(fields.has(name));
    Params {
        severity: match fields.get("severity") {
            "noop" => Some(DomainSeverity::Noop),
            "silence" => Some(DomainSeverity::Silence),
            "suspend" => Some(DomainSeverity::Suspend),
            _ => None,
        },
        reject_media: flag("reject_media"),
        reject_reports: flag("reject_reports"),
        obfuscate: flag("obfuscate"),
        ip_severity: match fields.get("ip_severity") {
            "sign_up_requires_approval" => Some(IpSeverity::SignUpRequiresApproval),
            "sign_up_block" => Some(IpSeverity::SignUpBlock),
            "no_access" => Some(IpSeverity::NoAccess),
            _ => None,
        },
        expires_in: fields
            .get("hours")
            .parse()
            .ok()
            .and_then(|hours: u32| hours.checked_mul(HOUR)),
        comparison: match fields.get("comparison") {
            "equals" => Some(Comparison::Equals),
            "contains" => Some(Comparison::Contains),
            _ => None,
        },
        allow_with_approval: flag("allow_with_approval"),
        fields: (kind == Kind::LogRedact).then(|| {
            fields
                .get("fields")
                .split([',', ' ', '\n', '\r'])
                .filter(|name| !name.is_empty())
                .map(str::to_owned)
                .collect()
        }),
        send_mail: kind.strike().is_some().then(|| fields.has("send_mail")),
    }
}

/// One target a line. The inner error is a sentence.
async fn targets(
    state: &State,
    kind: Kind,
    text: &str,
) -> Result<Result<Vec<Target>, String>, PageError> {
    if kind.target_type() == "server" {
        return Ok(Ok(vec![Target::Server]));
    }
    let mut targets = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match target(state, kind.target_type(), line).await? {
            Some(target) if targets.contains(&target) => {}
            Some(target) => targets.push(target),
            None => {
                return Ok(Err(format!(
                    "“{line}” is no {} that this server knows.",
                    measures::target_type(kind.target_type())
                )));
            }
        }
    }
    Ok(if targets.is_empty() {
        Err("Say what it is about.".to_owned())
    } else {
        Ok(targets)
    })
}

async fn target(state: &State, type_word: &str, line: &str) -> Result<Option<Target>, PageError> {
    Ok(match type_word {
        "account" => {
            let Ok(handle) = line.trim_start_matches('@').parse::<Handle>() else {
                return Ok(None);
            };
            match accounts::lookup(&state.app, &handle).await {
                Ok(account) => Some(Target::Account(account.id)),
                Err(service::Error::NotFound) => None,
                Err(error) => return Err(error.into()),
            }
        }
        "status" => post(state, line).await?.map(Target::Status),
        "domain" => Domain::parse(line).ok().map(Target::Domain),
        "email_domain" => Domain::parse(line)
            .ok()
            .map(|domain| Target::EmailDomain(domain.to_string())),
        "tag" => Some(Target::Tag(line.trim_start_matches('#').to_owned())),
        "emoji" => Some(Target::Emoji(line.trim_matches(':').to_owned())),
        other => Target::from_words(other, line),
    })
}

/// A post by its number, or by the address of its page here or where it came from.
async fn post(state: &State, line: &str) -> Result<Option<StatusId>, PageError> {
    if let Ok(id) = line.parse() {
        return Ok(Some(id));
    }
    let ours = line
        .strip_prefix(state.app.urls.base())
        .filter(|path| path.starts_with("/@"))
        .and_then(|path| path.rsplit('/').next()?.parse().ok());
    if let Some(id) = ours {
        return Ok(Some(id));
    }
    Ok(statuses::find_by_uri(&state.app, line).await?)
}

fn target_words(kind: Kind) -> (&'static str, &'static str) {
    match kind.target_type() {
        "account" => (
            "Which account?",
            "Handles like @name@server.example, one a line; up to 500.",
        ),
        "status" => (
            "Which posts?",
            "Their addresses or numbers, one a line; up to 500.",
        ),
        "domain" => (
            "Which server?",
            "Its domain; everything below it is meant, too. One a line.",
        ),
        "email_domain" => ("Which domain?", "What stands behind the @."),
        "email" => ("Which address?", "It is kept as a hash only."),
        "ip_range" => ("Which addresses?", "Like 192.0.2.0/24 or 2001:db8::/48."),
        "username" => (
            "Which names?",
            "A name or a part of one; look-alike spellings are meant, too.",
        ),
        "case" => ("Which case?", "Its number."),
        "entry" => ("Which entry?", "Its number in the public log."),
        "tag" => ("Which hashtag?", ""),
        "emoji" => ("Which emoji?", ""),
        _ => ("Which address?", ""),
    }
}
