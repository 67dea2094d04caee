//! Changing one's own post.

use db::statuses::Revision;
use model::{AccountId, StatusId, notification::NotificationKind, status::StatusView};
use sqlx::PgConnection;

use super::{compose::compose, create::language_of, get::seen, limits::Words};
use crate::{
    App, Error, Result,
    bus::Event,
    consequences::{PublishEdit, enqueue},
    surface::{self, Notice},
};

/// What a member makes of an own post.
#[derive(Clone, Debug)]
pub struct Edit {
    /// The text, as typed.
    pub text: String,
    /// The content warning; may be empty.
    pub spoiler: String,
    /// Media are hidden; `None` leaves it.
    pub sensitive: Option<bool>,
    /// ISO 639 code; `None` leaves it.
    pub language: Option<String>,
}

/// Changes an own post and keeps the earlier version. Somebody else's, or a boost, is not found. What changes
/// nothing is no edit.
pub async fn edit(app: &App, author_id: AccountId, id: StatusId, edit: Edit) -> Result<StatusView> {
    let now = app.clock.now();
    let words = Words::check(&edit.text, &edit.spoiler, app.settings.limits)?;
    let author = {
        let mut connection = app.db.acquire().await?;
        own(&mut connection, author_id, id).await?;
        db::statuses::author(&mut connection, author_id)
            .await?
            .ok_or(Error::NotFound)?
    };
    let composed = compose(app, author_id, &words.text).await?;

    let mut tx = app.db.begin().await?;
    // Whoever presses twice makes one version: the second finds nothing to change.
    db::statuses::lock(&mut tx, id).await?;
    let before = own(&mut tx, author_id, id).await?;
    let language = match edit.language.as_deref() {
        None => before.status.language.clone(),
        said => language_of(said, &author, &words.text),
    };
    let sensitive = edit.sensitive.unwrap_or(before.status.sensitive) || words.had_spoiler;
    let is_same = before.status.source == words.text
        && before.status.spoiler == words.spoiler
        && before.status.sensitive == sensitive
        && before.status.language == language;
    if is_same {
        return Ok(before);
    }
    let revision = Revision {
        source: &words.text,
        content: composed.content.as_str(),
        title: None,
        spoiler: &words.spoiler,
        sensitive,
        language: language.as_deref(),
        emojis: &[],
        attachments: None,
        tags: &composed.tags,
        at: now,
    };
    db::statuses::revise(&mut tx, id, &revision).await?;
    let newly_named = db::statuses::replace_mentions(&mut tx, id, &composed.mentions).await?;
    db::statuses::replace_tags(&mut tx, id, &composed.tags, now).await?;
    tell_of_edit(app, &mut tx, id, author_id, &newly_named).await?;
    enqueue(&mut tx, &PublishEdit { status_id: id }).await?;
    let view = seen(&mut tx, author_id, id).await?;
    tx.commit().await?;
    app.bus.tell(Event::StatusChanged(id));
    Ok(view)
}

/// The author's own post, and not a boost.
async fn own(connection: &mut PgConnection, author: AccountId, id: StatusId) -> Result<StatusView> {
    let view = seen(connection, author, id).await?;
    if view.status.account_id != author || view.status.boost_of_id.is_some() {
        return Err(Error::NotFound);
    }
    Ok(view)
}

/// Members who boosted a post hear that it has changed; those who are newly named, that they are.
pub(super) async fn tell_of_edit(
    app: &App,
    connection: &mut PgConnection,
    id: StatusId,
    author: AccountId,
    newly_named: &[AccountId],
) -> Result<()> {
    let now = app.clock.now();
    let boosters = db::statuses::boosters_among_members(connection, id).await?;
    let notice = |kind| Notice {
        kind,
        to: author,
        from: author,
        status: Some(id),
    };
    surface::notify_all(connection, now, notice(NotificationKind::Update), &boosters).await?;
    surface::notify_all(
        connection,
        now,
        notice(NotificationKind::Mention),
        newly_named,
    )
    .await
}
