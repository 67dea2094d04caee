//! Accounts of peers in one line each.

use std::{
    future::{Future, IntoFuture},
    pin::Pin,
};

use model::{Account, AccountId, ActorType, Handle};
use service::{App, accounts, accounts::RemoteAccount};
use text::SafeHtml;

use crate::{Somebody, TestApp};

impl TestApp {
    /// An account of a peer, `name@domain`, as if its document had been fetched.
    pub fn remote(&self, handle: &str) -> RemoteBuilder {
        RemoteBuilder {
            app: self.to_app(),
            account: remote_account(handle),
        }
    }
}

/// The document of a peer's account, `name@domain`, read: nothing in it but what has to be there.
pub fn remote_account(handle: &str) -> RemoteAccount {
    let handle: Handle = handle.parse().expect("a test's handle is a handle");
    let domain = handle
        .domain
        .as_ref()
        .expect("a peer's account has a domain");
    let name = handle.username.as_str();
    let uri = format!("https://{domain}/users/{name}");
    RemoteAccount {
        url: format!("https://{domain}/@{name}"),
        actor_type: ActorType::Person,
        inbox_url: format!("{uri}/inbox"),
        shared_inbox_url: Some(format!("https://{domain}/inbox")),
        outbox_url: Some(format!("{uri}/outbox")),
        followers_url: Some(format!("{uri}/followers")),
        following_url: Some(format!("{uri}/following")),
        featured_url: None,
        display_name: String::new(),
        note: SafeHtml::default(),
        fields: Vec::new(),
        emojis: Vec::new(),
        locked: false,
        discoverable: None,
        indexable: false,
        memorial: false,
        suspended: false,
        avatar_url: None,
        avatar_description: String::new(),
        header_url: None,
        header_description: String::new(),
        also_known_as: Vec::new(),
        published: None,
        keys: Vec::new(),
        followers_count: None,
        following_count: None,
        statuses_count: None,
        hides_collections: false,
        uri,
        handle,
    }
}

/// An account of a peer that is to be known here.
pub struct RemoteBuilder {
    app: App,
    account: RemoteAccount,
}

impl RemoteBuilder {
    /// Decides who may follow.
    #[must_use]
    pub fn locked(self) -> Self {
        self.with(|account| account.locked = true)
    }

    /// Changes what its document says.
    #[must_use]
    pub fn with(mut self, change: impl FnOnce(&mut RemoteAccount)) -> Self {
        change(&mut self.account);
        self
    }

    async fn receive(self) -> Remote {
        let app = self.app;
        let id = accounts::receive(&app, self.account)
            .await
            .expect("a peer's account is taken");
        let account = accounts::get(&app, id)
            .await
            .expect("what was received can be found");
        Remote { app, id, account }
    }
}

impl IntoFuture for RemoteBuilder {
    type Output = Remote;
    type IntoFuture = Pin<Box<dyn Future<Output = Remote> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.receive())
    }
}

/// An account of a peer that is known here.
#[derive(Clone)]
pub struct Remote {
    app: App,
    /// The account's id here.
    pub id: AccountId,
    /// The account as it was when it was received.
    pub account: Account,
}

impl Remote {
    /// Follows a member, and is let follow.
    pub async fn follows(&self, other: &impl Somebody) {
        crate::follows::make(&self.app, self.id, other.id()).await;
    }

    /// The account as it is now.
    pub async fn now(&self) -> Account {
        accounts::get(&self.app, self.id)
            .await
            .expect("the account is still known")
    }
}

impl Somebody for Remote {
    fn id(&self) -> AccountId {
        self.id
    }
}
