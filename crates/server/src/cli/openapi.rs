//! `moot openapi`: prints the description of the moderators' and the board's API.

pub(super) fn run() -> anyhow::Result<()> {
    println!(
        "{}",
        serde_json::to_string_pretty(&web::openapi::document())?
    );
    Ok(())
}
