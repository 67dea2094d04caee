//! What needs a real database or a real process.
