//! What moderators' apps send. <https://docs.joinmastodon.org/methods/admin/>

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Paging, lenient};

/// Which accounts, in the first version of the call. <https://docs.joinmastodon.org/methods/admin/accounts/#v1>
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "Admin.ListAccountsV1")]
pub struct ListAccountsV1 {
    /// Only members; that is the usual.
    #[serde(deserialize_with = "lenient::flag")]
    pub local: Option<bool>,
    /// Only people of other servers.
    #[serde(deserialize_with = "lenient::flag")]
    pub remote: Option<bool>,
    /// Only those of this server.
    #[serde(deserialize_with = "lenient::text")]
    pub by_domain: Option<String>,
    /// Only those that are not suspended; that is the usual.
    #[serde(deserialize_with = "lenient::flag")]
    pub active: Option<bool>,
    /// Only members who wait to be let in.
    #[serde(deserialize_with = "lenient::flag")]
    pub pending: Option<bool>,
    /// Only frozen ones.
    #[serde(deserialize_with = "lenient::flag")]
    pub disabled: Option<bool>,
    /// Only those whose media are all hidden.
    #[serde(deserialize_with = "lenient::flag")]
    pub sensitized: Option<bool>,
    /// Only limited ones.
    #[serde(deserialize_with = "lenient::flag")]
    pub silenced: Option<bool>,
    /// Only suspended ones.
    #[serde(deserialize_with = "lenient::flag")]
    pub suspended: Option<bool>,
    /// The beginning of the name.
    #[serde(deserialize_with = "lenient::text")]
    pub username: Option<String>,
    /// The beginning of the display name.
    #[serde(deserialize_with = "lenient::text")]
    pub display_name: Option<String>,
    /// The beginning of the mail address. Needs a `reason`.
    #[serde(deserialize_with = "lenient::text")]
    pub email: Option<String>,
    /// An IP address; this server keeps none, so nobody is found.
    #[serde(deserialize_with = "lenient::text")]
    pub ip: Option<String>,
    /// Only moderators.
    #[serde(deserialize_with = "lenient::flag")]
    pub staff: Option<bool>,
    /// Why mail addresses are looked at; without it they are left out. Recorded.
    #[serde(deserialize_with = "lenient::text")]
    pub reason: Option<String>,
    /// Which page.
    #[serde(flatten)]
    pub paging: Paging,
}

/// Which accounts. <https://docs.joinmastodon.org/methods/admin/accounts/#v2>
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "Admin.ListAccounts")]
pub struct ListAccounts {
    /// `local` or `remote`.
    #[serde(deserialize_with = "lenient::text")]
    pub origin: Option<String>,
    /// `active`, `pending`, `disabled`, `silenced`, `suspended` or `sensitized`.
    #[serde(deserialize_with = "lenient::text")]
    pub status: Option<String>,
    /// `staff`: only moderators.
    #[serde(deserialize_with = "lenient::text")]
    pub permissions: Option<String>,
    /// Only those with one of these roles.
    #[serde(deserialize_with = "lenient::ids")]
    pub role_ids: Vec<i64>,
    /// Only those whom this member has invited; there are no invitations, so nobody is found.
    #[serde(deserialize_with = "lenient::text")]
    pub invited_by: Option<String>,
    /// The beginning of the name.
    #[serde(deserialize_with = "lenient::text")]
    pub username: Option<String>,
    /// The beginning of the display name.
    #[serde(deserialize_with = "lenient::text")]
    pub display_name: Option<String>,
    /// Only those of this server.
    #[serde(deserialize_with = "lenient::text")]
    pub by_domain: Option<String>,
    /// The beginning of the mail address. Needs a `reason`.
    #[serde(deserialize_with = "lenient::text")]
    pub email: Option<String>,
    /// An IP address; this server keeps none, so nobody is found.
    #[serde(deserialize_with = "lenient::text")]
    pub ip: Option<String>,
    /// Why mail addresses are looked at; without it they are left out. Recorded.
    #[serde(deserialize_with = "lenient::text")]
    pub reason: Option<String>,
    /// Which page.
    #[serde(flatten)]
    pub paging: Paging,
}

/// Looking at one thing that holds private data.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "Admin.Look")]
pub struct Look {
    /// Why private data are looked at; without it they are left out. Recorded.
    #[serde(deserialize_with = "lenient::text")]
    pub reason: Option<String>,
}

