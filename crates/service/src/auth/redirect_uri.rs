//! Where an app may have people sent back to.

use url::Url;

use crate::Error;

/// The redirect of apps that have no page: the code is shown, and copied by hand.
pub const OUT_OF_BAND: &str = "urn:ietf:wg:oauth:2.0:oob";

/// Longest redirect URI taken.
const LENGTH: usize = 2000;

/// Checks a redirect URI: absolute, any scheme but those that run script, no fragment (S41).
pub(super) fn check(uri: &str) -> Result<(), Error> {
    if uri == OUT_OF_BAND {
        return Ok(());
    }
    let refused = |message: &str| Err(Error::invalid("redirect_uri", "ERR_INVALID", message));
    if uri.len() > LENGTH {
        return refused("is too long");
    }
    let Ok(parsed) = Url::parse(uri) else {
        return refused("must be an absolute URI.");
    };
    if parsed.fragment().is_some() {
        return refused("cannot contain a fragment.");
    }
    if matches!(parsed.scheme(), "data" | "javascript" | "vbscript") {
        return refused("is forbidden by the server.");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn apps_own_schemes_and_pages_are_taken() {
        for uri in [
            OUT_OF_BAND,
            "https://app.example/cb?x=1",
            "icecubesapp://",
            "com.app:/oauth",
            "http://localhost:1",
        ] {
            assert!(check(uri).is_ok(), "{uri}");
        }
    }

    #[test]
    fn what_runs_script_or_hides_in_a_fragment_is_refused() {
        for uri in [
            "javascript:alert(1)",
            "data:text/html,x",
            "VBScript:x",
            "https://a.example/#x",
            "/relative",
            "",
        ] {
            assert!(check(uri).is_err(), "{uri}");
        }
    }
}
