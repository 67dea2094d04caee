//! Moot's own API.

mod board;
mod cases;
mod governance;
mod openapi;
mod proposals;