/// What is to be done about an account. <https://docs.joinmastodon.org/methods/admin/accounts/#action>
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "Admin.AccountAction")]
pub struct AccountAction {
    /// `none` (a warning), `sensitive`, `disable`, `silence` or `suspend`.
    #[serde(rename = "type", deserialize_with = "lenient::text")]
    pub kind: Option<String>,
    /// The report it answers.
    #[serde(deserialize_with = "lenient::number")]
    pub report_id: Option<i64>,
    /// A prepared text; this server has none.
    #[serde(deserialize_with = "lenient::text")]
    pub warning_preset_id: Option<String>,
    /// What the member is told.
    #[serde(deserialize_with = "lenient::text")]
    pub text: Option<String>,
    /// Whether the member is told by mail as well.
    #[serde(deserialize_with = "lenient::flag")]
    pub send_email_notification: Option<bool>,
}

/// Which reports. <https://docs.joinmastodon.org/methods/admin/reports/#get>
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "Admin.ListReports")]
pub struct ListReports {
    /// Only closed ones.
    #[serde(deserialize_with = "lenient::flag")]
    pub resolved: Option<bool>,
    /// Also open ones, beside closed ones.
    #[serde(deserialize_with = "lenient::flag")]
    pub unresolved: Option<bool>,
    /// Only by this account.
    #[serde(deserialize_with = "lenient::number")]
    pub account_id: Option<i64>,
    /// Only about this account.
    #[serde(deserialize_with = "lenient::number")]
    pub target_account_id: Option<i64>,
    /// Which page.
    #[serde(flatten)]
    pub paging: Paging,
}

/// Another category for a report. <https://docs.joinmastodon.org/methods/admin/reports/#update>
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "Admin.UpdateReport")]
pub struct UpdateReport {
    /// `spam`, `legal`, `violation`, `other`, or one of Moot's own.
    #[serde(deserialize_with = "lenient::text")]
    pub category: Option<String>,
    /// The rules that were broken.
    #[serde(deserialize_with = "lenient::ids")]
    pub rule_ids: Vec<i64>,
}

/// A list of rules about servers, mail or addresses.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "Admin.ListBlocks")]
pub struct ListBlocks {
    /// Also those that are only proposed.
    #[serde(deserialize_with = "lenient::flag")]
    pub include_proposed: Option<bool>,
    /// Which page.
    #[serde(flatten)]
    pub paging: Paging,
}

/// A rule about a server. <https://docs.joinmastodon.org/methods/admin/domain_blocks/#create>
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "Admin.DomainBlockForm")]
pub struct DomainBlock {
    /// The server.
    #[serde(deserialize_with = "lenient::text")]
    pub domain: Option<String>,
    /// `noop`, `silence` or `suspend`.
    #[serde(deserialize_with = "lenient::text")]
    pub severity: Option<String>,
    /// Its media are not fetched.
    #[serde(deserialize_with = "lenient::flag")]
    pub reject_media: Option<bool>,
    /// Its reports are not taken.
    #[serde(deserialize_with = "lenient::flag")]
    pub reject_reports: Option<bool>,
    /// For moderators.
    #[serde(deserialize_with = "lenient::text")]
    pub private_comment: Option<String>,
    /// For the public log.
    #[serde(deserialize_with = "lenient::text")]
    pub public_comment: Option<String>,
    /// Its name is shown in part only in public.
    #[serde(deserialize_with = "lenient::flag")]
    pub obfuscate: Option<bool>,
}

/// A server that may federate. <https://docs.joinmastodon.org/methods/admin/domain_allows/#create>
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "Admin.DomainAllowForm")]
pub struct DomainAllow {
    /// The server.
    #[serde(deserialize_with = "lenient::text")]
    pub domain: Option<String>,
}

/// A mail provider. <https://docs.joinmastodon.org/methods/admin/email_domain_blocks/#create>
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "Admin.EmailDomainBlockForm")]
pub struct EmailDomainBlock {
    /// The domain.
    #[serde(deserialize_with = "lenient::text")]
    pub domain: Option<String>,
    /// Somebody may still be let in by approval.
    #[serde(deserialize_with = "lenient::flag")]
    pub allow_with_approval: Option<bool>,
}

