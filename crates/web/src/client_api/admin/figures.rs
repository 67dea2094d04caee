//! Figures for a dashboard.

use axum::extract::State as Extract;
use mastodon::forms::admin::{Figures, OfInstance};
use model::Domain;
use service::moderation::admin::{self, Dimension, Figure, Frequency};
use time::{Date, macros::format_description};

use crate::{
    State,
    client_api::answer,
    error::{Answer, ApiError},
    extract::{Officer, Params},
    render::Renderer,
};

/// Parts of a dimension, when nothing is said.
const USUAL_PARTS: u16 = 10;
/// Figures in one request.
const MOST: usize = 30;

/// `POST /api/v1/admin/measures`
///
/// Keys that this server knows nothing of are left out, as Mastodon leaves out unknown ones.
pub(super) async fn measures(
    Extract(state): Extract<State>,
    Officer(_): Officer,
    Params(form): Params<Figures>,
) -> Answer {
    let times = times(&form)?;
    let mut measures = Vec::new();
    for key in keys(&form) {
        let Some((key, figure)) = figure(key, &form)? else {
            continue;
        };
        let measured = admin::measure(&state.app, &figure, times).await?;
        measures.push(Renderer::measure(key, &measured));
    }
    answer(&measures)
}

/// `POST /api/v1/admin/dimensions`
pub(super) async fn dimensions(
    Extract(state): Extract<State>,
    Officer(_): Officer,
    Params(form): Params<Figures>,
) -> Answer {
    let now = state.app.clock.now();
    let (from, to) = match times(&form) {
        Ok(times) => times,
        // Some dimensions have no time, and apps then name none.
        Err(_) => (now.date() - time::Duration::days(30), now.date()),
    };
    let times = (
        from.midnight().assume_utc(),
        (to + time::Duration::days(1)).midnight().assume_utc(),
    );
    let limit = form
        .limit
        .and_then(|limit| u16::try_from(limit).ok())
        .unwrap_or(USUAL_PARTS)
        .max(1);
    let mut dimensions = Vec::new();
    for key in keys(&form) {
        let Some((key, dimension)) = dimension(key, &form)? else {
            continue;
        };
        let parts = admin::dimension(&state.app, &dimension, times, limit).await?;
        dimensions.push(Renderer::dimension(key, parts));
    }
    answer(&dimensions)
}

/// `POST /api/v1/admin/retention`
pub(super) async fn retention(
    Extract(state): Extract<State>,
    Officer(_): Officer,
    Params(form): Params<Figures>,
) -> Answer {
    let frequency = match form.frequency.as_deref() {
        Some("month") => Frequency::Month,
        _ => Frequency::Day,
    };
    let cohorts = admin::retention(&state.app, times(&form)?, frequency).await?;
    answer(&Renderer::cohorts(frequency, &cohorts))
}

fn keys(form: &Figures) -> impl Iterator<Item = &str> {
    form.keys.iter().flatten().map(String::as_str).take(MOST)
}

fn figure(key: &str, form: &Figures) -> Result<Option<(&'static str, Figure)>, ApiError> {
    Ok(Some(match key {
        "active_users" => ("active_users", Figure::ActiveMembers),
        "new_users" => ("new_users", Figure::NewMembers),
        "interactions" => ("interactions", Figure::Interactions),
        "opened_reports" => ("opened_reports", Figure::OpenedReports),
        "resolved_reports" => ("resolved_reports", Figure::ResolvedReports),
        "instance_accounts" => (
            "instance_accounts",
            Figure::AccountsOf(domain(form.instance_accounts.as_ref())?),
        ),
        "instance_statuses" => (
            "instance_statuses",
            Figure::StatusesOf(domain(form.instance_statuses.as_ref())?),
        ),
        "instance_reports" => (
            "instance_reports",
            Figure::ReportsAbout(domain(form.instance_reports.as_ref())?),
        ),
        "instance_follows" => (
            "instance_follows",
            Figure::FollowsOf(domain(form.instance_follows.as_ref())?),
        ),
        "instance_followers" => (
            "instance_followers",
            Figure::FollowersFrom(domain(form.instance_followers.as_ref())?),
        ),
        _ => return Ok(None),
    }))
}

fn dimension(key: &str, form: &Figures) -> Result<Option<(&'static str, Dimension)>, ApiError> {
    Ok(Some(match key {
        "languages" => ("languages", Dimension::Languages),
        "sources" => ("sources", Dimension::Sources),
        "servers" => ("servers", Dimension::Servers),
        "space_usage" => ("space_usage", Dimension::Space),
        "software_versions" => ("software_versions", Dimension::Versions),
        "instance_accounts" => (
            "instance_accounts",
            Dimension::AccountsOf(domain(form.instance_accounts.as_ref())?),
        ),
        "instance_languages" => (
            "instance_languages",
            Dimension::LanguagesOf(domain(form.instance_languages.as_ref())?),
        ),
        _ => return Ok(None),
    }))
}

fn domain(asked: Option<&OfInstance>) -> Result<Domain, ApiError> {
    asked
        .and_then(|asked| asked.domain.as_deref())
        .and_then(|text| Domain::parse(text).ok())
        .ok_or(ApiError::Malformed(
            "A parameter is missing: the domain".into(),
        ))
}

fn times(form: &Figures) -> Result<(Date, Date), ApiError> {
    let missing = || ApiError::Malformed("A parameter is missing: start_at and end_at".into());
    let from = form.start_at.as_deref().and_then(day).ok_or_else(missing)?;
    let to = form.end_at.as_deref().and_then(day).ok_or_else(missing)?;
    Ok((from, to.max(from)))
}

/// The day at the beginning of `2026-11-23T10:00:00Z`.
fn day(text: &str) -> Option<Date> {
    let text = text.get(..10)?;
    Date::parse(text, format_description!("[year]-[month]-[day]")).ok()
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn days_are_read_from_days_and_moments() {
        assert_eq!(day("2026-11-23"), Some(date!(2026 - 11 - 23)));
        assert_eq!(
            day("2026-11-23T23:59:59+02:00"),
            Some(date!(2026 - 11 - 23))
        );
        assert_eq!(day("yesterday"), None);
        assert_eq!(day("2026-13-01"), None);
    }
}
