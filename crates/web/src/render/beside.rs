//! What stands beside notifications that are about neither a person nor a post.

use std::collections::HashMap;

use mastodon::{AccountWarning, Appeal, Id, RelationshipSeveranceEvent, Timestamp};
use model::{
    NotificationGlimpse, NotificationId,
    moderation::appeal::{self, Stage},
};
use serde::Serialize;
use service::notifications::{Beside, Severance, Warning};

use super::Renderer;

/// A field of a notification, as it is printed: name and value.
pub(crate) type Extras = HashMap<NotificationId, String>;

impl Renderer {
    /// The field that each of these notifications has besides.
    pub(crate) fn extras(&self, found: &[NotificationGlimpse], beside: &Beside) -> Extras {
        found
            .iter()
            .filter_map(|glimpse| Some((glimpse.notification.id, self.extra(glimpse, beside)?)))
            .collect()
    }

    fn extra(&self, glimpse: &NotificationGlimpse, beside: &Beside) -> Option<String> {
        let one = &glimpse.notification;
        if let Some(id) = one.report_id {
            let reported = beside
                .reports
                .iter()
                .find(|reported| reported.report.id == id)?;
            return Some(field("report", &self.report(reported)));
        }
        if let Some(id) = one.strike_id {
            let warning = beside
                .warnings
                .iter()
                .find(|warning| warning.strike.id == id)?;
            return Some(field("moderation_warning", &self.warning(warning)));
        }
        let id = one.severance_id?;
        let severance = beside
            .severances
            .iter()
            .find(|severance| severance.id == id)?;
        Some(field("event", &event(severance)))
    }

    fn warning<'a>(&'a self, warning: &'a Warning) -> AccountWarning<'a> {
        let strike = &warning.strike;
        AccountWarning {
            id: Id(strike.id.get()),
            action: strike.action.as_str().into(),
            text: strike.text.as_str().into(),
            status_ids: strike.status_ids.iter().map(|id| Id(id.get())).collect(),
            created_at: Timestamp(strike.created_at),
            target_account: self.account(&warning.target),
            appeal: warning.appeal.as_ref().map(appeal),
        }
    }
}

fn appeal(appeal: &appeal::Appeal) -> Appeal<'_> {
    Appeal {
        text: appeal.text.as_str().into(),
        state: match appeal.stage {
            Stage::Moderators | Stage::Board => "pending",
            Stage::Overturned => "approved",
            Stage::Upheld => "rejected",
        },
    }
}

fn event(severance: &Severance) -> RelationshipSeveranceEvent<'_> {
    RelationshipSeveranceEvent {
        id: Id(severance.id),
        kind: severance.kind.as_str().into(),
        purged: true,
        target_name: severance.target_name.as_str().into(),
        followers_count: severance.followers,
        following_count: severance.following,
        created_at: Timestamp(severance.created_at),
    }
}

fn field(name: &str, entity: &impl Serialize) -> String {
    let entity = serde_json::to_string(entity).expect("entities are plain structs");
    format!(",\"{name}\":{entity}")
}
