//! Which case comes first. Reports raise or lower a place in a queue, and nothing else: no number of them does anything by
//! itself.

use super::report::{Category, ReportOrigin};

/// What counts of one report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voice {
    /// Of what sort the trouble is said to be.
    pub category: Category,
    /// From where it came.
    pub origin: ReportOrigin,
    /// Who says it, as far as voices are counted: a member, or a whole server. The same voice twice counts once.
    pub who: String,
    /// Earlier reports of theirs that led to something.
    pub acted_on: i64,
    /// Earlier reports of theirs that led to nothing.
    pub dismissed: i64,
    /// It comes from a server that this one holds at arm's length.
    pub is_limited: bool,
}

/// How much the word of whoever reports is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trust {
    /// Shown folded, and all of them together weigh as one.
    Low,
    /// Nothing is known.
    Ordinary,
    /// Was right three times or more, and more often than not.
    Proven,
}

/// Reports that were right before somebody's word is worth more, and those that were not before it is worth less.
const PROVEN_BY: i64 = 3;

impl Voice {
    /// How much this word is worth.
    pub fn trust(&self) -> Trust {
        if self.is_limited || (self.dismissed >= PROVEN_BY && self.acted_on * 2 < self.dismissed) {
            Trust::Low
        } else if self.acted_on >= PROVEN_BY && self.acted_on > self.dismissed {
            Trust::Proven
        } else {
            Trust::Ordinary
        }
    }

    fn weight(&self) -> i32 {
        match (self.origin, self.trust()) {
            (_, Trust::Low) => 0,
            (ReportOrigin::Remote, Trust::Ordinary) => 5,
            (ReportOrigin::Remote, Trust::Proven) => 15,
            (_, Trust::Ordinary) => 10,
            (_, Trust::Proven) => 25,
        }
    }
}

/// The most that voices add: a flood never outweighs what is urgent by its nature.
const MOST_FROM_VOICES: i32 = 400;

/// The place of a case in the queue, higher first: harassment of moderators, then what cannot wait, then what trusted or many
/// people say.
pub fn score(category: Category, voices: &[Voice]) -> i32 {
    let mut heard: Vec<&str> = Vec::new();
    let mut from_voices = 0;
    let mut has_low = false;
    for voice in voices {
        has_low |= voice.trust() == Trust::Low;
        if !heard.contains(&voice.who.as_str()) {
            heard.push(&voice.who);
            from_voices += voice.weight();
        }
    }
    urgency(category, voices) + from_voices.min(MOST_FROM_VOICES) + i32::from(has_low)
}

/// A report is believed as to its sort if it is not of low trust; what moderators have made of the case always is.
fn urgency(category: Category, voices: &[Voice]) -> i32 {
    voices
        .iter()
        .filter(|voice| voice.trust() > Trust::Low)
        .map(|voice| voice.category)
        .chain([category])
        .map(|category| match category {
            Category::ModeratorHarassment => 2_000,
            Category::IllegalContent | Category::PrivateData | Category::Threat => 1_000,
            Category::Compromised | Category::Attack | Category::Legal => 500,
            _ => 0,
        })
        .max()
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(who: &str) -> Voice {
        Voice {
            category: Category::Other,
            origin: ReportOrigin::Member,
            who: who.into(),
            acted_on: 0,
            dismissed: 0,
            is_limited: false,
        }
    }

    fn remote(who: &str) -> Voice {
        Voice {
            origin: ReportOrigin::Remote,
            ..member(who)
        }
    }

    #[test]
    fn harassment_of_moderators_comes_before_any_number_of_complaints() {
        let crowd: Vec<Voice> = (0..500).map(|who| member(&who.to_string())).collect();
        let harassed = Voice {
            category: Category::ModeratorHarassment,
            ..remote("x.example")
        };

        assert!(score(Category::Other, &[harassed]) > score(Category::Other, &crowd));
        assert!(score(Category::Threat, &[member("a")]) > score(Category::Other, &crowd));
    }

    #[test]
    fn many_and_trusted_voices_come_before_one() {
        let one = score(Category::Other, &[member("a")]);
        let two = score(Category::Other, &[member("a"), member("b")]);
        let trusted = score(
            Category::Other,
            &[Voice {
                acted_on: 3,
                ..member("a")
            }],
        );

        assert!(two > one);
        assert!(trusted > two);
    }

    #[test]
    fn the_same_voice_counts_once() {
        let once = score(Category::Other, &[remote("x.example")]);
        let often = score(Category::Other, &vec![remote("x.example"); 50]);

        assert_eq!(once, often);
    }

    #[test]
    fn servers_of_low_trust_weigh_as_one_and_their_alarm_is_not_believed() {
        let low = |who: &str| Voice {
            is_limited: true,
            category: Category::ModeratorHarassment,
            ..remote(who)
        };
        let flood: Vec<Voice> = (0..40)
            .map(|server| low(&format!("{server}.example")))
            .collect();

        assert_eq!(
            score(Category::Other, &flood),
            score(Category::Other, &flood[..1])
        );
        assert!(score(Category::Other, &flood) < score(Category::Other, &[remote("good.example")]));
    }

    #[test]
    fn whoever_cries_wolf_is_believed_less() {
        assert_eq!(
            Voice {
                dismissed: 3,
                ..member("a")
            }
            .trust(),
            Trust::Low
        );
        assert_eq!(
            Voice {
                dismissed: 3,
                acted_on: 2,
                ..member("a")
            }
            .trust(),
            Trust::Ordinary
        );
        assert_eq!(
            Voice {
                dismissed: 3,
                acted_on: 4,
                ..member("a")
            }
            .trust(),
            Trust::Proven
        );
    }
}
