//! `moot serve`.

use super::exit::BadConfiguration;
use crate::config::Config;
use crate::config::layers::Layers;
use crate::serve;

pub(super) fn run() -> anyhow::Result<()> {
    let (config, report) = Config::load(&Layers::from_process()?).map_err(BadConfiguration)?;
    serve::run(&config, &report)
}
