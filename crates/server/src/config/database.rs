//! Which `PostgreSQL` holds the data: one of the administrator's, or a private cluster of Moot's own.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr as _;

use secrecy::ExposeSecret;
use sqlx::postgres::{PgConnectOptions, PgSslMode};

use super::reader::Reader;
use super::table::{Kind, Section, accept};

/// The chapter of the table.
pub const SECTION: Section = Section {
    title: "PostgreSQL",
    introduction: "With `DATABASE_URL` or one of `DB_HOST`, `DB_PORT`, `DB_NAME`, `DB_USER`, `DB_PASS` that server is used (PostgreSQL 15 or newer). \
                   With none of them Moot makes, starts and stops a private cluster in its data folder, reachable through a unix socket only. A database that holds Mastodon's tables is refused.",
    variables: &[
        accept(
            "DATABASE_URL",
            Kind::Text,
            "",
            "`postgres://user:password@host:port/database`; wins over `DB_*`.",
        )
        .secret(),
        accept(
            "DB_HOST",
            Kind::Text,
            "localhost",
            "Host name, or the folder of a unix socket.",
        ),
        accept("DB_PORT", Kind::Integer, "5432", "Port."),
        accept("DB_NAME", Kind::Text, "mastodon_production", "Database."),
        accept("DB_USER", Kind::Text, "mastodon", "User."),
        accept("DB_PASS", Kind::Text, "", "Password.").secret(),
        accept(
            "DB_SSLMODE",
            Kind::Choice(SSL_MODES),
            "prefer",
            "TLS towards the server.",
        ),
        accept(
            "PGSSLMODE",
            Kind::Choice(SSL_MODES),
            "",
            "The same under libpq's name, when `DB_SSLMODE` is unset.",
        ),
        accept(
            "PGSSLROOTCERT",
            Kind::Text,
            "",
            "File with the certificate authority of the server.",
        ),
        accept(
            "DB_POOL",
            Kind::Integer,
            "20",
            "Connections this process holds at most.",
        ),
        accept(
            "PREPARED_STATEMENTS",
            Kind::Boolean,
            "true",
            "`false` behind a PgBouncer that pools by transaction.",
        ),
        accept(
            "MOOT_PAGE_CACHE_MIB",
            Kind::Integer,
            "64",
            "Mebibytes of memory for posts and profiles that were rendered already; 0 keeps none.",
        ),
        accept(
            "MOOT_PG_BIN_DIR",
            Kind::Text,
            "",
            "Folder of `initdb` and `postgres` for the embedded cluster, looked into before the usual ones.",
        ),
        accept(
            "REPLICA_DATABASE_URL",
            Kind::Text,
            "",
            "A read-only copy for reading.",
        )
        .secret()
        .with("read replicas"),
        accept(
            "REPLICA_DB_HOST",
            Kind::Text,
            "",
            "A read-only copy for reading.",
        )
        .with("read replicas"),
        accept("REPLICA_DB_PORT", Kind::Integer, "", "Its port.").with("read replicas"),
        accept("REPLICA_DB_NAME", Kind::Text, "", "Its database.").with("read replicas"),
        accept("REPLICA_DB_USER", Kind::Text, "", "Its user.").with("read replicas"),
        accept("REPLICA_DB_PASS", Kind::Text, "", "Its password.")
            .secret()
            .with("read replicas"),
        accept("REPLICA_DB_*", Kind::Text, "", "Its further settings.")
            .secret()
            .with("read replicas"),
        accept(
            "REPLICA_PREPARED_STATEMENTS",
            Kind::Boolean,
            "",
            "As `PREPARED_STATEMENTS`.",
        )
        .with("read replicas"),
        accept(
            "QUERY_LOG_TAGS_ENABLED",
            Kind::Boolean,
            "",
            "Queries carry a comment that says where they come from.",
        )
        .with("query tags"),
    ],
};

const SSL_MODES: &[&str] = &[
    "disable",
    "allow",
    "prefer",
    "require",
    "verify-ca",
    "verify-full",
];

/// Variables that choose a server of the administrator's own when one of them is set.
const CHOOSES_EXTERNAL: &[&str] = &["DB_HOST", "DB_PORT", "DB_NAME", "DB_USER", "DB_PASS"];

/// Statements that a connection keeps prepared: more than there are, so that none is planned twice.
pub const STATEMENTS: usize = 512;

/// Which `PostgreSQL` holds the data, and how it is used.
#[derive(Debug, Clone)]
pub struct Database {
    /// Where it is.
    pub place: Place,
    /// Connections held at most.
    pub pool_size: u32,
    /// Statements are prepared once for each connection, which is then ours alone.
    pub prepares: bool,
    /// What may be kept in memory of what was loaded and rendered, in mebibytes.
    pub page_cache_mib: u64,
}

