//! Searching for people, posts and hashtags.

use axum::extract::State as Extract;
use http::StatusCode;
use mastodon::forms;
use model::Viewer;
use service::search::{self, SearchKind, SearchQuery};

use super::{answer, page};
use crate::{
    State,
    error::{Answer, ApiError},
    extract::{Params, Visitor},
};

/// `GET /api/v2/search`
pub(super) async fn search(
    Extract(state): Extract<State>,
    Visitor(viewer): Visitor,
    Params(form): Params<forms::Search>,
) -> Answer {
    let query = query(viewer, form)?;
    let results = search::search(&state.app, viewer, &query).await?;
    answer(&state.renderer.search(&results, viewer))
}

/// Strangers may neither make this server ask others nor walk through all it knows.
fn query(viewer: Viewer, form: forms::Search) -> Result<SearchQuery, ApiError> {
    let resolve = form.resolve.unwrap_or(false);
    let for_members =
        |sentence: &'static str| Err(ApiError::Refused(StatusCode::UNAUTHORIZED, sentence.into()));
    let q = form.q.filter(|q| !q.trim().is_empty());
    let q = q.ok_or(ApiError::Malformed(
        "param is missing or the value is empty or invalid: q".into(),
    ))?;
    if [form.paging.limit, form.paging.offset]
        .into_iter()
        .flatten()
        .any(i64::is_negative)
    {
        let sentence = "Pagination values for `offset` and `limit` must be positive";
        return Err(ApiError::Malformed(sentence.into()));
    }
    if viewer == Viewer::Anybody && form.paging.offset.is_some() {
        return for_members("Search queries pagination is not supported without authentication");
    }
    if viewer == Viewer::Anybody && resolve {
        return for_members(
            "Search queries that resolve remote resources are not supported without authentication",
        );
    }
    Ok(SearchQuery {
        q,
        kind: form.kind.as_deref().and_then(kind),
        resolve,
        following: form.following.unwrap_or(false),
        limit: page::RESULTS.of(form.paging.limit),
        offset: form.paging.offset.unwrap_or(0),
    })
}

fn kind(word: &str) -> Option<SearchKind> {
    Some(match word {
        "accounts" => SearchKind::Accounts,
        "statuses" => SearchKind::Statuses,
        "hashtags" => SearchKind::Tags,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use axum::response::IntoResponse;
    use mastodon::forms::Paging;
    use model::AccountId;

    use super::*;

    fn form(q: &str) -> forms::Search {
        forms::Search {
            q: Some(q.into()),
            ..forms::Search::default()
        }
    }

    fn refused(viewer: Viewer, form: forms::Search) -> StatusCode {
        query(viewer, form).unwrap_err().into_response().status()
    }

    #[test]
    fn strangers_cannot_make_the_server_ask_others() {
        let asked = forms::Search {
            resolve: Some(true),
            ..form("@carol@peer.example")
        };

        assert_eq!(
            refused(Viewer::Anybody, asked.clone()),
            StatusCode::UNAUTHORIZED
        );
        assert!(
            query(Viewer::Account(AccountId::new(1)), asked)
                .unwrap()
                .resolve
        );
    }

    #[test]
    fn a_search_for_nothing_is_a_bad_request() {
        let backwards = Paging {
            limit: Some(-1),
            ..Paging::default()
        };

        assert_eq!(
            refused(Viewer::Anybody, form("  ")),
            StatusCode::BAD_REQUEST
        );
        assert_eq!(
            refused(
                Viewer::Anybody,
                forms::Search {
                    paging: backwards,
                    ..form("x")
                }
            ),
            StatusCode::BAD_REQUEST
        );
    }
}
