//! To whom a post or boost goes: as addresses in the document, and as inboxes.

use activitypub::PUBLIC;
use model::status::StatusView;
use model::{AccountId, Visibility};
use service::{App, accounts, peers, statuses};

/// Addresses of a document.
pub(crate) struct Addresses {
    pub(crate) to: Vec<String>,
    pub(crate) cc: Vec<String>,
}

/// The collection of a member's followers.
pub(crate) fn followers_of(actor: &str) -> String {
    format!("{actor}/followers")
}

/// Addresses of a status with this visibility by this actor that names these people.
pub(crate) fn addresses(visibility: Visibility, actor: &str, people: Vec<String>) -> Addresses {
    let public = || PUBLIC.to_owned();
    let followers = followers_of(actor);
    let with = |first: String| std::iter::once(first).chain(people.clone()).collect();
    match visibility {
        Visibility::Public => Addresses {
            to: vec![public()],
            cc: with(followers),
        },
        Visibility::Unlisted => Addresses {
            to: vec![followers],
            cc: with(public()),
        },
        Visibility::Private => Addresses {
            to: vec![followers],
            cc: people,
        },
        Visibility::Limited | Visibility::Direct => Addresses {
            to: people,
            cc: Vec::new(),
        },
    }
}

/// Inboxes of a new post or boost.
pub(crate) async fn inboxes(app: &App, view: &StatusView) -> service::Result<Vec<String>> {
    let status = &view.status;
    let mut people = statuses::addressed(app, status.id).await?;
    let is_for_followers = !matches!(status.visibility, Visibility::Limited | Visibility::Direct);
    let mut inboxes = Vec::new();
    if is_for_followers {
        people.extend(status.in_reply_to_account_id);
        people.extend(view.boost_of.as_ref().map(|boosted| boosted.author.id));
        inboxes = peers::follower_inboxes(app, view.author.id).await?;
        inboxes.extend(inboxes_of_threads_followers(app, view).await?);
    }
    inboxes.extend(peers::inboxes_of(app, &people).await?);
    Ok(unique(inboxes))
}

/// The same for an edit or the end of one: also those who have reacted, if everybody might have.
pub(crate) async fn inboxes_of_all_concerned(
    app: &App,
    view: &StatusView,
) -> service::Result<Vec<String>> {
    let mut inboxes = inboxes(app, view).await?;
    if view.status.visibility.is_for_everybody() {
        let interested: Vec<AccountId> = peers::interested_in(app, view.status.id).await?;
        inboxes.extend(peers::inboxes_of(app, &interested).await?);
    }
    Ok(unique(inboxes))
}

/// Answers to a member's public post go to that member's followers too, as in Mastodon.
async fn inboxes_of_threads_followers(
    app: &App,
    view: &StatusView,
) -> service::Result<Vec<String>> {
    let Some(answered) = view.status.in_reply_to_account_id else {
        return Ok(Vec::new());
    };
    if !view.status.visibility.is_for_everybody() || answered == view.author.id {
        return Ok(Vec::new());
    }
    match accounts::get(app, answered).await {
        Ok(account) if account.is_local() => peers::follower_inboxes(app, answered).await,
        Ok(_) | Err(service::Error::NotFound) => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

fn unique(mut inboxes: Vec<String>) -> Vec<String> {
    inboxes.sort_unstable();
    inboxes.dedup();
    inboxes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_visibility_has_its_addresses() {
        let people = || vec!["https://b.example/bo".to_owned()];
        let followers = "https://a.example/al/followers";
        let of = |visibility| addresses(visibility, "https://a.example/al", people());

        let public = of(Visibility::Public);
        assert_eq!(
            (public.to, public.cc),
            (
                vec![PUBLIC.to_owned()],
                vec![followers.to_owned(), people().remove(0)]
            )
        );
        let unlisted = of(Visibility::Unlisted);
        assert_eq!(
            (unlisted.to[0].as_str(), unlisted.cc[0].as_str()),
            (followers, PUBLIC)
        );
        let private = of(Visibility::Private);
        assert_eq!(
            (private.to, private.cc),
            (vec![followers.to_owned()], people())
        );
        let direct = of(Visibility::Direct);
        assert_eq!((direct.to, direct.cc), (people(), Vec::new()));
    }
}
