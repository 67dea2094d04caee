//! What every handler works with.

use std::sync::Arc;

use model::instance::Profile;
use service::App;

use crate::{limits::Limits, render::Renderer, shelf::Shelf};

/// Handed to every handler; cheap to clone.
#[derive(Clone)]
pub struct State {
    /// The operations.
    pub app: App,
    /// From views to entities.
    pub(crate) renderer: Arc<Renderer>,
    /// What was rendered and stays the same.
    pub(crate) shelf: Shelf,
    /// How often whom may ask.
    pub(crate) limits: Arc<Limits>,
}

impl State {
    /// The state of one process.
    pub fn new(app: App) -> Self {
        let limits = match app.settings.profile {
            Profile::Test => Limits::off(),
            Profile::Production | Profile::Demo => Limits::on(),
        };
        let renderer = Renderer::new(app.urls.clone(), app.settings.clone(), app.clock.now());
        Self {
            renderer: Arc::new(renderer),
            shelf: Shelf::new(app.settings.shelf_bytes),
            limits: Arc::new(limits),
            app,
        }
    }
}
