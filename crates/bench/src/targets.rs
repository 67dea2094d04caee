//! What the project aims at, and what each kind of request costs at the very least.

/// What the smallest parts cost here, in CPU milliseconds.
pub(crate) struct Costs {
    /// A static answer of the size of a page of home.
    pub(crate) page: f64,
    /// A small static answer.
    pub(crate) small: f64,
    /// One look-up by primary key, in PostgreSQL.
    pub(crate) select: f64,
    /// Making a signature.
    pub(crate) sign: f64,
    /// Checking one.
    pub(crate) verify: f64,
}

/// Of what a request consists at the least: no server on this stack can do with less.
#[derive(Clone, Copy)]
pub(crate) enum Least {
    /// A page, and one look-up for what is the viewer's own.
    PageOfTheirs,
    /// A small answer, and one look-up.
    OneOfTheirs,
    /// A small answer that is the same for everybody.
    Small,
    /// A request to another server, signed, and a look-up.
    Signed,
    /// A small answer after a signature was checked, and a look-up.
    Verified,
}

impl Least {
    /// Together, in CPU milliseconds.
    pub(crate) fn cpu_ms(self, costs: &Costs) -> f64 {
        match self {
            Self::PageOfTheirs => costs.page + costs.select,
            Self::OneOfTheirs => costs.small + costs.select,
            Self::Small => costs.small,
            Self::Signed => costs.small + costs.select + costs.sign,
            Self::Verified => costs.small + costs.select + costs.verify,
        }
    }
}

/// A kind of request.
pub(crate) struct Target {
    name: &'static str,
    /// For people.
    pub(crate) what: &'static str,
    /// CPU milliseconds per request that the project aims at, server and PostgreSQL together.
    pub(crate) cpu_ms: f64,
    /// What it cannot do without.
    pub(crate) least: Least,
}

const TARGETS: &[Target] = &[
    target("home", "home, 20 posts", 0.2, Least::PageOfTheirs),
    target("public", "public timeline, 20", 0.25, Least::PageOfTheirs),
    target("tag", "tag timeline, 20", 0.25, Least::PageOfTheirs),
    target("account", "account timeline, 20", 0.25, Least::PageOfTheirs),
    target("post", "one post", 0.05, Least::OneOfTheirs),
    target("thread", "thread of 35", 0.2, Least::PageOfTheirs),
    target(
        "notifications",
        "notifications, 40",
        0.4,
        Least::PageOfTheirs,
    ),
    target("instance", "instance", 0.05, Least::Small),
    target("webfinger", "WebFinger", 0.05, Least::Small),
    target("actor", "actor", 0.05, Least::Small),
    target("posting", "posting, with fan-out", 2.0, Least::OneOfTheirs),
    target("delivery", "one outbound delivery", 1.0, Least::Signed),
    target(
        "inbound",
        "signed inbound Create, with fan-out",
        2.0,
        Least::Verified,
    ),
];

const fn target(name: &'static str, what: &'static str, cpu_ms: f64, least: Least) -> Target {
    Target {
        name,
        what,
        cpu_ms,
        least,
    }
}

/// The kind with this name.
pub(crate) fn find(name: &str) -> &'static Target {
    TARGETS
        .iter()
        .find(|target| target.name == name)
        .expect("every kind that is measured stands in the table of targets")
}
