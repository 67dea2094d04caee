//! Posts, their threads and their past.

use std::borrow::Cow;

use mastodon::{
    EmptyList, Focus, Id, MediaAttachment, MediaDimensions, MediaMeta, Mention, QuoteApproval,
    Status, StatusApplication, StatusBody, StatusEdit, StatusMoment, StatusSource, StatusTag,
    Timestamp,
};
use model::{
    Account, Viewer, Visibility, status,
    status::{ApplicationView, Attachment, Marks, MentionView, Post, StatusView, TagView},
};

use super::{Renderer, emojis, optional, visibility};

/// What is the same of a post for everybody, wherever it comes from.
#[derive(Clone, Copy)]
pub(crate) struct Body<'a> {
    status: &'a model::Status,
    mentions: &'a [MentionView],
    tags: &'a [TagView],
    attachments: &'a [Attachment],
    application: Option<&'a ApplicationView>,
}

impl<'a> From<&'a Post> for Body<'a> {
    fn from(post: &'a Post) -> Self {
        Self {
            status: &post.status,
            mentions: &post.mentions,
            tags: &post.tags,
            attachments: &post.attachments,
            application: post.application.as_ref(),
        }
    }
}

impl<'a> From<&'a StatusView> for Body<'a> {
    fn from(view: &'a StatusView) -> Self {
        Self {
            status: &view.status,
            mentions: &view.mentions,
            tags: &view.tags,
            attachments: &view.attachments,
            application: view.application.as_ref(),
        }
    }
}

/// What one must know of a post and of who looks, to tell what changes.
pub(crate) struct Seen {
    pub(crate) is_own: bool,
    pub(crate) is_sensitive: bool,
    pub(crate) author_is_sensitised: bool,
    pub(crate) may_be_pinned: bool,
    pub(crate) replies_count: i64,
    pub(crate) boosts_count: i64,
    pub(crate) favourites_count: i64,
    pub(crate) marks: Option<Marks>,
}

impl Seen {
    /// As apps are told.
    pub(crate) fn render(&self) -> StatusMoment {
        let marks = self.marks;
        StatusMoment {
            sensitive: self.is_sensitive || (!self.is_own && self.author_is_sensitised),
            replies_count: self.replies_count,
            reblogs_count: self.boosts_count,
            favourites_count: self.favourites_count,
            favourited: marks.map(|marks| marks.favourited),
            reblogged: marks.map(|marks| marks.boosted),
            muted: marks.map(|marks| marks.muted),
            bookmarked: marks.map(|marks| marks.bookmarked),
            pinned: marks
                .filter(|_| self.is_own && self.may_be_pinned)
                .map(|marks| marks.pinned),
            filtered: marks.map(|_| EmptyList),
        }
    }
}

impl Renderer {
    /// A post or boost, for somebody.
    pub(crate) fn status<'a>(&'a self, view: &'a StatusView, viewer: Viewer) -> Status<'a> {
        let status = &view.status;
        let moment = Seen {
            is_own: viewer.account_id() == Some(status.account_id),
            is_sensitive: status.sensitive,
            author_is_sensitised: view.author.sensitised_at.is_some(),
            may_be_pinned: may_be_pinned(status),
            replies_count: status.replies_count,
            boosts_count: status.boosts_count,
            favourites_count: status.favourites_count,
            marks: view.marks,
        };
        Status {
            body: self.status_body(view.into()),
            moment: moment.render(),
            reblog: view
                .boost_of
                .as_deref()
                .map(|boosted| Box::new(self.status(boosted, viewer))),
            account: self.account(&view.author),
        }
    }

    /// What is the same of a post for everybody.
    pub(crate) fn status_body<'a>(&'a self, body: Body<'a>) -> StatusBody<'a> {
        let status = body.status;
        StatusBody {
            id: Id(status.id.get()),
            created_at: Timestamp(status.created_at),
            in_reply_to_id: status.in_reply_to_id.map(|id| Id(id.get())),
            in_reply_to_account_id: status.in_reply_to_account_id.map(|id| Id(id.get())),
            spoiler_text: status.spoiler.as_str().into(),
            visibility: visibility(status.visibility),
            language: optional(status.language.as_ref()),
            uri: status.uri.as_str().into(),
            url: Some(status.url.as_str().into()),
            quotes_count: 0,
            edited_at: status.edited_at.map(Timestamp),
            content: Some(status.content.as_str().into()),
            text: None,
            application: body.application.map(application),
            media_attachments: body.attachments.iter().map(attachment).collect(),
            mentions: body.mentions.iter().map(mention).collect(),
            tags: body.tags.iter().map(|tag| self.status_tag(tag)).collect(),
            emojis: emojis(&status.emojis),
            tagged_collections: EmptyList,
            quote: (),
            card: (),
            poll: (),
            quote_approval: QuoteApproval::DENIED,
        }
    }

