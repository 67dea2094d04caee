//! Logs: one JSON object a line in production, lines for people elsewhere; always on standard error.

use std::io::IsTerminal as _;

use tracing_subscriber::EnvFilter;

use crate::config::observability::{LogFormat, Observability};

/// The queries' own messages repeat what is already said by whoever asked.
const QUIET: &str = "sqlx=warn,hyper=info,h2=info,rustls=info,reqwest=info";

/// Starts logging as configured. Returns what is wrong with the filter, if anything; the default holds then.
pub fn start(settings: &Observability) -> Option<String> {
    let wanted = format!("{QUIET},{}", settings.log_filter);
    let (filter, problem) = match EnvFilter::try_new(&wanted) {
        Ok(filter) => (filter, None),
        Err(error) => (
            EnvFilter::new(format!("{QUIET},info")),
            Some(format!(
                "RAILS_LOG_LEVEL is no filter ({error}); info holds"
            )),
        ),
    };
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    match settings.log_format {
        LogFormat::Json => builder
            .json()
            .flatten_event(true)
            .with_current_span(true)
            .with_span_list(false)
            .init(),
        LogFormat::Text => builder
            .with_target(false)
            .with_ansi(std::io::stderr().is_terminal())
            .init(),
    }
    problem
}

/// Logging of a command that ends soon: what went wrong, for people.
pub fn start_for_command() {
    tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new("warn"))
        .with_writer(std::io::stderr)
        .with_target(false)
        .without_time()
        .with_ansi(std::io::stderr().is_terminal())
        .init();
}