/// A mail address. <https://docs.joinmastodon.org/methods/admin/canonical_email_blocks/#create>
#[derive(Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "Admin.CanonicalEmailBlockForm")]
pub struct CanonicalEmailBlock {
    /// The address; only its hash is kept.
    #[serde(deserialize_with = "lenient::text")]
    pub email: Option<String>,
    /// Or the hash itself.
    #[serde(deserialize_with = "lenient::text")]
    pub canonical_email_hash: Option<String>,
}

impl std::fmt::Debug for CanonicalEmailBlock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CanonicalEmailBlock")
            .finish_non_exhaustive()
    }
}

/// A range of IP addresses. <https://docs.joinmastodon.org/methods/admin/ip_blocks/#create>
#[derive(Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "Admin.IpBlockForm")]
pub struct IpBlock {
    /// An address, or a range as CIDR.
    #[serde(deserialize_with = "lenient::text")]
    pub ip: Option<String>,
    /// `sign_up_requires_approval`, `sign_up_block` or `no_access`.
    #[serde(deserialize_with = "lenient::text")]
    pub severity: Option<String>,
    /// Why.
    #[serde(deserialize_with = "lenient::text")]
    pub comment: Option<String>,
    /// For how many seconds; 30 days when left out.
    #[serde(deserialize_with = "lenient::number")]
    pub expires_in: Option<i64>,
}

impl std::fmt::Debug for IpBlock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("IpBlock")
            .field("severity", &self.severity)
            .finish_non_exhaustive()
    }
}

/// Figures over a time. <https://docs.joinmastodon.org/methods/admin/measures/>
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "Admin.Figures")]
pub struct Figures {
    /// Which figures.
    #[serde(deserialize_with = "lenient::texts")]
    pub keys: Option<Vec<String>>,
    /// From this day on.
    #[serde(deserialize_with = "lenient::text")]
    pub start_at: Option<String>,
    /// To this day.
    #[serde(deserialize_with = "lenient::text")]
    pub end_at: Option<String>,
    /// How many parts of a dimension.
    #[serde(deserialize_with = "lenient::number")]
    pub limit: Option<i64>,
    /// `day` or `month`, for retention.
    #[serde(deserialize_with = "lenient::text")]
    pub frequency: Option<String>,
    /// Of one server: `instance_accounts[domain]`.
    #[serde(deserialize_with = "lenient::structure")]
    pub instance_accounts: Option<OfInstance>,
    /// `instance_media_attachments[domain]`.
    #[serde(deserialize_with = "lenient::structure")]
    pub instance_media_attachments: Option<OfInstance>,
    /// `instance_reports[domain]`.
    #[serde(deserialize_with = "lenient::structure")]
    pub instance_reports: Option<OfInstance>,
    /// `instance_statuses[domain]`.
    #[serde(deserialize_with = "lenient::structure")]
    pub instance_statuses: Option<OfInstance>,
    /// `instance_follows[domain]`.
    #[serde(deserialize_with = "lenient::structure")]
    pub instance_follows: Option<OfInstance>,
    /// `instance_followers[domain]`.
    #[serde(deserialize_with = "lenient::structure")]
    pub instance_followers: Option<OfInstance>,
    /// `instance_languages[domain]`.
    #[serde(deserialize_with = "lenient::structure")]
    pub instance_languages: Option<OfInstance>,
}

/// About which server.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "Admin.OfInstance")]
pub struct OfInstance {
    /// Its domain.
    #[serde(deserialize_with = "lenient::text")]
    pub domain: Option<String>,
}

#[cfg(test)]
mod tests {
    use serde_json::{from_value, json};

    use super::*;

    #[test]
    fn forms_in_a_log_show_neither_addresses_nor_hashes() {
        let mail: CanonicalEmailBlock = from_value(json!({"email": "a@club.example"})).unwrap();
        let ip: IpBlock = from_value(json!({"ip": "192.0.2.7", "severity": "no_access"})).unwrap();

        let logged = format!("{mail:?} {ip:?}");

        assert!(
            !logged.contains("club") && !logged.contains("192"),
            "{logged}"
        );
    }

    #[test]
    fn an_action_names_its_type_as_mastodon_does() {
        let action: AccountAction = from_value(
            json!({"type": "suspend", "report_id": "7", "send_email_notification": "false"}),
        )
        .unwrap();

        assert_eq!(action.kind.as_deref(), Some("suspend"));
        assert_eq!(action.report_id, Some(7));
        assert_eq!(action.send_email_notification, Some(false));
    }
}
