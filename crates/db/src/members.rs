//! Members: what only those have who can sign in.

mod address;
mod directory;
mod find;
mod insert;
mod leaver_keys;
mod leaving;
mod private_address;
mod sign_in;
mod standing;

pub use address::{
    confirm_address, find_by_address, is_linked, set_signed_up_with, set_unconfirmed_address,
    signed_up_with, unconfirmed_address,
};
pub use directory::{
    HaltedRow, Linked, SyncState, end_sync_turn, found_there, linked_after, missing_there,
    sync_failed, sync_state, sync_succeeded, take_sync_turn,
};
pub use find::{find, list};
pub use insert::{NewMember, insert, insert_instance_actor, is_reserved};
pub use leaver_keys::{
    LeaverKey, find_leaver_key, insert_leaver_key, remove_leaver_key, remove_leaver_keys_of,
};
pub use leaving::{Ending, come_back, ending_by, freeze, leave, notice_sent, operators, remove};
pub use private_address::{
    PrivateAddress, confirm_private_address, private_address, remove_private_address,
    set_address_token, set_pending_address,
};
pub use sign_in::set_password;
pub use standing::{approve, seen};
