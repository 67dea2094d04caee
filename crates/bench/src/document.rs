//! Writes the table into a document, between two marks.

use std::fs;

use anyhow::{Context as _, Result};

const BEGIN: &str = "<!-- bench:begin -->\n";
const END: &str = "<!-- bench:end -->";

/// Replaces what stands between the marks.
pub(crate) fn write(path: &str, table: &str) -> Result<()> {
    let text = fs::read_to_string(path).with_context(|| format!("reading {path}"))?;
    let (before, rest) = text
        .split_once(BEGIN)
        .with_context(|| format!("{path} has no line {}", BEGIN.trim()))?;
    let (_, after) = rest
        .split_once(END)
        .with_context(|| format!("{path} has no line {END}"))?;
    fs::write(path, format!("{before}{BEGIN}{table}{END}{after}"))?;
    Ok(())
}
