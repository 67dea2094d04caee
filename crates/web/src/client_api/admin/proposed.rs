//! Answers to calls that open a proposal or approve one.

use std::{convert::Infallible, fmt::Display};

use axum::{extract::FromRequestParts, response::Response};
use http::{HeaderName, HeaderValue, StatusCode, header, request::Parts};
use service::moderation::ProposalView;

use crate::{State, client_api::answer, error::Answer};

/// How somebody who opens a proposal wants to be answered (RFC 7240).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wish {
    /// As Mastodon answers, with what is so now.
    AsMastodon,
    /// With the proposal.
    Proposal,
}

impl<S: Send + Sync> FromRequestParts<S> for Wish {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let is_asked = parts
            .headers
            .get_all("prefer")
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split([',', ';']))
            .any(|wish| wish.trim().eq_ignore_ascii_case("respond-async"));
        Ok(if is_asked {
            Self::Proposal
        } else {
            Self::AsMastodon
        })
    }
}

impl Wish {
    /// The answer, where the proposal itself is wanted; nothing has to be looked up for it.
    pub(crate) fn granted(self, state: &State, view: &ProposalView) -> Option<Answer> {
        (self == Self::Proposal).then(|| {
            let mut response = answer(&state.renderer.proposal(view))?;
            *response.status_mut() = StatusCode::ACCEPTED;
            let applied = HeaderValue::from_static("respond-async");
            response.headers_mut().insert("preference-applied", applied);
            tell(state, view, &mut response);
            Ok(response)
        })
    }
}

/// Says in the headers which proposal was meant, and how far it has come.
pub(crate) fn tell(state: &State, view: &ProposalView, response: &mut Response) {
    let proposal = &view.proposal;
    let url = state.renderer.proposal_url(proposal.id);
    let headers = response.headers_mut();
    let mut say = |name: HeaderName, value: &dyn Display| {
        let value = HeaderValue::from_str(&value.to_string())
            .expect("numbers, words and addresses of ours are ASCII");
        headers.append(name, value);
    };
    say(HeaderName::from_static("moot-proposal"), &proposal.id);
    say(
        HeaderName::from_static("moot-proposal-state"),
        &proposal.state.as_str(),
    );
    say(
        HeaderName::from_static("moot-approvals"),
        &format_args!("{}/{}", view.approvals, view.needed),
    );
    say(header::LINK, &format_args!("<{url}>; rel=\"related\""));
}
