//! The parts of the consoles, for the line of links above each page.

/// A part, as the template marks the present one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::pages) enum Part {
    /// Something that no link leads to directly.
    Elsewhere,
    Queue,
    Proposals,
    Propose,
    Emergency,
    Appeals,
    Audit,
    Channels,
    Seat,
    Overview,
    Seats,
    Decisions,
    Documents,
    Settings,
}

impl Part {
    /// For templates, which know no enums by name without importing them.
    pub(in crate::pages) fn is(self, other: &str) -> bool {
        self.word() == other
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Elsewhere => "",
            Self::Queue => "queue",
            Self::Proposals => "proposals",
            Self::Propose => "propose",
            Self::Emergency => "emergency",
            Self::Appeals => "appeals",
            Self::Audit => "audit",
            Self::Channels => "channels",
            Self::Seat => "seat",
            Self::Overview => "overview",
            Self::Seats => "seats",
            Self::Decisions => "decisions",
            Self::Documents => "documents",
            Self::Settings => "settings",
        }
    }
}
