//! Members with something in their hands.

use model::member;
use service::{
    members,
    second_factor::{self, Added, BrowserTie, Confirmed, RecoveryCodes},
};
use testkit::{Device, Member, TestApp, code};

pub(super) const ORIGIN: &str = "https://moot.test";
pub(super) const HERE: BrowserTie<'static> = BrowserTie("this browser");
pub(super) const ELSEWHERE: BrowserTie<'static> = BrowserTie("another browser");

/// The member as the operations want to see them.
pub(super) async fn whole(app: &TestApp, member: &Member) -> member::Member {
    members::get(app, member.id).await.unwrap()
}

/// Sets up an authenticator app: its secret, and the recovery codes.
pub(super) async fn with_app(app: &TestApp, member: &Member) -> (String, RecoveryCodes) {
    let whole = whole(app, member).await;
    let secret = second_factor::begin_totp(app, &whole).await.unwrap().secret;
    let first = code(&secret, app.clock.now());
    let Confirmed::Yes(Some(codes)) = second_factor::confirm_totp(app, &whole, &first)
        .await
        .unwrap()
    else {
        panic!("the first code was not taken");
    };
    (secret, codes)
}

/// Adds a passkey.
pub(super) async fn with_passkey(app: &TestApp, member: &Member) -> Device {
    let whole = whole(app, member).await;
    let question = second_factor::ask_for_new_passkey(app, &whole, HERE)
        .await
        .unwrap();
    let (device, answer) = Device::create(&question, ORIGIN);
    let added = second_factor::add_passkey(app, &whole, HERE, "My phone", &answer)
        .await
        .unwrap();
    assert!(matches!(added, Added::Yes(_)), "{added:?}");
    device
}
