//! The route table as others may read it: documentation, and tests that walk it.

use http::Method;
use model::Scope;

use super::access::Access;
use crate::openapi::Told;

/// One route of the client API and who may use it.
#[derive(Clone, Debug)]
pub struct RouteDescription {
    /// Its method.
    pub method: Method,
    /// Its path; moving parts stand in braces.
    pub path: &'static str,
    /// Who may use it.
    pub caller: Caller,
    /// The scopes of which a token needs one; none means that any token will do.
    pub scopes: &'static [Scope],
}

/// Who may use a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caller {
    /// Anybody; where scopes are named, a token that is sent must be valid and have one all the same.
    Anybody,
    /// Whoever holds a token.
    Holder,
    /// An app on its own behalf.
    App,
    /// A member.
    Member,
}

/// Every route of the client API.
pub fn routes() -> Vec<RouteDescription> {
    described().into_iter().map(|(route, _)| route).collect()
}

/// Every route, with what its description says besides.
pub(crate) fn described() -> Vec<(RouteDescription, Option<Told>)> {
    let describe = |route: &super::routes::Route| RouteDescription {
        method: route.method.clone(),
        path: route.path,
        caller: match route.access {
            Access::Anybody(_) => Caller::Anybody,
            Access::Holder => Caller::Holder,
            Access::App(_) => Caller::App,
            Access::Member(_) | Access::Newcomer(_) => Caller::Member,
        },
        scopes: route.access.scopes(),
    };
    super::routes::routes()
        .into_iter()
        .map(|route| (describe(&route), route.told))
        .collect()
}
