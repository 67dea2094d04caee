//! A CAS server.

/// A CAS server.
#[derive(Debug)]
pub struct Cas {}
