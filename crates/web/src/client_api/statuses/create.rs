//! Writing a post.

use axum::extract::State as Extract;
use http::{HeaderMap, StatusCode};
use mastodon::forms::CreateStatus;
use model::Viewer;
use service::statuses::{self, Draft};

use super::visibility;
use crate::{
    State,
    client_api::answer,
    error::{Answer, ApiError},
    extract::{Member, Params},
};

/// Longer keys are nobody's.
const LONGEST_KEY: usize = 255;

/// `POST /api/v1/statuses`
pub(crate) async fn create(
    Extract(state): Extract<State>,
    member: Member,
    headers: HeaderMap,
    Params(form): Params<CreateStatus>,
) -> Answer {
    let draft = Draft {
        application_id: member.application_id,
        idempotency_key: idempotency_key(&headers)?,
        ..draft(form)?
    };
    let is_reply = draft.in_reply_to.is_some();
    let view = statuses::create(&state.app, member.id, draft)
        .await
        .map_err(|error| match error {
            service::Error::NotFound if is_reply => nothing_to_answer(),
            other => other.into(),
        })?;
    answer(&state.renderer.status(&view, Viewer::Account(member.id)))
}

fn idempotency_key(headers: &HeaderMap) -> Result<Option<String>, ApiError> {
    let Some(value) = headers.get("idempotency-key") else {
        return Ok(None);
    };
    let key = value.to_str().ok().filter(|key| key.len() <= LONGEST_KEY);
    let key = key.ok_or(ApiError::Malformed(
        "The Idempotency-Key cannot be read".into(),
    ))?;
    Ok(Some(key.to_owned()).filter(|key| !key.is_empty()))
}

fn draft(form: CreateStatus) -> Result<Draft, ApiError> {
    refuse_what_would_be_lost(&form)?;
    let in_reply_to = form.in_reply_to_id.filter(|id| !id.is_empty());
    let in_reply_to = in_reply_to.map(|id| id.parse().map_err(|_| nothing_to_answer()));
    Ok(Draft {
        text: form.status.unwrap_or_default(),
        spoiler: form.spoiler_text.unwrap_or_default(),
        visibility: visibility(form.visibility.as_deref())?,
        sensitive: form.sensitive,
        language: form.language.filter(|code| !code.is_empty()),
        in_reply_to: in_reply_to.transpose()?,
        application_id: None,
        idempotency_key: None,
    })
}

/// A post without its poll, its pictures, its quote or its hour is another post than was written,
/// and one that mentions more people than its author allowed is worse. Better none.
fn refuse_what_would_be_lost(form: &CreateStatus) -> Result<(), ApiError> {
    let has = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.is_empty());
    let missing = if form
        .poll
        .as_ref()
        .is_some_and(|poll| poll.options.is_some())
    {
        "Polls"
    } else if form.media_ids.as_ref().is_some_and(|ids| !ids.is_empty()) {
        "Media attachments"
    } else if has(&form.quoted_status_id) {
        "Quotes"
    } else if has(&form.scheduled_at) {
        "Scheduled posts"
    } else if form.allowed_mentions.is_some() {
        "Lists of allowed mentions"
    } else {
        return Ok(());
    };
    Err(ApiError::invalid(format!(
        "Validation failed: {missing} are not supported by this server yet"
    )))
}

fn nothing_to_answer() -> ApiError {
    let sentence = "The post you are trying to reply to does not appear to exist.";
    ApiError::Refused(StatusCode::NOT_FOUND, sentence.into())
}

#[cfg(test)]
mod tests {
    use axum::response::IntoResponse;
    use mastodon::forms::Poll;
    use model::{StatusId, Visibility};

    use super::*;

    fn hello() -> CreateStatus {
        CreateStatus {
            status: Some("hello".into()),
            ..CreateStatus::default()
        }
    }

    fn refused(form: CreateStatus) -> StatusCode {
        draft(form).unwrap_err().into_response().status()
    }

    #[test]
    fn a_form_becomes_a_draft() {
        let form = CreateStatus {
            in_reply_to_id: Some("42".into()),
            visibility: Some("unlisted".into()),
            language: Some(String::new()),
            ..hello()
        };

        let draft = draft(form).unwrap();

        assert_eq!(draft.text, "hello");
        assert_eq!(draft.in_reply_to, Some(StatusId::new(42)));
        assert_eq!(draft.visibility, Some(Visibility::Unlisted));
        assert_eq!(draft.language, None);
    }

    #[test]
    fn a_post_is_not_published_without_what_belongs_to_it() {
        let poll = Poll {
            options: Some(vec!["a".into(), "b".into()]),
            ..Poll::default()
        };
        let forms = [
            CreateStatus {
                poll: Some(poll),
                ..hello()
            },
            CreateStatus {
                media_ids: Some(vec!["1".into()]),
                ..hello()
            },
            CreateStatus {
                quoted_status_id: Some("1".into()),
                ..hello()
            },
            CreateStatus {
                scheduled_at: Some("2030-01-01T00:00:00Z".into()),
                ..hello()
            },
            CreateStatus {
                allowed_mentions: Some(vec![]),
                ..hello()
            },
        ];

        for form in forms {
            assert_eq!(refused(form), StatusCode::UNPROCESSABLE_ENTITY);
        }
    }

    #[test]
    fn empty_lists_and_unnamed_polls_ask_for_nothing() {
        let form = CreateStatus {
            media_ids: Some(vec![]),
            poll: Some(Poll::default()),
            scheduled_at: Some(String::new()),
            ..hello()
        };

        assert!(draft(form).is_ok());
    }

    #[test]
    fn an_answer_to_no_post_is_not_found_and_an_unknown_audience_is_invalid() {
        let to_nothing = CreateStatus {
            in_reply_to_id: Some("x".into()),
            ..hello()
        };
        let to_whom = CreateStatus {
            visibility: Some("limited".into()),
            ..hello()
        };

        assert_eq!(refused(to_nothing), StatusCode::NOT_FOUND);
        assert_eq!(refused(to_whom), StatusCode::UNPROCESSABLE_ENTITY);
    }
}
