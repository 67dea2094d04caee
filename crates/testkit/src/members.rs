//! Members in one line each.

use std::{
    future::{Future, IntoFuture},
    pin::Pin,
};

use model::{Account, AccountId, Username, member::Role};
use service::{App, accounts, keys::Purpose, members, relationships};

use crate::{PostBuilder, Somebody, TestApp, keys};

/// The password of members who were given one by [`MemberBuilder::with_password`].
pub const PASSWORD: &str = "correct horse battery staple";

impl TestApp {
    /// A member who may use the server, without a password, unless something else is said.
    pub fn member(&self, username: &str) -> MemberBuilder {
        MemberBuilder {
            app: self.to_app(),
            username: username.to_owned(),
            email: format!("{}@mail.example", username.to_ascii_lowercase()),
            role: Role::Member,
            has_password: false,
            confirmed: true,
            approved: true,
            locked: false,
        }
    }
}

/// Who is to become a member.
pub struct MemberBuilder {
    app: App,
    username: String,
    email: String,
    role: Role,
    has_password: bool,
    confirmed: bool,
    approved: bool,
    locked: bool,
}

impl MemberBuilder {
    /// What the organisation lets this person do.
    #[must_use]
    pub fn role(mut self, role: Role) -> Self {
        self.role = role;
        self
    }

    /// Can sign in with [`PASSWORD`].
    #[must_use]
    pub fn with_password(mut self) -> Self {
        self.has_password = true;
        self
    }

    /// Has not shown yet that the mail address is theirs.
    #[must_use]
    pub fn unconfirmed(mut self) -> Self {
        self.confirmed = false;
        self
    }

    /// Nobody has let them in yet.
    #[must_use]
    pub fn unapproved(mut self) -> Self {
        self.approved = false;
        self
    }

    /// Decides who may follow.
    #[must_use]
    pub fn locked(mut self) -> Self {
        self.locked = true;
        self
    }

    /// What [`members::create`] writes, but with a ready-made key.
    async fn create(self) -> Member {
        let app = self.app;
        let now = app.clock.now();
        let username = Username::for_member(&self.username)
            .expect("a test's member has a name that members can have");
        let row = db::members::NewMember {
            username: &username,
            base_url: app.urls.base(),
            email: Some(&self.email),
            password_hash: None,
            role: self.role,
            locale: "en",
            reason: "",
            confirmed_at: self.confirmed.then_some(now),
            approved_at: self.approved.then_some(now),
        };
        let mut tx = app.db.begin().await.expect("the test's database answers");
        let id = db::members::insert(&mut tx, &row, now)
            .await
            .expect("the name is free");
        let key = keys::next();
        let sealed = app
            .keys
            .seal(Purpose::ActorKeys, &id.get().to_be_bytes(), key.private_der);
        let key_id = format!("{}/ap/users/{id}#main-key", app.urls.base());
        db::accounts::insert_keypair(&mut tx, id, &key_id, key.public_pem, &sealed, now)
            .await
            .expect("a new member has no key yet");
        sqlx::query("UPDATE accounts SET locked = $2 WHERE id = $1")
            .bind(id.get())
            .bind(self.locked)
            .execute(&mut *tx)
            .await
            .expect("the test's database answers");
        tx.commit().await.expect("the test's database answers");
        if self.has_password {
            members::set_password(&app, id, PASSWORD)
                .await
                .expect("the member exists");
        }
        let account = accounts::get(&app, id).await.expect("the member exists");
        Member { app, id, account }
    }
}

impl IntoFuture for MemberBuilder {
    type Output = Member;
    type IntoFuture = Pin<Box<dyn Future<Output = Member> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.create())
    }
}

/// A member of a test's server.
#[derive(Clone)]
pub struct Member {
    pub(crate) app: App,
    /// The account's id.
    pub id: AccountId,
    /// The account as it was when the member came.
    pub account: Account,
}

impl Member {
    /// Writes a post: public, unless something else is said.
    pub fn posts(&self, text: &str) -> PostBuilder {
        PostBuilder::new(&self.app, self.id, text)
    }

    /// Follows somebody, and is let follow, whoever has to say so.
    pub async fn follows(&self, other: &impl Somebody) {
        crate::follows::make(&self.app, self.id, other.id()).await;
    }

    /// Asks to follow; whether that is enough depends on the other.
    pub async fn asks_to_follow(&self, other: &impl Somebody) {
        relationships::follow(
            &self.app,
            self.id,
            other.id(),
            relationships::FollowChange::default(),
        )
        .await
        .expect("a member may ask to follow");
    }

    /// The account as it is now.
    pub async fn now(&self) -> Account {
        accounts::get(&self.app, self.id)
            .await
            .expect("the member still exists")
    }
}

impl Somebody for Member {
    fn id(&self) -> AccountId {
        self.id
    }
}

/// A place from which somebody signs in with this browser.
pub fn place(user_agent: &str) -> members::Place<'_> {
    members::Place {
        user_agent,
        address: std::net::Ipv4Addr::LOCALHOST.into(),
    }
}
