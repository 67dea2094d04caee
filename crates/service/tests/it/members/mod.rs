mod create;
mod instance_actor;
mod password;
mod seen;
mod sign_up;
