//! Numbers about moderation: by month, by half-year, and what is in force now.
//!
//! A number from 1 to 4 that could point at a person is told as "fewer than five" ([`Figure::Few`]); so is what could be
//! worked out from it: there are no sums, and no times of fewer than five cases.

use std::collections::BTreeMap;

use db::moderation::Span;
use time::{Date, Month, Time};

use crate::{App, Result, moderation::board};

/// How many months are told.
const MONTHS: usize = 12;
/// How many half-years.
const TERMS: usize = 6;
/// From so many on, a number points at nobody.
const ENOUGH: i64 = 5;
const DAY: i64 = 24 * 60 * 60;

/// Everything that is told.
#[derive(Clone, Debug, PartialEq)]
pub struct Statistics {
    /// Months, newest first, then terms, newest first.
    pub periods: Vec<Period>,
    /// What is in force now.
    pub in_force: Vec<Line>,
}

/// One period.
#[derive(Clone, Debug, PartialEq)]
pub struct Period {
    /// Whether a month or a term.
    pub length: Length,
    /// The first day.
    pub begins: Date,
    /// The day after the last.
    pub ends: Date,
    /// Whether it is over, so that its numbers stay.
    pub is_over: bool,
    /// Its numbers.
    pub lines: Vec<Line>,
}

/// How long a period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// A calendar month.
    Month,
    /// A half-year: January to June, July to December.
    Term,
}

impl Length {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Term => "term",
        }
    }
}

/// One number with its name.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What it belongs to: `reports_by_origin`, …
    pub group: String,
    /// Its name within.
    pub name: String,
    /// The number.
    pub figure: Figure,
}

/// A number as it may be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// So many.
    Number(i64),
    /// One to four, which could point at a person.
    Few,
    /// A share in per cent.
    Percent(i64),
    /// A time, in seconds.
    Seconds(i64),
    /// Days.
    Days(i64),
    /// There is nothing to tell, or too few to tell it of.
    Untold,
}

/// The numbers as they are now.
pub async fn statistics(app: &App) -> Result<Statistics> {
    let now = app.clock.now();
    let mut connection = app.db.acquire().await?;
    let begin = db::moderation::log_begins(&mut connection)
        .await?
        .unwrap_or(now);
    let calendar = calendar(begin.date(), now.date());
    let spans: Vec<Span> = calendar
        .iter()
        .map(|(_, begins, ends)| Span {
            begins: begins.with_time(Time::MIDNIGHT).assume_utc(),
            ends: ends.with_time(Time::MIDNIGHT).assume_utc(),
        })
        .collect();
    let counts = db::moderation::statistics(&mut connection, &spans, now).await?;
    let in_force = db::moderation::measures_in_force(&mut connection).await?;
    let governance = board::governance(&mut connection, app).await?;
    drop(connection);

    let mut numbers = vec![Numbers::default(); spans.len()];
    for count in counts {
        if let Some(of_span) = numbers.get_mut(count.span) {
            of_span.0.insert((count.group, count.name), count.number);
        }
    }
    let periods = calendar
        .iter()
        .zip(&spans)
        .zip(numbers)
        .map(|((&(length, begins, ends), span), numbers)| {
            let from = span.begins.max(begin);
            let passed = (span.ends.min(now) - from).whole_seconds().max(0);
            Period {
                length,
                begins,
                ends,
                is_over: span.ends <= now,
                lines: numbers.lines(passed * i64::from(governance.seats)),
            }
        })
        .collect();
    Ok(Statistics {
        periods,
        in_force: in_force.into_iter().map(in_force_line).collect(),
    })
}

fn in_force_line(row: db::moderation::InForce) -> Line {
    let name = match row.severity {
        Some(severity) => format!("{}_{severity}", row.measure),
        None => row.measure,
    };
    let figure = match row.target.as_str() {
        "domain" | "email_domain" | "server" => Figure::Number(row.number),
        _ => of_people(row.number),
    };
    Line {
        group: row.target,
        name,
        figure,
    }
}

const fn of_people(number: i64) -> Figure {
    match number {
        1..ENOUGH => Figure::Few,
        _ => Figure::Number(number),
    }
}

/// The periods that are told: those that have begun since the log did, newest first.
fn calendar(begin: Date, today: Date) -> Vec<(Length, Date, Date)> {
    let mut told = Vec::new();
    for (length, most) in [(Length::Month, MONTHS), (Length::Term, TERMS)] {
        let mut first = first_day(length, today);
        for _ in 0..most {
            let end = after(length, first);
            if end <= begin {
                break;
            }
            told.push((length, first, end));
            let Some(before) = first.previous_day() else {
                break;
            };
            first = first_day(length, before);
        }
    }
    told
}

fn first_day(length: Length, day: Date) -> Date {
    let month = match length {
        Length::Month => day.month(),
        Length::Term if u8::from(day.month()) <= 6 => Month::January,
        Length::Term => Month::July,
    };
    Date::from_calendar_date(day.year(), month, 1).unwrap_or(day)
}

