//! Where secrets may travel.

use std::net::IpAddr;

use url::{Host, Url};

/// Whether secrets may travel there: over TLS, or without leaving the machine.
pub fn is_safe(url: &Url) -> bool {
    let is_local = match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => IpAddr::V4(address).is_loopback(),
        Some(Host::Ipv6(address)) => IpAddr::V6(address).is_loopback(),
        None => false,
    };
    url.scheme() == "https" || (url.scheme() == "http" && is_local)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_travel_over_tls_or_stay_on_the_machine() {
        for (url, expected) in [
            ("https://sso.club.example/", true),
            ("http://sso.club.example/", false),
            ("http://localhost:3000/", true),
            ("http://127.0.0.1:3000/", true),
            ("http://[::1]/", true),
            ("http://localhost.evil.example/", false),
            ("http://10.0.0.1/", false),
            ("ftp://localhost/", false),
        ] {
            assert_eq!(is_safe(&Url::parse(url).unwrap()), expected, "{url}");
        }
    }
}
