//! What the organisation says of itself and asks of its members: the documents in force, every version of them, and what
//! each version changed. Everybody may read all of it.

mod versions;

use askama::Template;
use axum::{
    extract::State as Extract,
    response::{IntoResponse, Response},
};
use model::{instance::Usage, moderation::document::DocumentKind};
use service::{
    instance,
    moderation::board::documents::{self, Source},
};
use text::documents::markdown;

use super::{Frame, PageError, Shown, cards::Moment, html::Html};
use crate::{State, session::Browser};

pub(super) use versions::{changes, list, terms_of, version, versions};

#[derive(Template)]
#[template(path = "about.html")]
struct AboutPage {
    frame: Frame,
    standing: Standing,
    text: Html,
    usage: Usage,
}

#[derive(Template)]
#[template(path = "rules.html")]
struct RulesPage {
    frame: Frame,
    standing: Standing,
    introduction: Html,
    rules: Vec<String>,
}

#[derive(Template)]
#[template(path = "document.html")]
struct DocumentPage {
    frame: Frame,
    heading: &'static str,
    standing: Standing,
    text: Html,
}

/// How a document stands: who has decided it, and what comes next.
pub(super) struct Standing {
    /// The word in addresses.
    word: &'static str,
    /// Nobody has decided it: it came with the software.
    is_default: bool,
    /// The adopted version; 0 for none.
    version: i32,
    since: Option<Moment>,
    next: Option<Next>,
}

/// A version whose day is still to come.
struct Next {
    version: i32,
    from: Option<Moment>,
}

/// A document in force, and how it stands.
async fn in_force(
    state: &State,
    kind: DocumentKind,
) -> Result<(documents::Shown, Standing), PageError> {
    let shown = documents::current(&state.app, kind).await?;
    let next = documents::upcoming(&state.app, kind).await?;
    let standing = Standing {
        word: kind.as_str(),
        is_default: shown.source == Source::Default,
        version: shown.document.version,
        since: shown.document.effective_at.map(Moment::day),
        next: next.map(|next| Next {
            version: next.version,
            from: next.effective_at.map(Moment::day),
        }),
    };
    Ok((shown, standing))
}

/// `GET /about`
pub(super) async fn about(
    Extract(state): Extract<State>,
    browser: Browser,
) -> Result<Response, PageError> {
    let (shown, standing) = in_force(&state, DocumentKind::About).await?;
    let page = AboutPage {
        frame: Frame::new(&state, &browser),
        standing,
        text: Html(markdown(&shown.document.text)),
        usage: instance::usage(&state.app).await?,
    };
    Ok(Shown::new(&state, &browser, &page).into_response())
}

/// `GET /rules`: numbered, since reports and decisions cite them by number.
pub(super) async fn rules(
    Extract(state): Extract<State>,
    browser: Browser,
) -> Result<Response, PageError> {
    let (shown, standing) = in_force(&state, DocumentKind::Rules).await?;
    let source = &shown.document.text;
    let page = RulesPage {
        frame: Frame::new(&state, &browser),
        standing,
        introduction: Html(markdown(introduction(source))),
        rules: text::documents::list_items(source),
    };
    Ok(Shown::new(&state, &browser, &page).into_response())
}

/// What stands before the list of rules.
fn introduction(source: &str) -> &str {
    let is_item = |line: &str| {
        let line = line.trim_start();
        let digits = line.trim_start_matches(|letter: char| letter.is_ascii_digit());
        let is_numbered = digits.len() < line.len() && digits.starts_with(['.', ')']);
        is_numbered || line.starts_with("- ") || line.starts_with("* ") || line.starts_with("+ ")
    };
    let mut length = 0;
    for line in source.split_inclusive('\n') {
        if is_item(line) {
            break;
        }
        length += line.len();
    }
    &source[..length]
}

/// `GET /guidelines`
pub(super) async fn guidelines(
    Extract(state): Extract<State>,
    browser: Browser,
) -> Result<Response, PageError> {
    document(&state, &browser, DocumentKind::Guidelines).await
}

/// `GET /privacy-policy`
pub(super) async fn privacy_policy(
    Extract(state): Extract<State>,
    browser: Browser,
) -> Result<Response, PageError> {
    document(&state, &browser, DocumentKind::Privacy).await
}

/// `GET /terms-of-service`
pub(super) async fn terms_of_service(
    Extract(state): Extract<State>,
    browser: Browser,
) -> Result<Response, PageError> {
    document(&state, &browser, DocumentKind::Terms).await
}

/// `GET /contact`
pub(super) async fn contact(
    Extract(state): Extract<State>,
    browser: Browser,
) -> Result<Response, PageError> {
    document(&state, &browser, DocumentKind::Contact).await
}

async fn document(
    state: &State,
    browser: &Browser,
    kind: DocumentKind,
) -> Result<Response, PageError> {
    let (shown, standing) = in_force(state, kind).await?;
    let page = DocumentPage {
        frame: Frame::new(state, browser),
        heading: documents::title(kind),
        standing,
        text: Html(markdown(&shown.document.text)),
    };
    Ok(Shown::new(state, browser, &page).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_before_the_rules_is_their_introduction() {
        assert_eq!(
            introduction("Please:\n\n- Be kind.\n- So.\n"),
            "Please:\n\n"
        );
        assert_eq!(introduction("1. Be kind.\n"), "");
        assert_eq!(
            introduction("2026 was good.\n1) Be kind."),
            "2026 was good.\n"
        );
        assert_eq!(introduction("No list."), "No list.");
    }
}