fn after(length: Length, first: Date) -> Date {
    let months = match length {
        Length::Month => 1,
        Length::Term => 6,
    };
    let mut day = first;
    for _ in 0..months {
        let month = day.month();
        let year = day.year() + i32::from(month == Month::December);
        day = Date::from_calendar_date(year, month.next(), 1).unwrap_or(day);
    }
    day
}

/// The numbers of one period, by group and name.
#[derive(Clone, Debug, Default)]
struct Numbers(BTreeMap<(String, String), i64>);

impl Numbers {
    fn get(&self, group: &str, name: &str) -> i64 {
        let key = (group.to_owned(), name.to_owned());
        self.0.get(&key).copied().unwrap_or_default()
    }

    fn group(&self, group: &str) -> impl Iterator<Item = (&str, i64)> {
        self.0
            .iter()
            .filter(move |((of, _), _)| of == group)
            .map(|((_, name), number)| (name.as_str(), *number))
    }

    /// As they are told. `seats` is for how many seconds all seats together could have been held.
    fn lines(&self, seats: i64) -> Vec<Line> {
        let mut told = Told::default();
        let vacant = seats - self.get("moderators", "held_seconds");
        told.add(
            "moderators",
            "active",
            Figure::Number(self.get("moderators", "persons")),
        );
        told.add(
            "moderators",
            "vacancy",
            Figure::Days((vacant.max(0) + DAY / 2) / DAY),
        );
        for group in ["reports_by_origin", "reports_by_category", "outcomes"] {
            for (name, number) in self.group(group) {
                told.add(group, name, of_people(number));
            }
        }
        for (group, label) in [
            ("first_look", "time_to_first_look"),
            ("decision", "time_to_decision"),
        ] {
            let is_enough = self.get(group, "cases") >= ENOUGH;
            for (name, shown) in [("median", "median"), ("ninth", "90th_percentile")] {
                let figure = if is_enough {
                    Figure::Seconds(self.get(group, name))
                } else {
                    Figure::Untold
                };
                told.add(label, shown, figure);
            }
        }
        for (name, number) in self.group("proposals") {
            told.add("proposals", name, Figure::Number(number));
        }
        let decisions = self.get("decisions", "executed");
        let share = if decisions == 0 {
            Figure::Untold
        } else {
            Figure::Percent(self.get("decisions", "with_objection") * 100 / decisions)
        };
        told.add("decisions", "with_objection", share);
        for name in ["taken", "ratified", "rolled_back"] {
            told.add(
                "emergency_measures",
                name,
                Figure::Number(self.get("emergencies", name)),
            );
        }
        told.add(
            "recusals",
            "declared",
            Figure::Number(self.get("recusals", "declared")),
        );
        for name in ["filed", "overturned", "upheld", "escalated"] {
            told.add("appeals", name, of_people(self.get("appeals", name)));
        }
        told.add(
            "private_data",
            "looks",
            Figure::Number(self.get("private_data", "looks")),
        );
        told.add(
            "log",
            "redactions",
            Figure::Number(self.get("log", "redactions")),
        );
        told.add(
            "members",
            "off_boarded",
            of_people(self.get("members", "off_boarded")),
        );
        told.0
    }
}

#[derive(Default)]
struct Told(Vec<Line>);

impl Told {
    fn add(&mut self, group: &str, name: &str, figure: Figure) {
        self.0.push(Line {
            group: group.to_owned(),
            name: name.to_owned(),
            figure,
        });
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn months_and_terms_are_told_since_the_log_began() {
        let told = calendar(date!(2026 - 05 - 20), date!(2026 - 07 - 02));

        assert_eq!(
            told,
            [
                (Length::Month, date!(2026 - 07 - 01), date!(2026 - 08 - 01)),
                (Length::Month, date!(2026 - 06 - 01), date!(2026 - 07 - 01)),
                (Length::Month, date!(2026 - 05 - 01), date!(2026 - 06 - 01)),
                (Length::Term, date!(2026 - 07 - 01), date!(2027 - 01 - 01)),
                (Length::Term, date!(2026 - 01 - 01), date!(2026 - 07 - 01)),
            ]
        );
    }

    #[test]
    fn numbers_that_could_point_at_a_person_are_not_told() {
        let mut numbers = Numbers::default();
        for (group, name, number) in [
            ("reports_by_category", "spam", 4),
            ("reports_by_category", "other", 5),
            ("first_look", "cases", 4),
            ("first_look", "median", 60),
            ("proposals", "executed", 2),
        ] {
            numbers.0.insert((group.into(), name.into()), number);
        }

        let lines = numbers.lines(0);

        let figure = |group: &str, name: &str| {
            let found = lines
                .iter()
                .find(|line| line.group == group && line.name == name);
            found.map(|line| line.figure)
        };
        assert_eq!(figure("reports_by_category", "spam"), Some(Figure::Few));
        assert_eq!(
            figure("reports_by_category", "other"),
            Some(Figure::Number(5))
        );
        assert_eq!(figure("time_to_first_look", "median"), Some(Figure::Untold));
        assert_eq!(figure("proposals", "executed"), Some(Figure::Number(2)));
    }
}
