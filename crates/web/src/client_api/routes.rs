//! Every route of the client API, with who may use it.

use axum::{Router, handler::Handler, middleware::from_fn_with_state, routing::MethodRouter};
use http::Method;

use schemars::JsonSchema;

use super::{
    access::{
        Access::{self, Anybody, App, Holder, Member, Newcomer},
        PROFILE, READ, READ_ACCOUNTS, READ_BLOCKS, READ_BOOKMARKS, READ_FAVOURITES, READ_FILTERS,
        READ_FOLLOWS, READ_LISTS, READ_MUTES, READ_NOTIFICATIONS, READ_SEARCH, READ_STATUSES,
        WHO_AM_I, WRITE_ACCOUNTS, WRITE_BOOKMARKS, WRITE_FAVOURITES, WRITE_FOLLOWS,
        WRITE_NOTIFICATIONS, WRITE_REPORTS, WRITE_STATUSES,
    },
    accounts, admin, apps, custom_emojis, emails, follow_requests,
    guard::{self, Guard},
    instance, markers, none_yet, notifications, preferences, reports, search, statuses, timelines,
};
use crate::{
    State,
    limits::{self, Rule},
    moot_api,
    oauth::userinfo,
    openapi::Told,
};

/// One route. It has no handler without an access, and no way past the guard.
pub(crate) struct Route {
    /// Its method.
    pub(super) method: Method,
    /// Its path, in axum's way of writing.
    pub(super) path: &'static str,
    /// Who may use it.
    pub(super) access: Access,
    /// What its description says.
    pub(super) told: Option<Told>,
    rule: Option<&'static Rule>,
    handler: MethodRouter<State>,
}

impl Route {
    /// Puts the route, behind its guard, where requests find it.
    pub(super) fn mount(self, router: Router<State>, state: &State) -> Router<State> {
        tracing::trace!(method = %self.method, path = self.path, access = ?self.access, "Mounting a route");
        let guard = Guard {
            state: state.clone(),
            access: self.access,
            rule: self.rule,
        };
        let guarded = self
            .handler
            .route_layer(from_fn_with_state(guard, guard::stand));
        // Rails does not mind a slash at the end, and Mastodon.py writes one.
        router
            .route(&format!("{}/", self.path), guarded.clone())
            .route(self.path, guarded)
    }

    /// With a limit of its own.
    fn at_most(mut self, rule: &'static Rule) -> Self {
        self.rule = Some(rule);
        self
    }

    /// What it does, as a sentence for its description.
    pub(crate) fn told(mut self, summary: &'static str) -> Self {
        self.told = Some(Told::new(summary));
        self
    }

    /// The form it takes, for its description.
    pub(crate) fn takes<T: JsonSchema>(mut self) -> Self {
        self.told = self.told.map(Told::taking::<T>);
        self
    }

    /// The entity it answers with, for its description.
    pub(crate) fn gives<T: JsonSchema>(mut self) -> Self {
        self.told = self.told.map(Told::giving::<T>);
        self
    }

    /// It opens a proposal or approves one, for its description.
    pub(crate) fn proposes(mut self) -> Self {
        self.told = self.told.map(Told::proposing);
        self
    }
}

/// The table of contents. Paths that clash with a moving part come out right: fixed ones win.
pub(super) fn routes() -> Vec<Route> {
    let mut routes = members_routes();
    routes.extend(admin::routes());
    routes.extend(moot_api::routes());
    routes
}

