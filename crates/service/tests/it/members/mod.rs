mod create;
mod instance_actor;
mod leaving;
mod password;
mod seen;
mod sign_up;
