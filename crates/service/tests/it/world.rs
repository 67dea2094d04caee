//! What several tests say in one line.

use model::{
    AccountId, Page, StatusGlimpse, StatusId, Viewer, Visibility, notification::NotificationKind,
};
use service::{
    App, notifications,
    notifications::NotificationFilter,
    relationships, statuses,
    statuses::{Arrival, Received, RemoteMention, RemotePost},
    timelines,
};
use testkit::Remote;
use text::SafeHtml;

/// So many that nothing is cut off.
pub(crate) const ALL: Page = Page::newest(100);

/// What stands in a member's home, newest first.
pub(crate) async fn home(app: &App, member: AccountId) -> Vec<StatusId> {
    ids(&timelines::home(app, member, ALL).await.unwrap())
}

/// Which statuses these are.
pub(crate) fn ids(found: &[StatusGlimpse]) -> Vec<StatusId> {
    found.iter().map(|glimpse| glimpse.id).collect()
}

/// What a member has been told, newest first.
pub(crate) async fn told(
    app: &App,
    member: AccountId,
) -> Vec<(NotificationKind, AccountId, Option<StatusId>)> {
    let filter = NotificationFilter {
        page: ALL,
        kinds: Vec::new(),
        excluded: Vec::new(),
        from: None,
    };
    notifications::list(app, member, &filter)
        .await
        .unwrap()
        .into_iter()
        .map(|view| {
            (
                view.notification.kind,
                view.from.id,
                view.status.map(|status| status.id),
            )
        })
        .collect()
}

/// Whether somebody may see a status.
pub(crate) async fn sees(app: &App, viewer: impl Into<Viewer>, id: StatusId) -> bool {
    statuses::get(app, viewer.into(), id).await.is_ok()
}

/// A public post of a peer, `https://domain/posts/NAME`.
pub(crate) fn post(author: &Remote, name: &str) -> RemotePost {
    let domain = author.account.domain.clone().unwrap();
    RemotePost {
        uri: format!("https://{domain}/posts/{name}"),
        url: format!("https://{domain}/@somebody/{name}"),
        author: author.id,
        content: SafeHtml::clean(&format!("<p>{name}</p>")),
        title: None,
        spoiler: String::new(),
        visibility: Visibility::Public,
        sensitive: false,
        language: None,
        published: None,
        updated: None,
        in_reply_to_uri: None,
        conversation_uri: None,
        emojis: Vec::new(),
        tags: Vec::new(),
        attachments: Vec::new(),
        mentions: Vec::new(),
        favourites_count: None,
        boosts_count: None,
    }
}

/// Somebody named and addressed.
pub(crate) fn named(account_id: AccountId) -> RemoteMention {
    RemoteMention {
        account_id,
        silent: false,
        addressed: true,
    }
}

/// To everybody's inbox.
pub(crate) const SHARED: Arrival = Arrival::Pushed { inbox_owner: None };

/// A post of a peer that is stored.
pub(crate) async fn arrives(app: &App, post: RemotePost) -> StatusId {
    match statuses::receive(app, post, Arrival::Fetched)
        .await
        .unwrap()
    {
        Received::New(id) => id,
        other => panic!("the post was not taken: {other:?}"),
    }
}

/// One account blocks another, as if a peer had said so.
pub(crate) async fn blocks(app: &App, who: AccountId, whom: AccountId) {
    relationships::receive_block(app, who, whom, &format!("https://x/{who}/{whom}"))
        .await
        .unwrap();
}