/// What members' apps ask.
#[rustfmt::skip]
fn members_routes() -> Vec<Route> {
    vec![
        // Apps and who is signed in
        post("/api/v1/apps", Anybody(&[]), apps::create).at_most(&limits::REGISTER_APP),
        get("/api/v1/apps/verify_credentials", Holder, apps::verify_credentials),
        get("/oauth/userinfo", Member(PROFILE), userinfo::show),
        post("/oauth/userinfo", Member(PROFILE), userinfo::show),
        get("/api/v1/accounts/verify_credentials", Member(WHO_AM_I), accounts::credentials::show),
        patch("/api/v1/accounts/update_credentials", Member(WRITE_ACCOUNTS), accounts::credentials::update),
        get("/api/v1/preferences", Member(READ_ACCOUNTS), preferences::show),
        post("/api/v1/accounts", App(WRITE_ACCOUNTS), accounts::sign_up).at_most(&limits::SIGN_UP),
        post("/api/v1/emails/confirmations", Newcomer(WRITE_ACCOUNTS), emails::confirm_again).at_most(&limits::LETTER_READER),
        get("/api/v1/emails/check_confirmation", Newcomer(READ_ACCOUNTS), emails::is_confirmed),

        // Accounts
        get("/api/v1/accounts", Anybody(READ_ACCOUNTS), accounts::show::several),
        get("/api/v1/accounts/lookup", Anybody(READ_ACCOUNTS), accounts::show::lookup),
        get("/api/v1/accounts/search", Member(READ_ACCOUNTS), accounts::search),
        get("/api/v1/accounts/relationships", Member(READ_FOLLOWS), accounts::relationships),
        get("/api/v1/accounts/{id}", Anybody(READ_ACCOUNTS), accounts::show::one),
        get("/api/v1/accounts/{id}/statuses", Anybody(READ_STATUSES), accounts::statuses),
        get("/api/v1/accounts/{id}/followers", Anybody(READ_ACCOUNTS), accounts::follows::followers),
        get("/api/v1/accounts/{id}/following", Anybody(READ_ACCOUNTS), accounts::follows::following),
        post("/api/v1/accounts/{id}/follow", Member(WRITE_FOLLOWS), accounts::follow::follow).at_most(&limits::FOLLOW),
        post("/api/v1/accounts/{id}/unfollow", Member(WRITE_FOLLOWS), accounts::follow::unfollow),
        post("/api/v1/accounts/{id}/remove_from_followers", Member(WRITE_FOLLOWS), accounts::follow::remove_follower),
        get("/api/v1/follow_requests", Member(READ_FOLLOWS), follow_requests::list),
        post("/api/v1/follow_requests/{id}/authorize", Member(WRITE_FOLLOWS), follow_requests::authorize),
        post("/api/v1/follow_requests/{id}/reject", Member(WRITE_FOLLOWS), follow_requests::reject),

        // Statuses
        post("/api/v1/statuses", Member(WRITE_STATUSES), statuses::create).at_most(&limits::POST),
        get("/api/v1/statuses", Anybody(READ_STATUSES), statuses::show::several),
        get("/api/v1/statuses/{id}", Anybody(READ_STATUSES), statuses::show::one),
        put("/api/v1/statuses/{id}", Member(WRITE_STATUSES), statuses::edit).at_most(&limits::POST),
        delete("/api/v1/statuses/{id}", Member(WRITE_STATUSES), statuses::delete).at_most(&limits::DELETE),
        get("/api/v1/statuses/{id}/context", Anybody(READ_STATUSES), statuses::context),
        get("/api/v1/statuses/{id}/history", Anybody(READ_STATUSES), statuses::history),
        get("/api/v1/statuses/{id}/source", Member(READ_STATUSES), statuses::source),
        post("/api/v1/statuses/{id}/favourite", Member(WRITE_FAVOURITES), statuses::favourite::favourite),
        post("/api/v1/statuses/{id}/unfavourite", Member(WRITE_FAVOURITES), statuses::favourite::unfavourite),
        get("/api/v1/statuses/{id}/favourited_by", Anybody(READ_ACCOUNTS), statuses::favourite::by_whom),
        post("/api/v1/statuses/{id}/reblog", Member(WRITE_STATUSES), statuses::boost::boost).at_most(&limits::POST),
        post("/api/v1/statuses/{id}/unreblog", Member(WRITE_STATUSES), statuses::boost::unboost).at_most(&limits::DELETE),
        get("/api/v1/statuses/{id}/reblogged_by", Anybody(READ_ACCOUNTS), statuses::boost::by_whom),
        post("/api/v1/statuses/{id}/bookmark", Member(WRITE_BOOKMARKS), statuses::bookmark::bookmark),
        post("/api/v1/statuses/{id}/unbookmark", Member(WRITE_BOOKMARKS), statuses::bookmark::unbookmark),
        get("/api/v1/favourites", Member(READ_FAVOURITES), statuses::favourite::list),
        get("/api/v1/bookmarks", Member(READ_BOOKMARKS), statuses::bookmark::list),

        // Timelines
        get("/api/v1/timelines/home", Member(READ_STATUSES), timelines::home),
        get("/api/v1/timelines/public", Anybody(READ_STATUSES), timelines::public),
        get("/api/v1/timelines/tag/{hashtag}", Anybody(READ_STATUSES), timelines::tag),
        get("/api/v1/markers", Member(READ_STATUSES), markers::show),
        post("/api/v1/markers", Member(WRITE_STATUSES), markers::save),

        // Notifications
        get("/api/v1/notifications", Member(READ_NOTIFICATIONS), notifications::list),
        get("/api/v1/notifications/unread_count", Member(READ_NOTIFICATIONS), notifications::unread_count),
        get("/api/v1/notifications/{id}", Member(READ_NOTIFICATIONS), notifications::show),
        post("/api/v1/notifications/clear", Member(WRITE_NOTIFICATIONS), notifications::clear),
        post("/api/v1/notifications/{id}/dismiss", Member(WRITE_NOTIFICATIONS), notifications::dismiss),
        delete("/api/v1/notifications/{id}", Member(WRITE_NOTIFICATIONS), notifications::dismiss),

        // Reports
        post("/api/v1/reports", Member(WRITE_REPORTS), reports::create).at_most(&limits::REPORT),

        // Search
        get("/api/v2/search", Anybody(READ_SEARCH), search::search),

        // The server
        get("/api/v1/instance", Anybody(&[]), instance::show_v1),
        get("/api/v2/instance", Anybody(&[]), instance::show),
        get("/api/v1/instance/peers", Anybody(&[]), instance::peers),
        get("/api/v1/instance/domain_blocks", Anybody(&[]), instance::domain_blocks),
        get("/api/v1/instance/rules", Anybody(&[]), instance::rules),
        get("/api/v1/instance/extended_description", Anybody(&[]), instance::extended_description),
        get("/api/v1/instance/privacy_policy", Anybody(&[]), instance::privacy_policy),
        get("/api/v1/instance/terms_of_service", Anybody(&[]), instance::terms_of_service),
        get("/api/v1/instance/terms_of_service/{date}", Anybody(&[]), instance::terms_of_service_of),
        get("/api/v1/instance/translation_languages", Anybody(&[]), none_yet::map),
        get("/api/v1/custom_emojis", Anybody(&[]), custom_emojis::list),

        // Lists of what nobody can have yet, which apps ask for when they start
        get("/api/v1/announcements", Member(&[]), none_yet::list),
        get("/api/v1/blocks", Member(READ_BLOCKS), none_yet::list),
        get("/api/v1/domain_blocks", Member(READ_BLOCKS), none_yet::list),
        get("/api/v1/endorsements", Member(READ_ACCOUNTS), none_yet::list),
        get("/api/v1/featured_tags", Member(READ_ACCOUNTS), none_yet::list),
        get("/api/v1/filters", Member(READ_FILTERS), none_yet::list),
        get("/api/v2/filters", Member(READ_FILTERS), none_yet::list),
        get("/api/v1/followed_tags", Member(READ_FOLLOWS), none_yet::list),
        get("/api/v1/lists", Member(READ_LISTS), none_yet::list),
        get("/api/v1/accounts/{id}/lists", Member(READ_LISTS), none_yet::list),
        get("/api/v1/accounts/{id}/featured_tags", Anybody(READ_ACCOUNTS), none_yet::list),
        get("/api/v1/mutes", Member(READ_MUTES), none_yet::list),
        get("/api/v1/scheduled_statuses", Member(READ_STATUSES), none_yet::list),
        get("/api/v1/suggestions", Member(READ), none_yet::list),
        get("/api/v2/suggestions", Member(READ), none_yet::list),
        get("/api/v1/trends/tags", Anybody(&[]), none_yet::list),
        get("/api/v1/trends/statuses", Anybody(&[]), none_yet::list),
        get("/api/v1/trends/links", Anybody(&[]), none_yet::list),
    ]
}

