//! Figures about the server, for a dashboard.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{Id, Timestamp};

/// A figure over time. <https://docs.joinmastodon.org/entities/Admin_Measure/>
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "Admin.Measure")]
pub struct Measure {
    /// Which figure.
    pub key: &'static str,
    /// Of what; null for a plain number.
    pub unit: Option<&'static str>,
    /// In the time asked about; as a string.
    pub total: Id,
    /// In the time before, of the same length; absent for what has no such time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous_total: Option<Id>,
    /// Day by day, where there are days.
    pub data: Vec<MeasureData>,
}

/// A figure of one day.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
#[schemars(rename = "Admin.MeasureData")]
pub struct MeasureData {
    /// The day's midnight.
    pub date: Timestamp,
    /// The figure, as a string.
    pub value: Id,
}

/// What something is made up of. <https://docs.joinmastodon.org/entities/Admin_Dimension/>
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "Admin.Dimension")]
pub struct Dimension {
    /// What.
    pub key: &'static str,
    /// Its parts, largest first.
    pub data: Vec<DimensionData>,
}

/// A part of it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "Admin.DimensionData")]
pub struct DimensionData {
    /// The part, as a word.
    pub key: String,
    /// The part, for people.
    pub human_key: String,
    /// How much, as a string.
    pub value: String,
    /// Of what.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<&'static str>,
    /// How much, for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub human_value: Option<String>,
}

/// How many of those who joined in one period are still about. <https://docs.joinmastodon.org/entities/Admin_Cohort/>
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "Admin.Cohort")]
pub struct Cohort {
    /// The beginning of the period in which they joined.
    pub period: Timestamp,
    /// How long a period is: `day` or `month`.
    pub frequency: &'static str,
    /// This period and the later ones.
    pub data: Vec<CohortData>,
}

/// How many of them were still about in one period.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
#[schemars(rename = "Admin.CohortData")]
pub struct CohortData {
    /// The period's beginning.
    pub date: Timestamp,
    /// Their share, from 0 to 1.
    pub rate: f64,
    /// Their number, as a string.
    pub value: Id,
}
