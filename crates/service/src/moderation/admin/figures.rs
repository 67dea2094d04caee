//! Figures about the server for a dashboard: what the database knows, and nothing guessed.

use db::moderation::admin::{Cohort, Counted, Frequency, Part, Parts};
use model::Domain;
use time::{Date, Duration, OffsetDateTime};

use crate::{App, Result};

/// A figure over time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Figure {
    /// Members who were about. Only when they were last seen is known: nothing of single days, nor of the time before.
    ActiveMembers,
    /// Members who joined.
    NewMembers,
    /// Members' posts, boosts and favourites.
    Interactions,
    /// Reports that came.
    OpenedReports,
    /// Reports that were closed.
    ResolvedReports,
    /// Accounts of a server.
    AccountsOf(Domain),
    /// Posts of a server.
    StatusesOf(Domain),
    /// Reports about people of a server.
    ReportsAbout(Domain),
    /// Follows of people of a server by members.
    FollowsOf(Domain),
    /// Follows of members by people of a server.
    FollowersFrom(Domain),
}

/// A figure, measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measured {
    /// In the time asked about.
    pub total: i64,
    /// In the time before, of the same length.
    pub previous: Option<i64>,
    /// Day by day.
    pub days: Vec<(Date, i64)>,
}

/// What something is made up of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dimension {
    /// Languages of members who were about.
    Languages,
    /// Apps with which members signed up.
    Sources,
    /// Servers, by posts.
    Servers,
    /// Room in the database.
    Space,
    /// Versions of what the server stands on.
    Versions,
    /// Accounts of a server, by followers here.
    AccountsOf(Domain),
    /// Languages of a server's posts.
    LanguagesOf(Domain),
}

/// The longest time that is measured, as in Mastodon.
const LONGEST: Duration = Duration::days(2 * 365);

/// Measures one figure between two days, both included.
pub async fn measure(app: &App, figure: &Figure, (from, to): (Date, Date)) -> Result<Measured> {
    let from = from.max(to - LONGEST).min(to);
    let mut connection = app.db.acquire().await?;
    let counted = match figure {
        Figure::ActiveMembers => {
            let since = from.midnight().assume_utc();
            return Ok(Measured {
                total: db::moderation::admin::seen_members(&mut connection, since).await?,
                previous: None,
                days: Vec::new(),
            });
        }
        Figure::NewMembers => Counted::NewMembers,
        Figure::Interactions => Counted::Interactions,
        Figure::OpenedReports => Counted::OpenedReports,
        Figure::ResolvedReports => Counted::ResolvedReports,
        Figure::AccountsOf(domain) => Counted::AccountsOf(domain.as_str()),
        Figure::StatusesOf(domain) => Counted::StatusesOf(domain.as_str()),
        Figure::ReportsAbout(domain) => Counted::ReportsAbout(domain.as_str()),
        Figure::FollowsOf(domain) => Counted::FollowsOf(domain.as_str()),
        Figure::FollowersFrom(domain) => Counted::FollowersFrom(domain.as_str()),
    };
    let length = to - from + Duration::days(1);
    let days = db::moderation::admin::days(&mut connection, counted, (from, to)).await?;
    let before = (from - length, to - length);
    let previous = db::moderation::admin::days(&mut connection, counted, before).await?;
    let sum = |days: &[(Date, i64)]| days.iter().map(|(_, number)| number).sum();
    Ok(Measured {
        total: sum(&days),
        previous: Some(sum(&previous)),
        days,
    })
}

/// Takes something apart; its largest parts first.
pub async fn dimension(
    app: &App,
    dimension: &Dimension,
    times: (OffsetDateTime, OffsetDateTime),
    limit: u16,
) -> Result<Vec<Part>> {
    let wanted = match dimension {
        Dimension::Languages => Parts::Languages,
        Dimension::Sources => Parts::Sources,
        Dimension::Servers => Parts::Servers,
        Dimension::Space => Parts::Space,
        Dimension::Versions => Parts::Versions,
        Dimension::AccountsOf(domain) => Parts::AccountsOf(domain.as_str()),
        Dimension::LanguagesOf(domain) => Parts::LanguagesOf(domain.as_str()),
    };
    let mut connection = app.db.acquire().await?;
    let mut parts =
        db::moderation::admin::parts(&mut connection, wanted, times, i64::from(limit.min(100)))
            .await?;
    for part in &mut parts {
        if *dimension == Dimension::Servers && part.key.is_empty() {
            part.key = app.settings.local_domain.to_string();
        }
    }
    if *dimension == Dimension::Versions {
        let own = Part {
            key: "moot".into(),
            name: Some("Moot".into()),
            value: env!("CARGO_PKG_VERSION").into(),
        };
        parts.insert(0, own);
    }
    Ok(parts)
}

/// How many of those who joined in one period are still about.
pub async fn retention(
    app: &App,
    (from, to): (Date, Date),
    frequency: Frequency,
) -> Result<Vec<Cohort>> {
    let longest = match frequency {
        Frequency::Day => Duration::days(31),
        Frequency::Month => Duration::days(366),
    };
    let from = from.max(to - longest).min(to);
    let mut connection = app.db.acquire().await?;
    Ok(db::moderation::admin::retention(&mut connection, (from, to), frequency).await?)
}
