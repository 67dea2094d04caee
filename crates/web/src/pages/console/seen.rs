//! Reported posts on a screen: as they were seen, in words only.
//!
//! Pictures and the like stand there by their descriptions: this server keeps no copies of them, and a moderator's
//! browser fetches nothing from whoever was reported.

use std::collections::HashSet;

use model::{
    StatusId, Visibility,
    moderation::report::{CaseId, Evidence},
    status::{Attachment, StatusView},
};
use serde_json::Value;
use service::{moderation::reports, statuses};
use text::SafeHtml;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use super::gate::Room;
use crate::pages::{
    PageError,
    cards::{Moment, PersonCard},
    html::Html,
};

/// Posts that are shown on one page.
pub(in crate::pages) const MOST: usize = 20;

/// A reported post.
pub(in crate::pages) struct SeenPost {
    pub(in crate::pages) id: StatusId,
    pub(in crate::pages) author: String,
    pub(in crate::pages) when: Option<Moment>,
    pub(in crate::pages) audience: &'static str,
    pub(in crate::pages) spoiler: String,
    pub(in crate::pages) content: Html,
    pub(in crate::pages) media: Vec<SeenMedia>,
    /// Its author has changed it since it was reported.
    pub(in crate::pages) is_edited: bool,
    /// Stands beside what was reported.
    pub(in crate::pages) is_context: bool,
    pub(in crate::pages) note: &'static str,
    /// Where it can be seen by everybody.
    pub(in crate::pages) href: Option<String>,
}

/// A picture or the like, by its description.
pub(in crate::pages) struct SeenMedia {
    pub(in crate::pages) kind: &'static str,
    pub(in crate::pages) description: String,
}

/// Posts that are asked for by their numbers: as the reports of the case saw them, or else as everybody can see them now.
pub(in crate::pages) async fn posts(
    room: &Room<'_>,
    case: Option<CaseId>,
    ids: &[StatusId],
    edited: &[StatusId],
) -> Result<Vec<SeenPost>, PageError> {
    let mut shown = match case {
        Some(case) => {
            let seen = reports::evidence(&room.state.app, &room.acting, case, None).await?;
            let wanted = |post: &&Evidence| ids.contains(&post.status_id);
            let wanted: Vec<Evidence> = seen.posts.iter().filter(wanted).cloned().collect();
            as_seen(room, &wanted, edited).await?
        }
        None => Vec::new(),
    };
    let kept: HashSet<StatusId> = shown.iter().map(|post| post.id).collect();
    for id in ids.iter().filter(|id| !kept.contains(id)).take(MOST) {
        if let Some(view) = statuses::load(&room.state.app, *id).await? {
            shown.push(SeenPost::now(room, &view, edited));
        }
    }
    Ok(shown)
}

/// Reported posts as they were kept.
pub(in crate::pages) async fn as_seen(
    room: &Room<'_>,
    kept: &[Evidence],
    edited: &[StatusId],
) -> Result<Vec<SeenPost>, PageError> {
    let mut shown = Vec::with_capacity(kept.len());
    for post in kept.iter().take(MOST) {
        let now = statuses::load(&room.state.app, post.status_id).await?;
        shown.push(SeenPost::kept(room, post, now.as_ref(), edited));
    }
    Ok(shown)
}

impl SeenPost {
    /// As it was kept; what is there now only says whether it has changed.
    fn kept(
        room: &Room<'_>,
        post: &Evidence,
        now: Option<&StatusView>,
        edited: &[StatusId],
    ) -> Self {
        let text = |name: &str| {
            post.seen
                .get(name)
                .and_then(Value::as_str)
                .unwrap_or_default()
        };
        let attachments: Vec<Attachment> = post
            .seen
            .get("attachments")
            .and_then(|found| serde_json::from_value(found.clone()).ok())
            .unwrap_or_default();
        let when = OffsetDateTime::parse(text("created_at"), &Rfc3339).ok();
        let title = match text("title") {
            "" => String::new(),
            title => format!("<p><strong>{}</strong></p>", SafeHtml::from_text(title)),
        };
        let seen_edited = OffsetDateTime::parse(text("edited_at"), &Rfc3339).ok();
        let now_edited = now.and_then(|view| view.status.edited_at);
        Self {
            id: post.status_id,
            author: now.map_or_else(String::new, |view| {
                PersonCard::new(room.state, &view.author).handle
            }),
            when: when.map(Moment::new),
            audience: audience(post.visibility),
            spoiler: text("spoiler").to_owned(),
            content: Html(SafeHtml::clean(&format!("{title}{}", text("content")))),
            media: attachments.iter().map(SeenMedia::new).collect(),
            is_edited: edited.contains(&post.status_id)
                || (now_edited.is_some()
                    && now_edited.map(OffsetDateTime::unix_timestamp)
                        != seen_edited.map(OffsetDateTime::unix_timestamp)),
            is_context: false,
            note: if now.is_none() {
                "gone by now"
            } else {
                "as it was reported"
            },
            href: now.and_then(public_page),
        }
    }

    /// As it stands now, unless it is not for everybody: what nobody has reported is not read here.
    pub(in crate::pages) fn now(room: &Room<'_>, view: &StatusView, edited: &[StatusId]) -> Self {
        let status = &view.status;
        let is_open = status.visibility.is_for_everybody();
        Self {
            id: status.id,
            author: PersonCard::new(room.state, &view.author).handle,
            when: Some(Moment::new(status.created_at)),
            audience: audience(status.visibility),
            spoiler: if is_open {
                status.spoiler.clone()
            } else {
                String::new()
            },
            content: if is_open {
                Html(status.content.clone())
            } else {
                Html(SafeHtml::from_text(
                    "This post is not for everybody and was not reported, so it is not shown here.",
                ))
            },
            media: if is_open {
                view.attachments.iter().map(SeenMedia::new).collect()
            } else {
                Vec::new()
            },
            is_edited: edited.contains(&status.id),
            is_context: false,
            note: "",
            href: public_page(view),
        }
    }
}

impl SeenMedia {
    fn new(file: &Attachment) -> Self {
        Self {
            kind: match file.kind.as_str() {
                "image" => "Picture",
                "gifv" => "Animation",
                "video" => "Video",
                "audio" => "Sound",
                _ => "File",
            },
            description: file.description.clone().unwrap_or_default(),
        }
    }
}

/// A page of our own, for posts of members that everybody may see.
fn public_page(view: &StatusView) -> Option<String> {
    let status = &view.status;
    (status.local && status.visibility.is_for_everybody())
        .then(|| format!("/@{}/{}", view.author.username, status.id))
}

fn audience(visibility: Visibility) -> &'static str {
    match visibility {
        Visibility::Public => "public",
        Visibility::Unlisted => "public, not in timelines",
        Visibility::Private => "followers only",
        Visibility::Limited | Visibility::Direct => "mentioned people only",
    }
}
