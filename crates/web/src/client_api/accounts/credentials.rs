//! The member's own account.

use axum::extract::State as Extract;
use mastodon::forms::{ProfileField, SourceChanges, UpdateCredentials};
use model::{Page, Visibility, member};
use service::{
    accounts::{self, ProfileChange},
    members,
    moderation::acting,
    relationships,
};

use crate::{
    State,
    client_api::answer,
    error::{Answer, ApiError},
    extract::{FileField, Member, ParamsAndFiles},
};

/// `GET /api/v1/accounts/verify_credentials`
pub(crate) async fn show(Extract(state): Extract<State>, member: Member) -> Answer {
    let member = members::get(&state.app, member.id).await?;
    own_account(&state, &member).await
}

/// `PATCH /api/v1/accounts/update_credentials`
pub(crate) async fn update(
    Extract(state): Extract<State>,
    member: Member,
    ParamsAndFiles(form, files): ParamsAndFiles<UpdateCredentials>,
) -> Answer {
    let change = change(form, &files)?;
    let changed = accounts::update_profile(&state.app, member.id, change).await?;
    own_account(&state, &changed).await
}

/// Requests to follow are counted up to 40, as in Mastodon.
async fn own_account(state: &State, member: &member::Member) -> Answer {
    let page = Page::newest(40);
    let requests = relationships::requests(&state.app, member.account.id, page).await?;
    let officer = acting::officer(&state.app, member.account.id).await?;
    let renderer = &state.renderer;
    answer(&renderer.credential_account(member, requests.len(), officer.as_ref()))
}

fn change(form: UpdateCredentials, files: &[FileField]) -> Result<ProfileChange, ApiError> {
    // Said plainly rather than dropped: the app would show a picture that nobody else sees.
    if files
        .iter()
        .any(|file| file.field == "avatar" || file.field == "header")
    {
        return Err(ApiError::invalid(
            "Validation failed: Pictures cannot be uploaded yet",
        ));
    }
    let source = form.source.unwrap_or_default();
    let field = |field: ProfileField| {
        (
            field.name.unwrap_or_default(),
            field.value.unwrap_or_default(),
        )
    };
    Ok(ProfileChange {
        display_name: form.display_name,
        note: form.note,
        fields: form
            .fields_attributes
            .map(|fields| fields.into_iter().map(field).collect()),
        locked: form.locked,
        bot: form.bot,
        discoverable: form.discoverable,
        indexable: form.indexable,
        hides_collections: form.hide_collections,
        default_visibility: default_visibility(&source)?,
        default_sensitive: source.sensitive,
        default_language: source
            .language
            .map(|code| Some(code).filter(|code| !code.is_empty())),
    })
}

fn default_visibility(source: &SourceChanges) -> Result<Option<Visibility>, ApiError> {
    let Some(word) = source.privacy.as_deref() else {
        return Ok(None);
    };
    let may_be_default = |visibility: &Visibility| {
        matches!(
            visibility,
            Visibility::Public | Visibility::Unlisted | Visibility::Private
        )
    };
    let visibility = Visibility::from_word(word).filter(may_be_default);
    visibility.map(Some).ok_or(ApiError::invalid(
        "Validation failed: Default privacy is not included in the list",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_named_is_left_alone() {
        let form = UpdateCredentials {
            note: Some(String::new()),
            ..UpdateCredentials::default()
        };

        let change = change(form, &[]).unwrap();

        assert_eq!(change.note.as_deref(), Some(""));
        assert_eq!(change.display_name, None);
        assert_eq!(change.fields, None);
    }

    #[test]
    fn a_picture_is_refused_rather_than_dropped() {
        let file = FileField {
            field: "avatar".into(),
        };

        assert!(change(UpdateCredentials::default(), &[file]).is_err());
    }

    #[test]
    fn a_default_that_is_for_nobody_or_unknown_is_refused() {
        for word in ["direct", "limited", "friends"] {
            let source = SourceChanges {
                privacy: Some(word.into()),
                ..SourceChanges::default()
            };
            assert!(default_visibility(&source).is_err(), "{word}");
        }
    }
}
