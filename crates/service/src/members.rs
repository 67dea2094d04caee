//! Members: making, finding and admitting them.

mod approve;
mod create;
mod find;
mod instance_actor;
mod keypair;
mod password;
mod seen;
mod sign_up;

pub use approve::approve;
pub use create::{NewMember, create};
pub use find::{find_by_username, get, list};
pub use instance_actor::ensure_instance_actor;
pub use password::{check_password, set_password};
pub use seen::seen;
pub use sign_up::{SignUp, sign_up};
