//! A proxy in front that signs people in.

/// A proxy in front that signs people in.
#[derive(Debug)]
pub struct Proxy {}
