//! Logs and metrics.

use std::net::SocketAddr;

use super::profile::Profile;
use super::reader::Reader;
use super::table::{Kind, Section, accept, map};

/// The chapter of the table.
pub const SECTION: Section = Section {
    title: "Logs and metrics",
    introduction: "Metrics have an address of their own and are off until one is set; do not let strangers reach it.",
    variables: &[
        accept("RAILS_LOG_LEVEL", Kind::Text, "info", "How much is logged: `error`, `warn`, `info`, `debug`, or tracing's filters such as `info,sqlx=warn`.").formerly(&["LOG_LEVEL"]),
        accept("MOOT_LOG_FORMAT", Kind::Choice(&["json", "text"]), "", "Form of log lines. Without it: json in production, text otherwise."),
        accept("MOOT_METRICS_ADDRESS", Kind::Text, "", "Address of `/metrics`, such as `127.0.0.1:9394`."),
        map("MASTODON_PROMETHEUS_EXPORTER_ENABLED", Kind::Boolean, "", "Opens `/metrics` on the address that the next two give."),
        map("MASTODON_PROMETHEUS_EXPORTER_HOST", Kind::Text, "127.0.0.1", "Address of `/metrics`.").formerly(&["PROMETHEUS_EXPORTER_HOST"]),
        map("MASTODON_PROMETHEUS_EXPORTER_PORT", Kind::Integer, "9394", "Port of `/metrics`.").formerly(&["PROMETHEUS_EXPORTER_PORT"]),
        map("MASTODON_PROMETHEUS_EXPORTER_LOCAL", Kind::Boolean, "", "There is one process, hence no difference.").with("several nodes"),
        map("MASTODON_PROMETHEUS_EXPORTER_WEB_DETAILED_METRICS", Kind::Boolean, "", "Requests are always counted by route and status.").with("finer metrics"),
        map("MASTODON_PROMETHEUS_EXPORTER_SIDEKIQ_DETAILED_METRICS", Kind::Boolean, "", "Jobs are always counted by state.").with("finer metrics"),
        accept("OTEL_*", Kind::Text, "", "Traces by OpenTelemetry (`OTEL_EXPORTER_OTLP_ENDPOINT` and the standard's other names, `OTEL_SERVICE_NAME_PREFIX`, `OTEL_SERVICE_NAME_SEPARATOR`).").secret().with("traces"),
    ],
};

/// Logs and metrics.
#[derive(Debug, Clone)]
pub struct Observability {
    /// A filter in tracing's syntax.
    pub log_filter: String,
    /// Form of log lines.
    pub log_format: LogFormat,
    /// Where `/metrics` listens, if anywhere.
    pub metrics: Option<SocketAddr>,
}

/// Form of log lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// One JSON object a line.
    Json,
    /// For people.
    Text,
}

/// Reads the section.
pub(super) fn read(reader: &mut Reader<'_>, profile: Profile) -> Observability {
    let log_format = match reader.text("MOOT_LOG_FORMAT").as_deref() {
        Some("json") => LogFormat::Json,
        None if profile == Profile::Production => LogFormat::Json,
        _ => LogFormat::Text,
    };
    let own = reader.parsed::<SocketAddr>(
        "MOOT_METRICS_ADDRESS",
        "an address with a port, such as 127.0.0.1:9394",
    );
    let host = reader.parsed(
        "MASTODON_PROMETHEUS_EXPORTER_HOST",
        "an address, such as 127.0.0.1",
    );
    let port = reader.number("MASTODON_PROMETHEUS_EXPORTER_PORT");
    let mastodons = reader
        .boolean("MASTODON_PROMETHEUS_EXPORTER_ENABLED")
        .then_some(host)
        .flatten();
    let log_filter = reader
        .text("RAILS_LOG_LEVEL")
        .unwrap_or_default()
        .to_ascii_lowercase()
        .replace("fatal", "error")
        .replace("unknown", "error");
    Observability {
        log_filter,
        log_format,
        metrics: own.or(mastodons.map(|host| SocketAddr::new(host, port))),
    }
}

#[cfg(test)]
mod tests {
    use super::super::layers::Layers;
    use super::*;

    /// S77: metrics are on no listener until somebody asks for them.
    #[test]
    fn metrics_are_off_until_an_address_is_set() {
        let metrics = |pairs: &[(&str, &str)]| {
            read(&mut Reader::new(&Layers::of(pairs)), Profile::Production)
                .metrics
                .map(|address| address.to_string())
        };

        assert_eq!(metrics(&[]), None);
        assert_eq!(
            metrics(&[("MOOT_METRICS_ADDRESS", "127.0.0.1:9000")]).as_deref(),
            Some("127.0.0.1:9000")
        );
        assert_eq!(
            metrics(&[("MASTODON_PROMETHEUS_EXPORTER_ENABLED", "true")]).as_deref(),
            Some("127.0.0.1:9394")
        );
        assert_eq!(
            metrics(&[("MASTODON_PROMETHEUS_EXPORTER_PORT", "9999")]),
            None
        );
    }
}
