//! Our posts and people as documents.

use activitypub::actor::ActorType as Theirs;
use activitypub::emit::{
    self, Attachment, Collected, ContentMap, Context, Endpoints, Image, Note, PropertyValue,
    PublicKey, Tag,
};
use model::status::StatusView;
use model::{Account, ActorType};
use service::{App, accounts, urls::Urls};

use super::audience::{Addresses, addresses, followers_of};
use crate::edge::State;
use crate::keys::key_id_of;

/// A post of a member.
pub(crate) async fn note(app: &App, view: &StatusView) -> service::Result<Note> {
    let status = &view.status;
    let Addresses { to, cc } = addresses(
        status.visibility,
        &view.author.uri,
        people(app, view).await?,
    );
    let content = status.content.as_str().to_owned();
    let collected = |name: &str, count: i64| {
        Some(Collected {
            id: format!("{}/{name}", status.uri),
            total_items: count.unsigned_abs(),
        })
    };
    Ok(Note {
        id: status.uri.clone(),
        note_type: "Note",
        summary: Some(status.spoiler.clone()).filter(|spoiler| !spoiler.is_empty()),
        in_reply_to: status.in_reply_to_uri.clone(),
        published: status.created_at.into(),
        updated: status.edited_at.map(Into::into),
        url: status.url.clone(),
        attributed_to: view.author.uri.clone(),
        to,
        cc,
        // What moderators have marked of its author counts elsewhere too.
        sensitive: status.sensitive || view.author.sensitised_at.is_some(),
        atom_uri: Some(status.uri.clone()),
        in_reply_to_atom_uri: status.in_reply_to_uri.clone(),
        conversation: status.conversation_uri.clone(),
        context: None,
        content_map: status.language.clone().map(|language| ContentMap {
            language,
            content: content.clone(),
        }),
        content,
        attachment: view.attachments.iter().map(attachment).collect(),
        tag: tags(app, view),
        replies: Some(format!("{}/replies", status.uri)),
        likes: collected("likes", status.favourites_count),
        shares: collected("shares", status.boosts_count),
        one_of: Vec::new(),
        any_of: Vec::new(),
        end_time: None,
        closed: None,
        voters_count: None,
    })
}

/// Ids of the people the post names.
async fn people(app: &App, view: &StatusView) -> service::Result<Vec<String>> {
    let mut people: Vec<String> = view
        .mentions
        .iter()
        .map(|mention| mention.uri.clone())
        .collect();
    // Whoever is answered is told, even if the text does not name them.
    if let Some(answered) = view
        .status
        .in_reply_to_account_id
        .filter(|id| *id != view.author.id)
        && view.status.visibility.is_for_everybody()
        && let Some(account) = accounts::many(app, &[answered]).await?.pop()
        && !people.contains(&account.uri)
    {
        people.push(account.uri);
    }
    Ok(people)
}

fn attachment(theirs: &model::status::Attachment) -> Attachment {
    Attachment {
        media_type: theirs
            .media_type
            .clone()
            .unwrap_or_else(|| "application/octet-stream".to_owned()),
        url: theirs.remote_url.clone(),
        name: theirs.description.clone(),
        blurhash: theirs.blurhash.clone(),
        focal_point: theirs.focus.map(|(x, y)| [x, y]),
        width: theirs.width.and_then(|width| u32::try_from(width).ok()),
        height: theirs.height.and_then(|height| u32::try_from(height).ok()),
        duration: None,
        icon: None,
    }
}

fn tags(app: &App, view: &StatusView) -> Vec<Tag> {
    let mentions = view.mentions.iter().map(|mention| {
        let domain = mention
            .handle
            .domain
            .as_ref()
            .unwrap_or(&app.settings.local_domain);
        Tag::Mention {
            href: mention.uri.clone(),
            name: format!("@{}@{domain}", mention.handle.username),
        }
    });
    let hashtags = view.tags.iter().map(|tag| Tag::Hashtag {
        href: app.urls.tag(&tag.name),
        name: format!("#{}", tag.display_name),
    });
    mentions.chain(hashtags).collect()
}

