//! Members: what only those have who can sign in.

mod address;
mod find;
mod insert;
mod sign_in;
mod standing;

pub use address::{
    confirm_address, find_by_address, is_linked, set_signed_up_with, set_unconfirmed_address,
    signed_up_with, unconfirmed_address,
};
pub use find::{find, list};
pub use insert::{NewMember, insert, insert_instance_actor, is_reserved};
pub use sign_in::{PasswordRow, find_password, set_password};
pub use standing::{approve, seen};
