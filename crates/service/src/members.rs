//! Members: making, finding and admitting them.

mod address;
mod approve;
mod change_password;
mod create;
mod end;
mod exit;
mod export;
mod find;
mod instance_actor;
mod keypair;
mod leave;
mod password;
mod places;
mod private_address;
mod private_letters;
mod reset;
mod seen;
mod sign_up;
mod sync;

pub(crate) use address::{AskForLetter, answer_wish, check as check_address};
pub use address::{
    Wish, address_of_link, ask_for_letter, change_address, confirm_address, confirm_again,
    is_linked, note_app, signed_up_with, unconfirmed_address,
};
pub use approve::approve;
pub use change_password::{change_password, has_local_password};
pub use create::{NewMember, create};
pub use end::EndLeavers;
pub(crate) use end::end_leavers;
pub(crate) use exit::send_exit_link;
pub use exit::{
    SendExitLink, address_of as address_of_exit_link, ask_for_exit_link, close_exit, exit_link,
    find_leaver, is_exit_link, open_exit, open_exit_as,
};
pub use export::{Export, export_page, own_posts};
pub use find::{find_by_username, get, list};
pub use instance_actor::ensure_instance_actor;
pub(crate) use keypair::{generate as generate_keypair, store as store_keypair};
pub(crate) use password::compare as compare_password;
pub use password::set_password;
pub use places::Place;
pub(crate) use places::{KEPT as PLACES_KEPT, note_place};
pub use private_address::{
    PrivateAddress, confirm_private_address, forget_private_address, give_private_address,
    private_address,
};
pub(crate) use private_letters::send_private_letter;
pub use private_letters::{Matter, SendPrivateLetter};
pub use reset::{may_reset, reset_password};
pub use seen::seen;
pub use sign_up::{SignUp, sign_up};
pub(crate) use sync::sync_members;
pub use sync::{Change, Halted, Run, SyncMembers, SyncReport, SyncStatus, What, sync, sync_status};