fn route<H: Handler<T, State>, T: 'static>(
    method: Method,
    path: &'static str,
    access: Access,
    handler: H,
) -> Route {
    let filter = method
        .clone()
        .try_into()
        .expect("only the methods below are used");
    Route {
        method,
        path,
        access,
        told: None,
        rule: None,
        handler: axum::routing::on(filter, handler),
    }
}

pub(crate) fn get<H: Handler<T, State>, T: 'static>(
    path: &'static str,
    access: Access,
    handler: H,
) -> Route {
    route(Method::GET, path, access, handler)
}

pub(crate) fn post<H: Handler<T, State>, T: 'static>(
    path: &'static str,
    access: Access,
    handler: H,
) -> Route {
    route(Method::POST, path, access, handler)
}

pub(crate) fn put<H: Handler<T, State>, T: 'static>(
    path: &'static str,
    access: Access,
    handler: H,
) -> Route {
    route(Method::PUT, path, access, handler)
}

fn patch<H: Handler<T, State>, T: 'static>(
    path: &'static str,
    access: Access,
    handler: H,
) -> Route {
    route(Method::PATCH, path, access, handler)
}

pub(crate) fn delete<H: Handler<T, State>, T: 'static>(
    path: &'static str,
    access: Access,
    handler: H,
) -> Route {
    route(Method::DELETE, path, access, handler)
}

