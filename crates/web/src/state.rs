//! What every handler works with.

use std::{sync::Arc, time::Duration};

use model::{AccountId, instance::Profile};
use service::App;

use crate::{limits::Limits, render::Renderer};

/// Handed to every handler; cheap to clone.
#[derive(Clone)]
pub struct State {
    /// The operations.
    pub app: App,
    /// From views to entities.
    pub(crate) renderer: Arc<Renderer>,
    /// How often whom may ask.
    pub(crate) limits: Arc<Limits>,
    /// Members noted as present within the last hour, so that not every request writes that down.
    present: moka::sync::Cache<AccountId, ()>,
}

impl State {
    /// The state of one process.
    pub fn new(app: App) -> Self {
        let limits = match app.settings.profile {
            Profile::Test => Limits::off(),
            Profile::Production | Profile::Demo => Limits::on(),
        };
        Self {
            renderer: Arc::new(Renderer::new(&app)),
            limits: Arc::new(limits),
            present: moka::sync::Cache::builder()
                .max_capacity(100_000)
                .time_to_live(Duration::from_hours(1))
                .build(),
            app,
        }
    }

    /// Notes that a member was here. What goes wrong is logged and nobody's business else.
    pub(crate) async fn note_presence(&self, member: AccountId) {
        if self.present.contains_key(&member) {
            return;
        }
        self.present.insert(member, ());
        if let Err(error) = service::members::seen(&self.app, member).await {
            tracing::warn!(account.id = %member, error = %error, "Could not note that a member was here");
        }
    }
}
