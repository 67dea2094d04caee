//! Apps ask for access, and members answer.

mod authorize;
mod metadata;
mod revoke;
mod token;
mod userinfo;
mod world;
