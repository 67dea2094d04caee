//! Whole logs: written, published, tampered with, and checked by a reader.

#![expect(clippy::unwrap_used, reason = "in tests a panic is the answer wanted")]

mod format;
mod kept;
mod keys;
mod reading;
mod redacting;
mod tampering;
mod written;
