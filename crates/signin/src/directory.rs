//! Asking about people who are not there.

use std::fmt;

use futures_util::future::BoxFuture;

use crate::{
    Refusal,
    ldap::{Ldap, Presence},
};

/// A source that can be asked about people who are not there.
pub trait Directory: fmt::Debug + Send + Sync {
    /// What it says of these people now, in the order asked for. An error when it could not be asked about all of
    /// them: nothing is then known of anybody.
    fn look_up<'a>(
        &'a self,
        subjects: &'a [String],
    ) -> BoxFuture<'a, Result<Vec<Presence>, Refusal>>;
}

impl Directory for Ldap {
    fn look_up<'a>(
        &'a self,
        subjects: &'a [String],
    ) -> BoxFuture<'a, Result<Vec<Presence>, Refusal>> {
        Box::pin(self.look_up(subjects))
    }
}
