//! How a command ends: with a code that scripts can tell apart and a text that says what to do.

use std::process::ExitCode;

use super::log::NotChecked;
use crate::config::layers::LayersError;
use crate::config::reader::Report;
use crate::ground::GroundError;
use crate::identity::IdentityError;

/// Said under `--help`.
pub(super) const HELP: &str = "Exit codes: 0 done; 1 failed, the text says why; 2 wrong arguments; 69 nothing could be checked; 78 the configuration must be mended first.";

/// The configuration's own code, `EX_CONFIG` of sysexits.h.
const CONFIGURATION: u8 = 78;

/// What was to be checked could not be reached or read, `EX_UNAVAILABLE` there.
const UNAVAILABLE: u8 = 69;

/// The configuration cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("the configuration cannot be used:\n{}", .0.errors().map(|line| format!("  - {line}")).collect::<Vec<_>>().join("\n"))]
pub(crate) struct BadConfiguration(pub(crate) Report);

/// Prints a failure with its causes and gives the code to end with.
pub(super) fn report(outcome: anyhow::Result<()>) -> ExitCode {
    let Err(error) = outcome else {
        return ExitCode::SUCCESS;
    };
    eprintln!("moot: {error}");
    for cause in error.chain().skip(1) {
        eprintln!("  because: {cause}");
    }
    let is_configuration = error.chain().any(|cause| {
        cause.is::<BadConfiguration>()
            || cause.is::<LayersError>()
            || cause.is::<IdentityError>()
            || matches!(cause.downcast_ref(), Some(GroundError::Key(_)))
    });
    if is_configuration {
        ExitCode::from(CONFIGURATION)
    } else if error
        .chain()
        .any(<dyn std::error::Error + 'static>::is::<NotChecked>)
    {
        ExitCode::from(UNAVAILABLE)
    } else {
        ExitCode::FAILURE
    }
}
