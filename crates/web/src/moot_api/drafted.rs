//! From a form to a proposal.

use mastodon::forms::moot::NewProposal as Form;
use model::{
    StatusId,
    moderation::{
        Kind, Params,
        proposal::{MOST_TARGETS, Origin},
        report::{CaseId, Category, ReportId},
    },
};
use serde_json::Value;
use service::moderation::{propose::NewProposal, typed};

use crate::error::ApiError;

/// What the form proposes. What is left out is empty, and refused where it must not be.
pub(super) fn read(form: Form) -> Result<NewProposal, ApiError> {
    let kind = form
        .kind
        .as_deref()
        .and_then(Kind::from_word)
        .ok_or(wrong("Kind is not included in the list"))?;
    let params: Params = match form.params {
        Some(fields) => serde_json::from_value(Value::Object(fields))
            .map_err(|_| wrong("Params are not those of any measure"))?,
        None => Params::default(),
    };
    let texts = match form.targets {
        None if kind.target_type() == "server" => vec![String::new()],
        other => other.unwrap_or_default(),
    };
    if texts.len() > MOST_TARGETS {
        return Err(wrong("Targets are more than 500"));
    }
    let targets = texts
        .iter()
        .map(|text| typed::target(kind, text))
        .collect::<Result<_, _>>()?;
    let category = match form.category.as_deref() {
        None | Some("") => Category::Other,
        Some(word) => {
            Category::from_word(word).ok_or(wrong("Category is not included in the list"))?
        }
    };
    let is_from_outside = form.external_request.unwrap_or(false);
    Ok(NewProposal {
        kind,
        params,
        targets,
        case_id: form.case_id.map(CaseId::new),
        report_ids: form.report_ids.into_iter().map(ReportId::new).collect(),
        status_ids: form.status_ids.into_iter().map(StatusId::new).collect(),
        rule_ids: form
            .rule_ids
            .into_iter()
            .filter_map(|id| i32::try_from(id).ok())
            .collect(),
        category,
        reason_public: form.reason_public.unwrap_or_default(),
        reason_private: form.reason_private.unwrap_or_default(),
        notice_text: form.notice_text.unwrap_or_default(),
        origin: if is_from_outside {
            Origin::ExternalRequest
        } else {
            Origin::Api
        },
        without_recommendation: form.without_recommendation.unwrap_or(false),
    })
}

fn wrong(sentence: &'static str) -> ApiError {
    ApiError::invalid(format!("Validation failed: {sentence}"))
}
