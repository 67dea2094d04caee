//! Members: what only those have who can sign in.

mod find;
mod insert;
mod sign_in;
mod standing;

pub use find::{find, list};
pub use insert::{NewMember, insert, insert_instance_actor, is_reserved};
pub use sign_in::{PasswordRow, find_password, set_password};
pub use standing::{approve, seen};
