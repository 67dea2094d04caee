//! `moot version`.

/// The version, as in `NodeInfo` and the banner.
pub(crate) const VERSION: &str = env!("CARGO_PKG_VERSION");

#[expect(clippy::unnecessary_wraps, reason = "every command has this shape")]
pub(super) fn run() -> anyhow::Result<()> {
    println!("moot {VERSION}");
    Ok(())
}
