//! Everything about HTTP that belongs to no page and no API: listeners with their limits, the profile's rules, health,
//! request ids and metrics.

pub mod client_address;
pub mod guard;
pub mod health;
pub mod listen;
pub mod metrics;
pub mod observe;
