//! Members: making, listing and admitting them.

use model::{
    AccountId, Username,
    member::{Member, Role},
};

use crate::{App, Result};

/// Who is to become a member.
#[derive(Clone, Debug)]
pub struct NewMember {
    pub username: Username,
    pub email: Option<String>,
    pub password: Option<String>,
    pub role: Role,
    pub confirmed: bool,
    pub approved: bool,
    pub locale: String,
    pub reason: String,
}
/// Makes a member: account, RSA key pair (sealed), home. Fails with `Invalid` on a taken or reserved name or address.
pub async fn create(app: &App, member: NewMember) -> Result<Member> {
    todo!()
}
/// The member behind an account id.
pub async fn get(app: &App, id: AccountId) -> Result<Member> {
    todo!()
}
/// By name, for commands and sign-in.
pub async fn find_by_username(app: &App, username: &Username) -> Result<Option<Member>> {
    todo!()
}
/// Everybody, by name.
pub async fn list(app: &App) -> Result<Vec<Member>> {
    todo!()
}
/// Lets somebody in who has asked.
pub async fn approve(app: &App, id: AccountId) -> Result<()> {
    todo!()
}
/// Sets a password and revokes all sessions and tokens (S40).
pub async fn set_password(app: &App, id: AccountId, password: &str) -> Result<()> {
    todo!()
}
/// Checks name (or mail address) and password in constant effort. `None`: no such pair, whichever of the two was wrong.
pub async fn check_password(app: &App, login: &str, password: &str) -> Result<Option<Member>> {
    todo!()
}
/// Makes the server's own actor at the first start (id −99, key pair).
pub async fn ensure_instance_actor(app: &App) -> Result<()> {
    todo!()
}
/// Notes that a member was here (at most one write an hour), rebuilding home after a long absence.
pub async fn seen(app: &App, id: AccountId) -> Result<()> {
    todo!()
}