#[cfg(test)]
mod tests {
    use model::{AccountId, Scopes, TokenId};
    use service::auth::Principal;
    use time::OffsetDateTime;

    use super::*;
    use crate::error::ApiError;

    fn principal(account_id: Option<AccountId>, scopes: &str) -> Principal {
        Principal {
            token_id: TokenId::new(1),
            application_id: None,
            account_id,
            scopes: scopes.parse().unwrap(),
            created_at: OffsetDateTime::UNIX_EPOCH,
        }
    }

    fn member(scopes: &str) -> Principal {
        principal(Some(AccountId::new(1)), scopes)
    }

    /// Every scope, broad or narrow, that does not allow what the route needs.
    fn wrong_scopes(needed: &[model::Scope]) -> Vec<&'static str> {
        let all = [
            "profile",
            "read",
            "write",
            "follow",
            "push",
            "read:accounts",
            "read:blocks",
            "read:bookmarks",
            "read:favourites",
            "read:filters",
            "read:follows",
            "read:lists",
            "read:mutes",
            "read:notifications",
            "read:search",
            "read:statuses",
            "write:accounts",
            "write:bookmarks",
            "write:favourites",
            "write:follows",
            "write:media",
            "write:notifications",
            "write:reports",
            "write:statuses",
            "admin:read",
            "admin:read:accounts",
            "admin:read:reports",
            "admin:read:proposals",
            "admin:read:domain_blocks",
            "admin:write",
            "admin:write:accounts",
            "admin:write:reports",
            "admin:write:proposals",
            "admin:write:domain_blocks",
        ];
        let is_wrong = |scopes: &&str| {
            let scopes: Scopes = scopes.parse().unwrap();
            !needed.iter().any(|scope| scopes.allow(*scope))
        };
        all.into_iter().filter(is_wrong).collect()
    }

    // S35: each route, asked by nobody, with each wrong scope, and with the wrong kind of token.
    #[test]
    fn every_route_refuses_every_wrong_caller() {
        for route in routes() {
            let name = format!("{} {}", route.method, route.path);
            let needed = route.access.scopes();

            if !matches!(route.access, Anybody(_)) {
                let refusal = route.access.check(None);
                assert!(
                    matches!(refusal, Err(ApiError::InvalidToken)),
                    "{name} asked by nobody"
                );
            }
            if !needed.is_empty() {
                for scopes in wrong_scopes(needed) {
                    let refusal = route.access.check(Some(&member(scopes)));
                    assert!(
                        matches!(refusal, Err(ApiError::MissingScope(_))),
                        "{name} with {scopes}"
                    );
                }
            }
            let everything = "read write follow push profile admin:read admin:write";
            let app = principal(None, everything);
            let signed_in = member(everything);
            match route.access {
                Member(_) | Newcomer(_) => {
                    assert!(
                        matches!(route.access.check(Some(&app)), Err(ApiError::MemberNeeded)),
                        "{name}"
                    );
                    assert!(route.access.check(Some(&signed_in)).is_ok(), "{name}");
                }
                App(_) => {
                    assert!(
                        matches!(
                            route.access.check(Some(&signed_in)),
                            Err(ApiError::AppNeeded)
                        ),
                        "{name}"
                    );
                    assert!(route.access.check(Some(&app)).is_ok(), "{name}");
                }
                Anybody(_) | Holder => {
                    assert!(route.access.check(Some(&app)).is_ok(), "{name}");
                    assert!(route.access.check(Some(&signed_in)).is_ok(), "{name}");
                }
            }
        }
    }

    #[test]
    fn whatever_changes_something_needs_a_token_with_a_scope() {
        // An app that registers itself has no token yet.
        let registers_itself = |route: &Route| route.path == "/api/v1/apps";

        for route in routes().iter().filter(|route| route.method != Method::GET) {
            let is_guarded =
                !matches!(route.access, Anybody(_) | Holder) && !route.access.scopes().is_empty();
            assert!(
                is_guarded || registers_itself(route),
                "{} {}",
                route.method,
                route.path
            );
        }
    }

    #[test]
    fn no_route_is_in_the_table_twice() {
        let mut seen = std::collections::HashSet::new();

        for route in routes() {
            assert!(
                seen.insert((route.method.clone(), route.path)),
                "{} {}",
                route.method,
                route.path
            );
        }
    }
}
