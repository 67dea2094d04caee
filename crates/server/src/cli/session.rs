//! What the commands that work on data share: the same configuration and the same database as the server's.

use std::sync::Arc;

use anyhow::Context as _;
use service::App;
use service::remote::Nowhere;

use super::exit::BadConfiguration;
use crate::config::Config;
use crate::config::layers::Layers;
use crate::ground::{self, Ground, Purpose};
use crate::{logging, opening};

/// Opens the data, does the work, and puts the data away again.
pub(super) fn with_data<T>(
    work: impl AsyncFnOnce(&App, &Config) -> anyhow::Result<T>,
) -> anyhow::Result<T> {
    logging::start_for_command();
    let (config, report) = Config::load(&Layers::from_process()?).map_err(BadConfiguration)?;
    for warning in report.warnings() {
        eprintln!("warning: {warning}");
    }
    let progress = |text: &str| eprintln!("{text}");
    let folder = ground::settle(&config, &progress)?;
    let ground = Ground::prepare(&config, &folder, Purpose::Command, &progress)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("the runtime could not be started")?;
    let outcome = runtime.block_on(async {
        let app = opening::open(&config, &ground, Arc::new(Nowhere)).await?;
        let outcome = work(&app, &config).await;
        app.bus.flush().await;
        app.db.close().await;
        outcome
    });
    drop(runtime);
    let left = ground.leave();
    let outcome = outcome?;
    left?;
    Ok(outcome)
}
