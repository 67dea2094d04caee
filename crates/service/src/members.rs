//! Members: making, finding and admitting them.

mod address;
mod approve;
mod create;
mod find;
mod instance_actor;
mod keypair;
mod password;
mod places;
mod reset;
mod seen;
mod sign_up;

pub(crate) use address::{AskForLetter, answer_wish};
pub use address::{
    Wish, address_of_link, ask_for_letter, change_address, confirm_address, confirm_again,
    unconfirmed_address,
};
pub use approve::approve;
pub use create::{NewMember, create};
pub use find::{find_by_username, get, list};
pub use instance_actor::ensure_instance_actor;
pub use password::{check_password, set_password};
pub use places::Place;
pub(crate) use places::{KEPT as PLACES_KEPT, note_place};
pub use reset::{may_reset, reset_password};
pub use seen::seen;
pub use sign_up::{SignUp, sign_up};