    /// Several, in order.
    pub(crate) fn statuses<'a>(
        &'a self,
        views: &'a [StatusView],
        viewer: Viewer,
    ) -> Vec<Status<'a>> {
        views.iter().map(|view| self.status(view, viewer)).collect()
    }

    /// A post that its author has just deleted: with its text as typed, to write it anew.
    pub(crate) fn deleted_status<'a>(&'a self, view: &'a StatusView) -> Status<'a> {
        let mut status = self.status(view, Viewer::Account(view.status.account_id));
        status.body.content = None;
        status.body.text = Some(view.status.source.as_str().into());
        status
    }

    /// One version of a post.
    pub(crate) fn status_edit<'a>(
        &'a self,
        author: &'a Account,
        edit: &'a status::StatusEdit,
    ) -> StatusEdit<'a> {
        StatusEdit {
            content: edit.content.as_str().into(),
            spoiler_text: edit.spoiler.as_str().into(),
            sensitive: edit.sensitive,
            created_at: Timestamp(edit.created_at),
            account: self.account(author),
            media_attachments: edit.attachments.iter().map(attachment).collect(),
            emojis: emojis(&edit.emojis),
        }
    }

    fn status_tag<'a>(&self, tag: &'a TagView) -> StatusTag<'a> {
        StatusTag {
            name: tag.name.as_str().into(),
            url: self.urls.tag(&tag.name).into(),
        }
    }
}

/// A post as typed. Posts of other servers were typed elsewhere; their text is told plainly.
pub(crate) fn status_source(view: &StatusView) -> StatusSource<'_> {
    let status = &view.status;
    let text = if status.local {
        Cow::Borrowed(status.source.as_str())
    } else {
        Cow::Owned(status.content.to_text())
    };
    StatusSource {
        id: Id(status.id.get()),
        text,
        spoiler_text: status.spoiler.as_str().into(),
    }
}

/// Only what the author has written for more than those whom it names.
pub(crate) fn may_be_pinned(status: &model::Status) -> bool {
    let pinnable = [
        Visibility::Public,
        Visibility::Unlisted,
        Visibility::Private,
    ];
    status.boost_of_id.is_none() && pinnable.contains(&status.visibility)
}

fn application(application: &ApplicationView) -> StatusApplication<'_> {
    StatusApplication {
        name: application.name.as_str().into(),
        website: optional(application.website.as_ref()),
    }
}

fn mention(mention: &MentionView) -> Mention<'_> {
    Mention {
        id: Id(mention.account_id.get()),
        username: mention.handle.username.as_str().into(),
        url: mention.url.as_str().into(),
        acct: mention.handle.to_string().into(),
    }
}

/// A file of a post. Files of other servers are shown from there as long as none are kept here.
fn attachment(attachment: &Attachment) -> MediaAttachment<'_> {
    let preview = attachment.preview_url.as_ref().or_else(|| {
        let is_its_own_preview = attachment.kind == "image";
        is_its_own_preview.then_some(&attachment.remote_url)
    });
    MediaAttachment {
        id: Id(attachment.id),
        kind: &attachment.kind,
        url: Some(attachment.remote_url.as_str().into()),
        preview_url: optional(preview),
        remote_url: Some(attachment.remote_url.as_str().into()),
        preview_remote_url: optional(attachment.preview_url.as_ref()),
        text_url: (),
        meta: Some(meta(attachment)),
        description: optional(attachment.description.as_ref()),
        blurhash: optional(attachment.blurhash.as_ref()),
    }
}

fn meta(attachment: &Attachment) -> MediaMeta {
    let pixels = |number: Option<i32>| number.and_then(|number| u32::try_from(number).ok());
    let size = pixels(attachment.width).zip(pixels(attachment.height));
    MediaMeta {
        focus: attachment.focus.map(|(x, y)| Focus { x, y }),
        original: size.map(|(width, height)| MediaDimensions::new(width, height)),
        small: None,
    }
}
