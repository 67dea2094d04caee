//! The server itself, as it presents itself.

/// How somebody without an account gets one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Registrations {
    /// Whoever wants to.
    Open,
    /// Somebody has to let them in.
    Approval,
    /// Not at all.
    Closed,
}

/// In which of its three lives the server runs. Locked in the database at first start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// For real people; URLs are always `https`.
    Production,
    /// To try it out on one machine.
    Demo,
    /// For test suites.
    Test,
}

impl Profile {
    /// The word in the configuration and the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Production => "production",
            Self::Demo => "demo",
            Self::Test => "test",
        }
    }

    /// Reads the word that [`Self::as_str`] writes.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "production" => Self::Production,
            "demo" => Self::Demo,
            "test" => Self::Test,
            _ => return None,
        })
    }
}

/// Figures for NodeInfo and the instance page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// Members.
    pub members: i64,
    /// Members seen in the last 30 days.
    pub active_month: i64,
    /// Members seen in the last 180 days.
    pub active_half_year: i64,
    /// Statuses written here.
    pub local_statuses: i64,
    /// Servers known.
    pub peers: i64,
}
