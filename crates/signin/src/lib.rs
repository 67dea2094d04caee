//! How to find out who somebody is: directories, providers and passwords.
//!
//! One module per way. Ways that check a name with a password ([`PasswordWay`]) stand behind one port,
//! [`Ways::check_password`]; a proxy, an OpenID provider and a CAS server each tell of somebody in a
//! manner of their own. All of them answer with an [`Identity`]: an id that never changes, the name in
//! the organisation's spelling, and what else the source knows. This crate has never heard of accounts;
//! what an identity means here is decided by whoever asks.

pub mod cas;
pub mod kerberos;
pub mod ldap;
pub mod oidc;
pub mod pam;
pub mod proxy;

mod callback;
mod directory;
mod identity;
mod login;
mod passwords;
mod refusal;
mod steps;
mod ways;

pub use callback::Unrecognised;
pub use directory::Directory;
pub use identity::Identity;
pub use outgoing::is_safe;
pub use passwords::{PasswordWay, is_sendable};
pub use refusal::Refusal;
pub use steps::{Outcome, Step, Steps};
pub use ways::{DEADLINE, Ways};
