//! The whole public log in a file: packed when its name ends in `.gz`.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use anyhow::Context as _;
use flate2::Compression;
use flate2::write::GzEncoder;
use futures_util::TryStreamExt as _;
use service::App;
use service::moderation::log;

pub(super) async fn write(app: &App, path: &Path) -> anyhow::Result<()> {
    if path == Path::new("-") {
        return lines(app, &mut io::stdout().lock()).await;
    }
    let unwritable = || format!("{} cannot be written", path.display());
    let file = File::create(path).with_context(unwritable)?;
    if path.extension().is_some_and(|end| end == "gz") {
        let mut packed = GzEncoder::new(file, Compression::default());
        lines(app, &mut packed).await?;
        packed.finish().with_context(unwritable)?;
        return Ok(());
    }
    lines(app, &mut io::BufWriter::new(file)).await
}

async fn lines(app: &App, out: &mut impl Write) -> anyhow::Result<()> {
    let mut lines = Box::pin(log::export(app).await?);
    while let Some(piece) = lines.try_next().await? {
        out.write_all(piece.as_bytes())
            .context("the log cannot be written")?;
    }
    out.flush().context("the log cannot be written")
}
