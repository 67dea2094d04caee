//! People and posts as pages show them.

use model::{
    Account, Viewer, Visibility,
    status::{Attachment, StatusView},
};
use text::SafeHtml;
use time::{
    OffsetDateTime,
    format_description::{BorrowedFormatItem, well_known::Rfc3339},
    macros::format_description,
};

use super::html::Html;
use crate::{State, placeholders};

/// Somebody, in a line.
pub(super) struct PersonCard {
    pub(super) name: String,
    /// With both signs: `@alice@club.example`.
    pub(super) handle: String,
    /// A page of ours for members, their own server's for others.
    pub(super) href: String,
    pub(super) avatar: String,
}

/// A moment, for programs and for people.
pub(super) struct Moment {
    pub(super) iso: String,
    pub(super) words: String,
}

/// A post.
pub(super) struct PostCard {
    pub(super) author: PersonCard,
    pub(super) href: String,
    pub(super) boosted_by: Option<PersonCard>,
    pub(super) is_reply: bool,
    pub(super) spoiler: String,
    pub(super) content: Html,
    pub(super) language: Option<String>,
    pub(super) files: Vec<FileCard>,
    pub(super) hides_files: bool,
    pub(super) published: Moment,
    pub(super) edited: Option<Moment>,
    /// In words, unless everybody sees it in timelines.
    pub(super) audience: Option<&'static str>,
    pub(super) replies: i64,
    pub(super) boosts: i64,
    pub(super) favourites: i64,
}

/// A picture or the like.
pub(super) struct FileCard {
    pub(super) href: String,
    /// A picture to show; without one, the file is a link.
    pub(super) picture: Option<String>,
    pub(super) description: String,
    /// `Video`, `Sound`, …
    pub(super) kind: &'static str,
}

impl PersonCard {
    pub(super) fn new(state: &State, account: &Account) -> Self {
        let settings = &state.app.settings;
        let domain = account.domain.as_ref().unwrap_or(&settings.local_domain);
        let name = text::plain::display_name(&account.display_name);
        let href = if account.is_local() {
            format!("/@{}", account.username)
        } else {
            web_url(&account.url).unwrap_or_default().to_owned()
        };
        Self {
            name: if text::plain::is_blank(&name) {
                account.username.to_string()
            } else {
                name
            },
            handle: format!("@{}@{domain}", account.username),
            href,
            avatar: account
                .avatar_url
                .as_deref()
                .and_then(web_url)
                .unwrap_or(placeholders::AVATAR_PATH)
                .to_owned(),
        }
    }
}

impl Moment {
    /// To the minute.
    pub(super) fn new(at: OffsetDateTime) -> Self {
        Self::in_words(
            at,
            format_description!("[day padding:none] [month repr:long] [year], [hour]:[minute] UTC"),
        )
    }

    /// To the day.
    pub(super) fn day(at: OffsetDateTime) -> Self {
        Self::in_words(
            at,
            format_description!("[day padding:none] [month repr:long] [year]"),
        )
    }

    fn in_words(at: OffsetDateTime, words: &[BorrowedFormatItem<'_>]) -> Self {
        Self {
            iso: at.format(&Rfc3339).unwrap_or_default(),
            words: at.format(words).unwrap_or_default(),
        }
    }
}

impl PostCard {
    /// A post, or what a boost repeats.
    pub(super) fn new(state: &State, view: &StatusView) -> Self {
        let Some(boosted) = view.boost_of.as_deref() else {
            return Self::of_post(state, view);
        };
        let boosted_by = Some(PersonCard::new(state, &view.author));
        Self {
            boosted_by,
            ..Self::of_post(state, boosted)
        }
    }

    fn of_post(state: &State, view: &StatusView) -> Self {
        let (status, author) = (&view.status, &view.author);
        let href = if status.local {
            format!("/@{}/{}", author.username, status.id)
        } else {
            web_url(&status.url).unwrap_or_default().to_owned()
        };
        Self {
            author: PersonCard::new(state, author),
            href,
            boosted_by: None,
            is_reply: status.in_reply_to_uri.is_some() || status.in_reply_to_id.is_some(),
            spoiler: spoiler(status),
            content: Html(with_title(status)),
            language: status.language.clone(),
            files: view.attachments.iter().filter_map(FileCard::new).collect(),
            hides_files: status.sensitive || author.sensitised_at.is_some(),
            published: Moment::new(status.created_at),
            edited: status.edited_at.map(Moment::new),
            audience: match status.visibility {
                Visibility::Public => None,
                Visibility::Unlisted => Some("not in timelines"),
                Visibility::Private => Some("followers only"),
                Visibility::Limited | Visibility::Direct => Some("mentioned people only"),
            },
            replies: status.replies_count,
            boosts: status.boosts_count,
            favourites: status.favourites_count,
        }
    }

    /// Several, in order.
    pub(super) fn all(state: &State, views: &[StatusView]) -> Vec<Self> {
        views.iter().map(|view| Self::new(state, view)).collect()
    }
}

impl FileCard {
    /// `None` for what cannot be linked to.
    fn new(file: &Attachment) -> Option<Self> {
        let href = web_url(&file.remote_url)?;
        let preview = file.preview_url.as_deref().and_then(web_url);
        let picture = if file.kind == "image" {
            preview.or(Some(href))
        } else {
            preview
        };
        Some(Self {
            href: href.to_owned(),
            picture: picture.map(str::to_owned),
            description: file.description.clone().unwrap_or_default(),
            kind: match file.kind.as_str() {
                "image" => "Picture",
                "gifv" => "Animation",
                "video" => "Video",
                "audio" => "Sound",
                _ => "File",
            },
        })
    }
}

/// An address that a page may link to or show a picture from: of the web, and nothing that runs (S25).
pub(super) fn web_url(url: &str) -> Option<&str> {
    let parsed = url::Url::parse(url).ok()?;
    (matches!(parsed.scheme(), "http" | "https") && parsed.has_host()).then_some(url)
}

/// Whether everybody may see it; then the page is made for anybody, whoever looks.
pub(super) fn viewer_of(view: &StatusView, viewer: Viewer) -> Viewer {
    if view.status.visibility.is_for_everybody() {
        Viewer::Anybody
    } else {
        viewer
    }
}

fn spoiler(status: &model::Status) -> String {
    if text::plain::is_blank(&status.spoiler) {
        String::new()
    } else {
        status.spoiler.clone()
    }
}

/// Articles and films have a title where notes have none.
fn with_title(status: &model::Status) -> SafeHtml {
    let Some(title) = status
        .title
        .as_deref()
        .filter(|title| !text::plain::is_blank(title))
    else {
        return status.content.clone();
    };
    let title = SafeHtml::from_text(title);
    SafeHtml::clean(&format!(
        "<p><strong>{title}</strong></p>{}",
        status.content
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    // S25: other servers linked to whatever a peer wrote.
    #[test]
    fn only_addresses_of_the_web_are_linked_to() {
        for url in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "blob:https://a.example/x",
            "about:blank",
            "ftp://a.example/",
            "https:",
            "//a.example/x",
            "/x",
            "",
        ] {
            assert_eq!(web_url(url), None, "{url}");
        }
        assert!(web_url("https://a.example/x").is_some());
    }
}
