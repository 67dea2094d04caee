//! A post as its author sees it in the moment it was written: put together from what was written, without reading it back.

use db::statuses::{Inserted, NewStatus};
use model::{
    Account, Status, Visibility,
    status::{ApplicationView, Marks, StatusView},
};
use text::SafeHtml;
use time::OffsetDateTime;

use super::compose::Composed;

/// What `db::statuses::view` would give for a post that has just been inserted; a test holds the two equal.
pub(super) fn written(
    author: Account,
    application: Option<ApplicationView>,
    new: &NewStatus<'_>,
    inserted: Inserted,
    composed: &Composed,
) -> StatusView {
    let created_at = stored(new.created_at);
    StatusView {
        author: counted(author, new.visibility, created_at),
        boost_of: None,
        mentions: composed.people.clone(),
        tags: composed.tags.clone(),
        attachments: Vec::new(),
        application,
        marks: Some(Marks::default()),
        status: Status {
            id: inserted.id,
            uri: inserted.uri,
            url: inserted.url,
            account_id: new.account_id,
            local: true,
            in_reply_to_id: inserted.in_reply_to_id,
            in_reply_to_account_id: inserted.in_reply_to_account_id,
            in_reply_to_uri: new.in_reply_to_uri.map(str::to_owned),
            boost_of_id: None,
            source: new.source.to_owned(),
            content: SafeHtml::from_storage(new.content.to_owned()),
            title: None,
            spoiler: new.spoiler.to_owned(),
            visibility: new.visibility,
            sensitive: new.sensitive,
            language: new.language.map(str::to_owned),
            conversation_uri: inserted.conversation_uri,
            emojis: Vec::new(),
            application_id: new.application_id,
            created_at,
            edited_at: None,
            replies_count: 0,
            boosts_count: 0,
            favourites_count: 0,
        },
    }
}

/// The author, with this post counted.
fn counted(mut account: Account, visibility: Visibility, at: OffsetDateTime) -> Account {
    if visibility != Visibility::Direct {
        account.statuses_count += 1;
        account.last_status_on = account.last_status_on.max(Some(at.date()));
    }
    account
}

/// The database keeps microseconds.
fn stored(at: OffsetDateTime) -> OffsetDateTime {
    at.replace_nanosecond(at.microsecond() * 1_000)
        .unwrap_or(at)
}
