//! A member reports somebody.

use axum::extract::State as Extract;
use mastodon::forms::CreateReport;
use model::{AccountId, Domain, StatusId, moderation::report::Category};
use service::moderation::reports::{self, NewReport};

use super::answer;
use crate::{
    State,
    error::{Answer, ApiError},
    extract::{Member, Params},
};

/// `POST /api/v1/reports`
pub(crate) async fn create(
    Extract(state): Extract<State>,
    member: Member,
    Params(form): Params<CreateReport>,
) -> Answer {
    let (target, new) = read(form)?;
    let new = NewReport {
        application_id: member.application_id,
        ..new
    };
    let reported = reports::create(&state.app, member.id, target, new).await?;
    answer(&state.renderer.report(&reported))
}

fn read(form: CreateReport) -> Result<(AccountId, NewReport), ApiError> {
    let target = form.account_id.unwrap_or_default();
    let target = target.parse().map_err(|_| ApiError::NotFound)?;
    // There are no collections here, so none of them is this account's.
    if form.collection_ids.is_some_and(|ids| !ids.is_empty()) {
        return Err(ApiError::NotFound);
    }
    let status_ids: Result<Vec<StatusId>, _> = form
        .status_ids
        .unwrap_or_default()
        .iter()
        .map(|id| id.parse())
        .collect();
    let category = match form.category.as_deref() {
        None | Some("") => None,
        Some(word) => Some(
            Category::from_word(word)
                .ok_or_else(|| ApiError::invalid(format!("'{word}' is not a valid category")))?,
        ),
    };
    // A rule that cannot be read is one that does not exist.
    let rule_ids = form.rule_ids.unwrap_or_default();
    let rule_ids = rule_ids.iter().map(|id| id.parse().unwrap_or(0)).collect();
    let domains = |names: Vec<String>| {
        let read = |name: &String| Domain::parse(name.trim()).ok();
        names.iter().filter_map(read).collect()
    };
    let new = NewReport {
        status_ids: status_ids.map_err(|_| ApiError::NotFound)?,
        comment: form.comment.unwrap_or_default(),
        category,
        rule_ids,
        forward: form.forward.unwrap_or(false),
        forward_to: form.forward_to_domains.map(domains),
        application_id: None,
    };
    Ok((target, new))
}

#[cfg(test)]
mod tests {
    use axum::response::IntoResponse;
    use http::StatusCode;

    use super::*;

    fn about(id: &str) -> CreateReport {
        CreateReport {
            account_id: Some(id.into()),
            ..CreateReport::default()
        }
    }

    #[test]
    fn a_form_becomes_a_report() {
        let form = CreateReport {
            status_ids: Some(vec!["5".into()]),
            category: Some("spam".into()),
            rule_ids: Some(vec!["1".into(), "x".into()]),
            forward: Some(true),
            forward_to_domains: Some(vec!["Peer.example".into(), "not a domain".into()]),
            ..about("7")
        };

        let (target, new) = read(form).unwrap();

        assert_eq!(target, AccountId::new(7));
        assert_eq!(new.status_ids, [StatusId::new(5)]);
        assert_eq!(new.category, Some(Category::Spam));
        assert_eq!(new.rule_ids, [1, 0]);
        assert_eq!(new.forward_to.map(|domains| domains.len()), Some(1));
    }

    #[test]
    fn nobody_and_nothing_are_not_found_and_an_unknown_sort_is_invalid() {
        let refused = |form| read(form).unwrap_err().into_response().status();
        let no_post = CreateReport {
            status_ids: Some(vec!["x".into()]),
            ..about("7")
        };
        let collection = CreateReport {
            collection_ids: Some(vec!["1".into()]),
            ..about("7")
        };
        let sort = CreateReport {
            category: Some("dull".into()),
            ..about("7")
        };

        assert_eq!(refused(CreateReport::default()), StatusCode::NOT_FOUND);
        assert_eq!(refused(no_post), StatusCode::NOT_FOUND);
        assert_eq!(refused(collection), StatusCode::NOT_FOUND);
        assert_eq!(refused(sort), StatusCode::UNPROCESSABLE_ENTITY);
    }
}
