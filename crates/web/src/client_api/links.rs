//! Where the pages before and after this one are, told in the Link header (RFC 8288).

use std::convert::Infallible;

use axum::{
    extract::{FromRequestParts, OriginalUri},
    response::Response,
};
use http::{HeaderValue, Uri, header, request::Parts};
use model::Page;
use service::Listed;

use crate::State;

/// The address of the request, as the client knows it.
pub(crate) struct Here {
    base: String,
    uri: Uri,
}

impl FromRequestParts<State> for Here {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, Infallible> {
        let original = parts
            .extensions
            .get::<OriginalUri>()
            .map(|uri| uri.0.clone());
        let uri = original.unwrap_or_else(|| parts.uri.clone());
        Ok(Self {
            base: state.app.urls.base().to_owned(),
            uri,
        })
    }
}

/// The numbers at the borders of a page, newest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Borders {
    newest: i64,
    oldest: i64,
    count: usize,
}

impl Borders {
    /// Of a list that is paged by this number.
    pub(crate) fn of<T>(items: &[T], number: impl Fn(&T) -> i64) -> Option<Self> {
        let (first, last) = (items.first()?, items.last()?);
        Some(Self {
            newest: number(first),
            oldest: number(last),
            count: items.len(),
        })
    }

    /// Of a list with cursors of its own.
    pub(crate) fn of_listed<T>(items: &[Listed<T>]) -> Option<Self> {
        Self::of(items, |listed| listed.cursor)
    }
}

/// Mastodon's two customs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Custom {
    /// Newer entries are asked for upwards, without a gap, and there is always an older page until
    /// one is empty: entries may be hidden from the viewer.
    Timeline,
    /// As a timeline; there is an older page only if this one is full.
    List,
    /// Newer entries are asked for from the top; there is an older page only if this one is full.
    People,
}

impl Here {
    /// Tells the neighbours of a page. An empty page has none.
    pub(crate) fn link(
        &self,
        mut response: Response,
        custom: Custom,
        page: Page,
        borders: Option<Borders>,
    ) -> Response {
        let Some(borders) = borders else {
            return response;
        };
        let is_full = i64::try_from(borders.count).is_ok_and(|count| count >= page.limit);
        let mut links = Vec::with_capacity(2);
        if is_full || custom == Custom::Timeline {
            links.push(format!(
                "<{}>; rel=\"next\"",
                self.with("max_id", borders.oldest)
            ));
        }
        let newer = if custom == Custom::People {
            "since_id"
        } else {
            "min_id"
        };
        links.push(format!(
            "<{}>; rel=\"prev\"",
            self.with(newer, borders.newest)
        ));
        if let Ok(value) = HeaderValue::from_str(&links.join(", ")) {
            response.headers_mut().insert(header::LINK, value);
        }
        response
    }

    /// This address with another border; all else that was asked for is kept.
    fn with(&self, border: &str, id: i64) -> String {
        let asked = self.uri.query().unwrap_or_default();
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        for (key, value) in url::form_urlencoded::parse(asked.as_bytes()) {
            if !matches!(&*key, "max_id" | "since_id" | "min_id") {
                query.append_pair(&key, &value);
            }
        }
        query.append_pair(border, &id.to_string());
        format!("{}{}?{}", self.base, self.uri.path(), query.finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FULL: Option<Borders> = Some(Borders {
        newest: 9,
        oldest: 5,
        count: 2,
    });
    const HALF: Option<Borders> = Some(Borders {
        newest: 9,
        oldest: 9,
        count: 1,
    });

    fn linked(query: &str, custom: Custom, borders: Option<Borders>) -> Option<String> {
        let uri = format!("/api/v1/timelines/public?{query}").parse().unwrap();
        let here = Here {
            base: "https://social.club.example".into(),
            uri,
        };
        let response = here.link(Response::default(), custom, Page::newest(2), borders);
        response
            .headers()
            .get("link")
            .map(|value| value.to_str().unwrap().to_owned())
    }

    #[test]
    fn neighbours_keep_what_was_asked_for_and_move_the_border() {
        let link = linked(
            "limit=2&types[]=a&max_id=10&local=true",
            Custom::Timeline,
            FULL,
        )
        .unwrap();

        let at =
            "https://social.club.example/api/v1/timelines/public?limit=2&types%5B%5D=a&local=true";
        assert_eq!(
            link,
            format!("<{at}&max_id=5>; rel=\"next\", <{at}&min_id=9>; rel=\"prev\"")
        );
    }

    #[test]
    fn a_list_of_people_ends_with_the_first_page_that_is_not_full() {
        let link = linked("limit=2", Custom::People, HALF).unwrap();

        let at = "https://social.club.example/api/v1/timelines/public?limit=2";
        assert_eq!(link, format!("<{at}&since_id=9>; rel=\"prev\""));
    }

    #[test]
    fn a_timeline_ends_with_the_first_page_that_is_empty() {
        assert!(
            linked("", Custom::Timeline, HALF)
                .unwrap()
                .contains("rel=\"next\"")
        );
        assert_eq!(linked("", Custom::Timeline, None), None);
    }
}
