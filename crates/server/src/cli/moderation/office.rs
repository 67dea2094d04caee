//! `moot moderation step-down|leave|return|timers`.

use service::moderation::{board::seats, timers as times};

use super::acting_as;
use crate::cli::session::with_data;

pub(super) fn step_down(name: &str) -> anyhow::Result<()> {
    with_data(async |app, _| {
        let acting = acting_as(app, name).await?;
        seats::step_down(app, &acting).await?;
        println!("{name} is no moderator any more.");
        Ok(())
    })
}

pub(super) fn leave(name: &str) -> anyhow::Result<()> {
    with_data(async |app, _| {
        let acting = acting_as(app, name).await?;
        seats::leave(app, &acting).await?;
        println!("{name} is on leave.");
        Ok(())
    })
}

pub(super) fn come_back(name: &str) -> anyhow::Result<()> {
    with_data(async |app, _| {
        let acting = acting_as(app, name).await?;
        seats::come_back(app, &acting).await?;
        println!("{name} is back.");
        Ok(())
    })
}

pub(super) fn timers() -> anyhow::Result<()> {
    with_data(async |app, _| {
        times::run(app).await?;
        Ok(())
    })
}
