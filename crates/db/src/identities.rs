//! Who members are to directories and providers, and who is half-way in.

mod attempts;
mod links;
mod member;

pub use attempts::{
    AttemptRow, NewAttempt, find_attempt, insert_attempt, remove_attempts_of, take_attempt,
};
pub use links::{
    NewLink, all_links, find_link, insert_link, link_seen, links_of, lock_link, remove_link,
};
pub use member::{
    Facts, LoginRow, clear_password, find_login, is_address_taken, is_taken, local_account,
    member_at, password_of, put_facts,
};
