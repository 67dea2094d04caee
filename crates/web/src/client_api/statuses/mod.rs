//! Posts: writing, reading, changing, removing, and reacting to them.

pub(super) mod bookmark;
pub(super) mod boost;
mod context;
mod create;
mod delete;
mod edit;
pub(super) mod favourite;
mod history;
pub(super) mod show;
mod source;

pub(super) use context::context;
pub(super) use create::create;
pub(super) use delete::delete;
pub(super) use edit::edit;
pub(super) use history::history;
pub(super) use source::source;

use model::Visibility;

use crate::error::ApiError;

/// Reads who something is for. `limited` is a word of peers and not for apps to say.
fn visibility(word: Option<&str>) -> Result<Option<Visibility>, ApiError> {
    let Some(word) = word.filter(|word| !word.is_empty()) else {
        return Ok(None);
    };
    let visibility = Visibility::from_word(word).filter(|it| *it != Visibility::Limited);
    visibility.map(Some).ok_or(ApiError::invalid(
        "Validation failed: Visibility is not included in the list",
    ))
}
