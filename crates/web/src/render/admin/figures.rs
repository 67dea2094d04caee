//! Figures for a dashboard.

use mastodon::{Id, Timestamp, admin};
use service::moderation::admin::{Cohort, Frequency, Measured, Part};
use time::Date;

use crate::render::Renderer;

impl Renderer {
    /// A figure over time.
    pub(crate) fn measure(key: &'static str, measured: &Measured) -> admin::Measure {
        admin::Measure {
            key,
            unit: None,
            total: Id(measured.total),
            previous_total: measured.previous.map(Id),
            data: measured
                .days
                .iter()
                .map(|(day, number)| admin::MeasureData {
                    date: midnight(*day),
                    value: Id(*number),
                })
                .collect(),
        }
    }

    /// What something is made up of.
    pub(crate) fn dimension(key: &'static str, parts: Vec<Part>) -> admin::Dimension {
        let is_space = key == "space_usage";
        let is_versions = key == "software_versions";
        admin::Dimension {
            key,
            data: parts
                .into_iter()
                .map(|part| admin::DimensionData {
                    human_key: part.name.unwrap_or_else(|| part.key.clone()),
                    unit: is_space.then_some("bytes"),
                    human_value: (is_space || is_versions).then(|| part.value.clone()),
                    value: part.value,
                    key: part.key,
                })
                .collect(),
        }
    }

    /// How many are still about, by the period in which they joined.
    pub(crate) fn cohorts(frequency: Frequency, cohorts: &[Cohort]) -> Vec<admin::Cohort> {
        cohorts
            .chunk_by(|one, next| one.joined == next.joined)
            .map(|of_one| admin::Cohort {
                period: midnight(of_one[0].joined),
                frequency: frequency.as_str(),
                data: of_one
                    .iter()
                    .map(|cohort| admin::CohortData {
                        date: midnight(cohort.seen),
                        rate: share(cohort.retained, cohort.members),
                        value: Id(cohort.retained),
                    })
                    .collect(),
            })
            .collect()
    }
}

fn midnight(day: Date) -> Timestamp {
    Timestamp(day.midnight().assume_utc())
}

#[expect(
    clippy::cast_precision_loss,
    reason = "numbers of members are far below 2^52"
)]
fn share(part: i64, whole: i64) -> f64 {
    part as f64 / whole.max(1) as f64
}
