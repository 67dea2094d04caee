//! An address that is itself a secret: whoever has it can write to the channel behind it.

use std::{fmt, str::FromStr};

use url::Url;

/// Where a hook listens. Only its host is ever shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Address(Url);

/// Why a text is no address for secrets. Does not repeat the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// It cannot be read as one.
    #[error("not an address such as https://chat.club.example/hooks/…")]
    Unreadable,
    /// What is sent there could be read on the way.
    #[error("not https (http is for this machine only)")]
    Unsafe,
    /// It is no hook of the service it was given for.
    #[error("not an address of the kind the service gives out: {0}")]
    Foreign(&'static str),
}

impl FromStr for Address {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, AddressError> {
        let url = Url::parse(text.trim()).map_err(|_| AddressError::Unreadable)?;
        if outgoing::is_safe(&url) {
            Ok(Self(url))
        } else {
            Err(AddressError::Unsafe)
        }
    }
}

impl Address {
    pub(crate) fn url(&self) -> &Url {
        &self.0
    }

    pub(crate) fn url_mut(&mut self) -> &mut Url {
        &mut self.0
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let host = self.0.host_str().unwrap_or_default();
        write!(f, "Address({host}/…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_shows_its_host_and_nothing_else() {
        let address: Address =
            "https://name:word@hooks.slack.com/services/T0/B0/planted?key=planted"
                .parse()
                .unwrap();

        assert_eq!(format!("{address:?}"), "Address(hooks.slack.com/…)");
    }

    #[test]
    fn an_address_is_https_or_on_this_machine() {
        for (text, expected) in [
            ("https://hooks.slack.com/services/x", None),
            (" http://127.0.0.1:8065/hooks/x ", None),
            (
                "http://chat.club.example/hooks/x",
                Some(AddressError::Unsafe),
            ),
            ("hooks.slack.com/services/x", Some(AddressError::Unreadable)),
            ("file:///etc/passwd", Some(AddressError::Unsafe)),
        ] {
            assert_eq!(text.parse::<Address>().err(), expected, "{text}");
        }
    }
}