/// Where the database is.
#[derive(Clone)]
pub enum Place {
    /// A server of the administrator's own.
    External(Box<PgConnectOptions>),
    /// A cluster in the data folder, with the folder of binaries asked for, if any.
    Embedded(Option<PathBuf>),
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::External(options) => {
                write!(f, "External({}:{})", options.get_host(), options.get_port())
            }
            Self::Embedded(binaries) => f.debug_tuple("Embedded").field(binaries).finish(),
        }
    }
}

impl Database {
    /// Whether it is a server of the administrator's own.
    pub fn is_external(&self) -> bool {
        matches!(self.place, Place::External(_))
    }
}

/// Reads the section.
pub(super) fn read(reader: &mut Reader<'_>) -> Database {
    let url = reader.secret("DATABASE_URL");
    let mut is_external = url.is_some();
    for name in CHOOSES_EXTERNAL {
        is_external |= reader.text_if_set(name).is_some();
    }
    let binaries = reader.text("MOOT_PG_BIN_DIR").map(PathBuf::from);
    let prepares = reader.boolean("PREPARED_STATEMENTS");
    let options = options(
        reader,
        url.as_ref().map(ExposeSecret::expose_secret),
        prepares,
    );
    let pool_size = reader.number("DB_POOL");
    if pool_size < 4 {
        reader.error("DB_POOL must be at least 4: requests, jobs and notifications share it");
    }
    let place = match options {
        Some(options) if is_external => Place::External(Box::new(options)),
        _ => Place::Embedded(binaries),
    };
    Database {
        place,
        pool_size,
        prepares,
        page_cache_mib: reader.number::<u32>("MOOT_PAGE_CACHE_MIB").into(),
    }
}

fn options(reader: &mut Reader<'_>, url: Option<&str>, prepares: bool) -> Option<PgConnectOptions> {
    let host = reader.text("DB_HOST").unwrap_or_default();
    let port = reader.number("DB_PORT");
    let name = reader.text("DB_NAME").unwrap_or_default();
    let user = reader.text("DB_USER").unwrap_or_default();
    let password = reader.secret("DB_PASS");
    let mut options = if let Some(url) = url {
        let Ok(options) = PgConnectOptions::from_str(url) else {
            reader.error("DATABASE_URL must be a URL such as postgres://user:password@host:5432/database (special characters of the password percent-encoded)");
            return None;
        };
        options
    } else {
        let mut options = PgConnectOptions::new_without_pgpass()
            .port(port)
            .database(&name)
            .username(&user);
        options = if host.starts_with('/') {
            options.socket(&host)
        } else {
            options.host(&host)
        };
        match &password {
            Some(password) => options.password(password.expose_secret()),
            None => options,
        }
    };
    let libpq = reader.text("PGSSLMODE");
    let mode = reader.text_if_set("DB_SSLMODE").or(libpq);
    if let Some(mode) = mode.and_then(|mode| PgSslMode::from_str(&mode).ok()) {
        options = options.ssl_mode(mode);
    }
    if let Some(file) = reader.text("PGSSLROOTCERT") {
        options = options.ssl_root_cert(file);
    }
    options = options.statement_cache_capacity(if prepares { STATEMENTS } else { 0 });
    Some(options.application_name("moot"))
}

#[cfg(test)]
mod tests {
    use super::super::layers::Layers;
    use super::*;

    fn database(pairs: &[(&str, &str)]) -> Database {
        read(&mut Reader::new(&Layers::of(pairs)))
    }

    fn host(pairs: &[(&str, &str)]) -> Option<String> {
        match database(pairs).place {
            Place::External(options) => Some(options.get_host().to_owned()),
            Place::Embedded(_) => None,
        }
    }

    #[test]
    fn any_word_about_a_server_chooses_it_and_none_means_embedded() {
        assert_eq!(host(&[]), None);
        assert_eq!(host(&[("DB_POOL", "10")]), None);
        assert_eq!(host(&[("DB_NAME", "moot")]).as_deref(), Some("localhost"));
        assert_eq!(
            host(&[("DB_HOST", "db.example")]).as_deref(),
            Some("db.example")
        );
        assert_eq!(
            host(&[
                ("DATABASE_URL", "postgres://a:b@one.example/x"),
                ("DB_HOST", "two.example")
            ])
            .as_deref(),
            Some("one.example")
        );
    }

    #[test]
    fn a_url_that_is_none_is_an_error_without_its_text() {
        let layers = Layers::of(&[("DATABASE_URL", "postgres//hunter2")]);
        let mut reader = Reader::new(&layers);

        read(&mut reader);

        let report = reader.finish();
        assert!(report.has_errors());
        assert!(!report.to_string().contains("hunter2"));
    }
}
