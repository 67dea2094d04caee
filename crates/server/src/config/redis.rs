//! Redis and the search engine that Mastodon needs and Moot does not.

use super::table::{Kind, Section, accept, map, no_op};

/// The chapter of the table.
pub const SECTION: Section = Section {
    title: "Redis",
    introduction: "Optional, and used only when `REDIS_URL` or `REDIS_HOST` is set: a cache and a message bus between nodes. Jobs live in PostgreSQL.",
    variables: &[
        accept("REDIS_URL", Kind::Text, "", "Wins over the parts below.")
            .secret()
            .with("several nodes"),
        accept("REDIS_HOST", Kind::Text, "", "Host name.").with("several nodes"),
        accept("REDIS_PORT", Kind::Integer, "6379", "Port.").with("several nodes"),
        accept("REDIS_USER", Kind::Text, "", "User.").with("several nodes"),
        accept("REDIS_PASSWORD", Kind::Text, "", "Password.")
            .secret()
            .with("several nodes"),
        accept("REDIS_DB", Kind::Integer, "0", "Number of the database.").with("several nodes"),
        accept(
            "REDIS_SENTINELS",
            Kind::List(','),
            "",
            "Sentinels, each `host` or `host:port`.",
        )
        .with("several nodes"),
        accept(
            "REDIS_SENTINEL_MASTER",
            Kind::Text,
            "",
            "Name of the watched master.",
        )
        .with("several nodes"),
        accept(
            "REDIS_SENTINEL_PORT",
            Kind::Integer,
            "26379",
            "Port of the sentinels.",
        )
        .with("several nodes"),
        accept(
            "REDIS_SENTINEL_USERNAME",
            Kind::Text,
            "",
            "User at the sentinels.",
        )
        .with("several nodes"),
        accept(
            "REDIS_SENTINEL_PASSWORD",
            Kind::Text,
            "",
            "Password at the sentinels.",
        )
        .secret()
        .with("several nodes"),
        map(
            "REDIS_NAMESPACE",
            Kind::Text,
            "",
            "Becomes the start of every key.",
        )
        .with("several nodes"),
        accept(
            "CACHE_REDIS_*",
            Kind::Text,
            "",
            "Another Redis for the cache.",
        )
        .secret()
        .with("several nodes"),
        no_op("SIDEKIQ_REDIS_*", "Jobs live in PostgreSQL."),
        no_op("REDIS_DRIVER", "There is one driver."),
    ],
};

/// Search.
pub const SEARCH: Section = Section {
    title: "Elasticsearch",
    introduction: "Search is built in, on PostgreSQL.",
    variables: &[
        no_op("ES_ENABLED", BUILT_IN),
        no_op("ES_HOST", BUILT_IN),
        no_op("ES_PORT", BUILT_IN),
        no_op("ES_USER", BUILT_IN),
        no_op("ES_PASS", BUILT_IN).secret(),
        no_op("ES_PREFIX", BUILT_IN),
        no_op("ES_PRESET", BUILT_IN),
        no_op("ES_CA_FILE", BUILT_IN),
        no_op("ES_QUERY_TIMEOUT", BUILT_IN),
    ],
};

const BUILT_IN: &str = "Search is built in, on PostgreSQL.";
