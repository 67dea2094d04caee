//! Ways of signing in, against real servers started by the tests.

#![expect(clippy::unwrap_used, reason = "a panic is the answer wanted of a test")]

mod kerberos;
mod ldap;
mod pam;
mod slapd;
mod ways;
