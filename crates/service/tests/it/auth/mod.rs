mod applications;
mod authenticate;
mod codes;
mod revoke;
mod sessions;
mod tokens;