/// A boost of a member.
pub(crate) fn announce(view: &StatusView) -> Option<emit::Activity<String>> {
    let boosted = view.boost_of.as_ref()?;
    let status = &view.status;
    let Addresses { to, cc } = addresses(
        status.visibility,
        &view.author.uri,
        vec![boosted.author.uri.clone()],
    );
    let announce = emit::announce(
        &status.uri,
        &view.author.uri,
        &boosted.status.uri,
        status.created_at.into(),
    );
    Some(announce.addressed(to, cc))
}

/// A member's actor. Of a suspended one only the outline.
pub(crate) async fn actor(state: &State, account: &Account) -> service::Result<emit::Actor> {
    let app = &state.app;
    let of = |part: &str| format!("{}/{part}", account.uri);
    let shown = !account.is_suspended();
    let name = Some(account.display_name.as_str()).filter(|name| shown && !name.is_empty());
    Ok(emit::Actor {
        id: account.uri.clone(),
        webfinger: format!("{}@{}", account.username, app.settings.local_domain),
        actor_type: actor_type(account.actor_type),
        following: of("following"),
        followers: followers_of(&account.uri),
        inbox: of("inbox"),
        outbox: of("outbox"),
        featured: of("collections/featured"),
        featured_tags: of("collections/tags"),
        preferred_username: account.username.to_string(),
        name: name.unwrap_or(account.username.as_str()).to_owned(),
        summary: if shown {
            account.note.as_str().to_owned()
        } else {
            String::new()
        },
        url: account.url.clone(),
        manually_approves_followers: shown && account.locked,
        discoverable: shown && account.discoverable.unwrap_or(false),
        indexable: shown && account.indexable,
        published: account.created_at.replace_time(time::Time::MIDNIGHT).into(),
        memorial: account.memorial,
        public_key: public_key(state, account).await?,
        tag: Vec::new(),
        attachment: account
            .fields
            .iter()
            .filter(|_| shown)
            .map(|field| PropertyValue {
                name: field.name.clone(),
                value: field.value.as_str().to_owned(),
            })
            .collect(),
        endpoints: endpoints(&app.urls),
        icon: account
            .avatar_url
            .as_ref()
            .filter(|_| shown)
            .map(|url| image(url, &account.avatar_description)),
        image: account
            .header_url
            .as_ref()
            .filter(|_| shown)
            .map(|url| image(url, &account.header_description)),
        moved_to: None,
        also_known_as: account.also_known_as.clone(),
        suspended: account.is_suspended(),
        attribution_domains: Vec::new(),
    })
}

/// The server's own actor.
pub(crate) async fn instance_actor(state: &State) -> service::Result<Vec<u8>> {
    let app = &state.app;
    let id = app.urls.instance_actor();
    let signer = state.edge.instance_signer(app).await?;
    let actor = emit::InstanceActor {
        actor_type: Theirs::Application,
        inbox: format!("{id}/inbox"),
        outbox: format!("{id}/outbox"),
        preferred_username: app.settings.local_domain.to_string(),
        url: format!("{}/about", app.urls.base()),
        manually_approves_followers: true,
        public_key: PublicKey {
            id: key_id_of(&id),
            owner: id.clone(),
            public_key_pem: signer.key.public_pem().map_err(service::Error::internal)?,
        },
        endpoints: endpoints(&app.urls),
        id,
    };
    Ok(emit::to_document(Context::Actor, &actor))
}

async fn public_key(state: &State, account: &Account) -> service::Result<PublicKey> {
    let id = key_id_of(&account.uri);
    let public_key_pem = if let Some(key) = accounts::find_key(&state.app, &id).await? {
        key.pem
    } else {
        let signer = state.edge.signer(&state.app, account.id).await?;
        signer.key.public_pem().map_err(service::Error::internal)?
    };
    Ok(PublicKey {
        id,
        owner: account.uri.clone(),
        public_key_pem,
    })
}

fn endpoints(urls: &Urls) -> Endpoints {
    Endpoints {
        shared_inbox: urls.shared_inbox(),
    }
}

fn image(url: &str, description: &str) -> Image {
    Image {
        media_type: None,
        url: url.to_owned(),
        summary: Some(description.to_owned()).filter(|description| !description.is_empty()),
    }
}

fn actor_type(kind: ActorType) -> Theirs {
    match kind {
        ActorType::Person => Theirs::Person,
        ActorType::Service => Theirs::Service,
        ActorType::Group => Theirs::Group,
        ActorType::Organization => Theirs::Organization,
        ActorType::Application => Theirs::Application,
    }
}
