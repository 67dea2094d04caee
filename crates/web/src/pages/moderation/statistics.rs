//! Numbers about moderation, as a page, as JSON and as CSV: the same in each.

use std::fmt::Write as _;

use askama::Template;
use axum::{
    extract::State as Extract,
    response::{IntoResponse, Response},
};
use http::header;
use serde_json::{Value, json};
use service::moderation::statistics::{self, Figure, Length, Line, Period, Statistics};

use crate::{
    State,
    pages::{Frame, PageError, Shown},
    session::Browser,
};

const CACHED: &str = "public, max-age=3600";

#[derive(Template)]
#[template(path = "moderation/statistics.html")]
struct StatisticsPage {
    frame: Frame,
    tables: Vec<Table>,
    in_force: Vec<(String, String)>,
}

/// Periods side by side.
struct Table {
    caption: &'static str,
    heads: Vec<String>,
    groups: Vec<Group>,
}

struct Group {
    label: String,
    rows: Vec<(String, Vec<String>)>,
}

/// `GET /moderation/statistics`
pub(super) async fn show(
    Extract(state): Extract<State>,
    browser: Browser,
) -> Result<Response, PageError> {
    let told = statistics::statistics(&state.app).await?;
    let page = StatisticsPage {
        frame: Frame::new(&state, &browser),
        tables: vec![
            table("By month", Length::Month, &told),
            table("By half-year", Length::Term, &told),
        ],
        in_force: told
            .in_force
            .iter()
            .map(|line| {
                let name = format!(
                    "{}: {}",
                    words(&line.group),
                    words(&line.name).to_lowercase()
                );
                (name, shown(line.figure))
            })
            .collect(),
    };
    Ok(Shown::new(&state, &browser, &page).into_response())
}

/// `GET /moderation/statistics.json`
pub(super) async fn json(Extract(state): Extract<State>) -> Result<Response, PageError> {
    let told = statistics::statistics(&state.app).await?;
    let lines = |lines: &[Line]| -> Vec<Value> {
        lines
            .iter()
            .map(|line| {
                json!({
                    "group": line.group,
                    "name": line.name,
                    "value": value(line.figure),
                    "unit": unit(line.figure),
                })
            })
            .collect()
    };
    let periods: Vec<Value> = told
        .periods
        .iter()
        .map(|period| {
            json!({
                "length": period.length.as_str(),
                "begins": period.begins.to_string(),
                "ends": period.ends.to_string(),
                "is_over": period.is_over,
                "figures": lines(&period.lines),
            })
        })
        .collect();
    let body = json!({"periods": periods, "in_force": lines(&told.in_force)}).to_string();
    let headers = [
        (header::CONTENT_TYPE, "application/json; charset=utf-8"),
        (header::CACHE_CONTROL, CACHED),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    Ok((headers, body).into_response())
}

/// `GET /moderation/statistics.csv`
pub(super) async fn csv(Extract(state): Extract<State>) -> Result<Response, PageError> {
    let told = statistics::statistics(&state.app).await?;
    let mut body = String::from("length,begins,ends,is_over,group,name,value,unit\n");
    let mut write = |period: [&str; 4], line: &Line| {
        let value = match value(line.figure) {
            Value::Null => String::new(),
            Value::String(text) => text,
            other => other.to_string(),
        };
        // Every part is a word of ours, a date or a number, so that nothing needs quotes.
        let _ = writeln!(
            body,
            "{},{},{},{value},{}",
            period.join(","),
            line.group,
            line.name,
            unit(line.figure)
        );
    };
    for period in &told.periods {
        let (begins, ends) = (period.begins.to_string(), period.ends.to_string());
        let is_over = if period.is_over { "true" } else { "false" };
        for line in &period.lines {
            write([period.length.as_str(), &begins, &ends, is_over], line);
        }
    }
    for line in &told.in_force {
        write(["now", "", "", "false"], line);
    }
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CACHE_CONTROL, CACHED),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"moderation-statistics.csv\"",
        ),
    ];
    Ok((headers, body).into_response())
}

fn table(caption: &'static str, length: Length, told: &Statistics) -> Table {
    let periods: Vec<&Period> = told
        .periods
        .iter()
        .filter(|period| period.length == length)
        .collect();
    let mut groups: Vec<Group> = Vec::new();
    let mut names: Vec<(&str, &str)> = Vec::new();
    for line in periods.iter().flat_map(|period| &period.lines) {
        if !names.contains(&(&line.group, &line.name)) {
            names.push((&line.group, &line.name));
        }
    }
    for (group, name) in names {
        let cells = periods
            .iter()
            .map(|period| {
                let line = period
                    .lines
                    .iter()
                    .find(|line| line.group == group && line.name == name);
                line.map_or_else(|| "0".to_owned(), |line| shown(line.figure))
            })
            .collect();
        let row = (words(name), cells);
        let label = words(group);
        match groups.iter_mut().find(|known| known.label == label) {
            Some(known) => known.rows.push(row),
            None => groups.push(Group {
                label,
                rows: vec![row],
            }),
        }
    }
    Table {
        caption,
        heads: periods.iter().map(|period| head(period)).collect(),
        groups,
    }
}

fn head(period: &Period) -> String {
    let begins = period.begins;
    let name = match period.length {
        Length::Month => format!("{}-{:02}", begins.year(), u8::from(begins.month())),
        Length::Term if u8::from(begins.month()) < 7 => format!("{} Jan–Jun", begins.year()),
        Length::Term => format!("{} Jul–Dec", begins.year()),
    };
    if period.is_over {
        name
    } else {
        format!("{name} (so far)")
    }
}

/// `reports_by_origin` as `Reports by origin`.
fn words(name: &str) -> String {
    let mut words = name.replace('_', " ");
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    words
}

fn shown(figure: Figure) -> String {
    match figure {
        Figure::Number(number) => number.to_string(),
        Figure::Few => "<5".to_owned(),
        Figure::Percent(share) => format!("{share} %"),
        Figure::Seconds(seconds) if seconds >= 48 * 3600 => format!("{} days", seconds / 86_400),
        Figure::Seconds(seconds) if seconds >= 2 * 3600 => format!("{} hours", seconds / 3600),
        Figure::Seconds(seconds) => format!("{} min", seconds / 60),
        Figure::Days(1) => "1 day".to_owned(),
        Figure::Days(days) => format!("{days} days"),
        Figure::Untold => "–".to_owned(),
    }
}

fn value(figure: Figure) -> Value {
    match figure {
        Figure::Number(number)
        | Figure::Percent(number)
        | Figure::Seconds(number)
        | Figure::Days(number) => number.into(),
        Figure::Few => "<5".into(),
        Figure::Untold => Value::Null,
    }
}

const fn unit(figure: Figure) -> &'static str {
    match figure {
        Figure::Number(_) | Figure::Few | Figure::Untold => "",
        Figure::Percent(_) => "percent",
        Figure::Seconds(_) => "seconds",
        Figure::Days(_) => "days",
    }
}
