//! The board's console.

mod decisions;
mod documents;
mod settings;
