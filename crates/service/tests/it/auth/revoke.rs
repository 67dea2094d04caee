//! Taking tokens and sessions away (S40).

use model::{ApplicationId, oauth::Token};
use service::{
    auth::{self, Shown},
    members,
};
use testkit::{Bearer, Member, TestApp};

/// One of each that a member can hold, all of them used already.
struct Holdings {
    bearer: Bearer,
    cookie: Shown,
}

impl Holdings {
    async fn of(app: &TestApp, member: &Member) -> Self {
        let bearer = app.token_for(member, "read").await;
        let (_, cookie) = auth::start_session(app, member.id, testkit::place("Firefox"))
            .await
            .unwrap();
        let holdings = Self { bearer, cookie };
        assert_eq!(holdings.count(app).await, 2);
        holdings
    }

    async fn count(&self, app: &TestApp) -> usize {
        let token = auth::authenticate(app, self.bearer.as_ref()).await.unwrap();
        let session = auth::find_session(app, self.cookie.reveal()).await.unwrap();
        usize::from(token.is_some()) + usize::from(session.is_some())
    }
}

async fn token_of(app: &TestApp, application: ApplicationId, member: &Member) -> (Token, Shown) {
    let scopes = "read".parse().unwrap();
    auth::grant_member_token(app, member.id, Some(application), scopes, None)
        .await
        .unwrap()
}

#[tokio::test]
async fn revoking_everything_ends_sessions_and_tokens_at_once() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let bob = app.member("bob").await;
    let hers = Holdings::of(&app, &alice).await;
    let his = Holdings::of(&app, &bob).await;

    auth::revoke_everything(&app, alice.id).await.unwrap();

    assert_eq!(hers.count(&app).await, 0);
    assert_eq!(his.count(&app).await, 2);
}

#[tokio::test]
async fn a_new_password_ends_sessions_and_tokens_at_once() {
    let app = testkit::app().await;
    let alice = app.member("alice").with_password().await;
    let hers = Holdings::of(&app, &alice).await;

    members::set_password(&app, alice.id, "another password")
        .await
        .unwrap();

    assert_eq!(hers.count(&app).await, 0);
}

#[tokio::test]
async fn an_app_revokes_a_token_of_its_own_at_once() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let (tusky, _) = app.application("Tusky").await;
    let (_, bearer) = token_of(&app, tusky.id, &alice).await;
    assert!(
        auth::authenticate(&app, bearer.reveal())
            .await
            .unwrap()
            .is_some()
    );

    auth::revoke_token(&app, tusky.id, bearer.reveal())
        .await
        .unwrap();

    assert!(
        auth::authenticate(&app, bearer.reveal())
            .await
            .unwrap()
            .is_none()
    );
}

#[tokio::test]
async fn an_app_cannot_revoke_what_another_holds() {
    let app = testkit::app().await;
    let alice = app.member("alice").await;
    let (tusky, _) = app.application("Tusky").await;
    let (other, _) = app.application("Other").await;
    let (_, bearer) = token_of(&app, tusky.id, &alice).await;

    auth::revoke_token(&app, other.id, bearer.reveal())
        .await
        .unwrap();

    assert!(
        auth::authenticate(&app, bearer.reveal())
            .await
            .unwrap()
            .is_some()
    );
}
