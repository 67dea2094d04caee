//! The profile of draft-cavage-http-signatures-12 that the fediverse speaks.
//!
//! Taking apart ([`parse`]), cheap checks ([`check`]), the signature itself ([`verify`]) and making one ([`sign`]) are
//! four files; the string they all sign is in `signing_string`.

pub mod check;
pub mod parse;
pub mod sign;
mod signing_string;
pub mod verify;
