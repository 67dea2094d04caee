//! What happens before every handler: the token is read, requests are counted, access is checked.

use axum::{
    extract::{Request, State as Extract},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, HeaderValue, Uri, header};
use model::AccountId;
use service::auth::{self, Principal};

use super::access::Access;
use crate::{
    State,
    error::ApiError,
    extract::{Caller, ClientAddress},
    limits::{self, Allowance, Rule, Who},
};

/// What guards one route.
#[derive(Clone)]
pub(super) struct Guard {
    pub(super) state: State,
    pub(super) access: Access,
    /// A limit of this route's own, beside those that all have.
    pub(super) rule: Option<&'static Rule>,
}

/// Lets a request through to its handler, or not.
pub(super) async fn stand(
    Extract(guard): Extract<Guard>,
    mut request: Request,
    next: Next,
) -> Response {
    let address = Who::at(ClientAddress::of(request.extensions()));
    let caller = if guard.access.asks_who() {
        guard.authenticate(request.headers()).await
    } else {
        Ok(None)
    };
    let principal = caller.as_ref().ok().and_then(Option::as_ref);

    let allowance = guard.count(principal, address, walks_a_list(request.uri()));
    if allowance.is_some_and(|allowance| !allowance.is_granted) {
        return told(ApiError::TooMany.into_response(), allowance);
    }
    let caller = caller.and_then(|principal| {
        guard.access.check(principal.as_ref())?;
        Ok(principal)
    });
    let principal = match caller {
        Ok(principal) => principal,
        Err(refusal) => return told(refusal.into_response(), allowance),
    };
    request.extensions_mut().insert(Caller(principal));
    let response = next.run(request).await;
    if !guard.access.asks_who() && response.headers().contains_key(header::CACHE_CONTROL) {
        // The same for all, and its handler has said for how long.
        return response;
    }
    told(response, allowance)
}

/// The token in `Bearer TOKEN`; the word may be written in any case (RFC 7235, section 2.1).
fn bearer(value: &str) -> Option<&str> {
    let (scheme, token) = value.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}

impl Guard {
    /// Reads the token. Only the Authorization header counts: tokens in addresses end up in logs, and
    /// the session's cookie must be of no use to a foreign page.
    async fn authenticate(&self, headers: &HeaderMap) -> Result<Option<Principal>, ApiError> {
        let Some(value) = headers.get(header::AUTHORIZATION) else {
            return Ok(None);
        };
        let bearer = value
            .to_str()
            .ok()
            .and_then(bearer)
            .ok_or(ApiError::InvalidToken)?;
        let app = &self.state.app;
        let principal = match self.access {
            Access::Newcomer(_) => auth::authenticate_newcomer(app, bearer).await?,
            _ => auth::authenticate(app, bearer).await?,
        };
        principal.map(Some).ok_or(ApiError::InvalidToken)
    }

    /// Counts the request under every rule that holds for it; tells the scarcest.
    fn count(
        &self,
        principal: Option<&Principal>,
        address: Who,
        walk: Option<Walk>,
    ) -> Option<Allowance> {
        let member = member_of(principal).map(Who::Member);
        let mut counted = Vec::with_capacity(4);
        match principal {
            Some(principal) => {
                counted.push((&limits::TOKEN, Who::Token(principal.token_id)));
                counted.extend(member.map(|member| (&limits::MEMBER, member)));
            }
            None => counted.push((&limits::ADDRESS, address)),
        }
        // Apps act for strangers: what they do is counted by where it comes from.
        counted.extend(self.rule.map(|rule| (rule, member.unwrap_or(address))));
        counted.extend(walk.map(|Walk| (&limits::PAGING, member.unwrap_or(address))));

        let now = self.state.app.clock.now();
        let take = |(rule, who): (&Rule, Who)| self.state.limits.take(rule, who, now);
        counted
            .into_iter()
            .filter_map(take)
            .reduce(Allowance::scarcer)
    }
}

/// A request for a further page of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Walk;

fn walks_a_list(uri: &Uri) -> Option<Walk> {
    let pairs = uri.query().unwrap_or_default().split('&');
    let mut borders = pairs
        .filter_map(|pair| pair.split_once('='))
        .filter(|(_, value)| !value.is_empty());
    borders
        .any(|(name, _)| matches!(name, "max_id" | "min_id" | "since_id"))
        .then_some(Walk)
}

fn member_of(principal: Option<&Principal>) -> Option<AccountId> {
    principal.and_then(|principal| principal.account_id)
}

/// What an answer says besides: nobody may keep it, since it may be for one member's eyes only (S38),
/// and how much the caller may still ask.
fn told(mut response: Response, allowance: Option<Allowance>) -> Response {
    let headers = response.headers_mut();
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, no-store"),
    );
    headers.insert(
        header::VARY,
        HeaderValue::from_static("Authorization, Origin"),
    );
    if let Some(allowance) = allowance {
        allowance.tell(headers);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn further_pages_are_told_from_first_ones() {
        let walks = |path: &'static str| walks_a_list(&Uri::from_static(path)).is_some();

        assert!(walks("/api/v1/timelines/home?limit=2&max_id=7"));
        assert!(!walks("/api/v1/timelines/home?limit=2&max_id="));
        assert!(!walks("/api/v1/timelines/home"));
    }

    #[test]
    fn only_bearer_tokens_are_read() {
        assert_eq!(bearer("Bearer abc"), Some("abc"));
        assert_eq!(bearer("bearer abc"), Some("abc"));
        assert_eq!(bearer("Basic YTpi"), None);
        assert_eq!(bearer("Bearer "), None);
        assert_eq!(bearer("abc"), None);
    }
}
