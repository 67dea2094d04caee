//! Which URLs may be asked at all, before any name is resolved.

use std::net::IpAddr;

use url::{Host, Url};

use super::address::{AddressRange, is_global};

/// What the operator has decided about outgoing requests.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    /// Addresses of inner networks that may be reached all the same (`ALLOWED_PRIVATE_ADDRESSES`), free of the rules on
    /// ports and names.
    pub allowed_private: Vec<AddressRange>,
    /// These addresses may also be reached, and named, by `http`: the demo and test profiles.
    pub http_allowed: bool,
}

impl Rules {
    /// Whether the operator has listed the address.
    pub(crate) fn lists(&self, address: IpAddr) -> bool {
        self.allowed_private
            .iter()
            .any(|range| range.contains(address))
    }

    /// Whether a request of this reach may go to the address.
    pub(crate) fn permits(&self, reach: Reach, address: IpAddr) -> bool {
        self.lists(address) || (reach == Reach::World && is_global(address))
    }
}

/// Where a request may end up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// At any address that the whole world can reach, and at those the operator has listed.
    World,
    /// Only at those the operator has listed: something about the URL (port, name, scheme) is not for strangers.
    Listed,
}

/// Why a URL is not asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UrlRefused {
    /// Neither `https`, nor `http` where that is allowed.
    #[error("the scheme is not allowed")]
    Scheme,
    /// A name or password before the host.
    #[error("the URL has a user name")]
    UserInfo,
    /// No host.
    #[error("the URL has no host")]
    NoHost,
    /// The address is of an inner network.
    #[error("the address is private")]
    PrivateAddress,
}

/// Judges a URL: how far a request for it may go.
pub(crate) fn judge(url: &Url, rules: &Rules) -> Result<Reach, UrlRefused> {
    if !url.username().is_empty() || url.password().is_some() {
        return Err(UrlRefused::UserInfo);
    }
    if leads_inside(url, rules) {
        return Err(UrlRefused::PrivateAddress);
    }
    let mut reach = match url.scheme() {
        "https" => Reach::World,
        "http" if rules.http_allowed => Reach::Listed,
        _ => return Err(UrlRefused::Scheme),
    };
    if !matches!(url.port(), None | Some(80 | 443)) {
        reach = Reach::Listed;
    }
    let address = match url.host().ok_or(UrlRefused::NoHost)? {
        Host::Ipv4(address) => IpAddr::V4(address),
        Host::Ipv6(address) => IpAddr::V6(address),
        Host::Domain(name) if is_inner_name(name) => return listed_only(rules),
        Host::Domain(_) if reach == Reach::Listed => return listed_only(rules),
        Host::Domain(_) => return Ok(reach),
    };
    // A literal address never meets the resolver, so it is judged here.
    if rules.permits(reach, address) {
        Ok(reach)
    } else {
        Err(UrlRefused::PrivateAddress)
    }
}

/// Whether a URL names an inner address outright, whatever its scheme. Such a one is not even kept for later.
pub(crate) fn leads_inside(url: &Url, rules: &Rules) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => !rules.permits(Reach::World, IpAddr::V4(address)),
        Some(Host::Ipv6(address)) => !rules.permits(Reach::World, IpAddr::V6(address)),
        Some(Host::Domain(name)) => is_inner_name(name) && rules.allowed_private.is_empty(),
        None => false,
    }
}

/// With an empty list there is no use in resolving the name.
fn listed_only(rules: &Rules) -> Result<Reach, UrlRefused> {
    if rules.allowed_private.is_empty() {
        Err(UrlRefused::PrivateAddress)
    } else {
        Ok(Reach::Listed)
    }
}

/// Names that mean something on this network only, and those of networks that are not enabled.
fn is_inner_name(name: &str) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    let Some((_, last)) = name.rsplit_once('.') else {
        return true;
    };
    matches!(
        last,
        "local" | "internal" | "localhost" | "lan" | "intranet" | "home" | "corp" | "onion" | "i2p"
    ) || name.ends_with(".home.arpa")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(url: &str, rules: &Rules) -> Result<Reach, UrlRefused> {
        judge(&Url::parse(url).unwrap(), rules)
    }

    fn demo() -> Rules {
        Rules {
            allowed_private: vec!["127.0.0.0/8".parse().unwrap()],
            http_allowed: true,
        }
    }

    #[test]
    fn strangers_name_only_https_on_the_usual_ports_of_public_names() {
        let rules = Rules::default();
        assert_eq!(verdict("https://club.example/x", &rules), Ok(Reach::World));
        for refused in [
            "http://club.example/",
            "https://club.example:8443/",
            "https://me@club.example/",
            "https://me:pw@club.example/",
            "https://localhost/",
            "https://printer/",
            "https://printer.local/",
            "https://vault.internal./",
            "https://127.0.0.1/",
            "https://0x7f.1/",
            "https://2130706433/",
            "https://[::ffff:127.0.0.1]/",
            "https://[64:ff9b::a9fe:a9fe]/",
            "https://169.254.169.254/latest/meta-data",
            "ftp://club.example/a",
            "file:///etc/passwd",
            "data:text/plain,x",
        ] {
            assert!(verdict(refused, &rules).is_err(), "{refused} was allowed");
        }
    }

    #[test]
    fn listed_addresses_are_free_of_the_rules_on_ports_and_names() {
        assert_eq!(
            verdict("http://localhost:3000/", &demo()),
            Ok(Reach::Listed)
        );
        assert_eq!(
            verdict("http://127.0.0.1:3000/", &demo()),
            Ok(Reach::Listed)
        );
        assert_eq!(verdict("https://club.example/", &demo()), Ok(Reach::World));
        assert_eq!(
            verdict("http://10.0.0.1/", &demo()),
            Err(UrlRefused::PrivateAddress)
        );
        assert_eq!(
            verdict("http://1.1.1.1/", &demo()),
            Err(UrlRefused::PrivateAddress)
        );
    }

    #[test]
    fn a_name_reached_by_http_may_lead_to_listed_addresses_only() {
        let rules = demo();
        assert!(rules.permits(Reach::Listed, "127.0.0.1".parse().unwrap()));
        assert!(!rules.permits(Reach::Listed, "1.1.1.1".parse().unwrap()));
        assert!(rules.permits(Reach::World, "1.1.1.1".parse().unwrap()));
        assert!(!rules.permits(Reach::World, "10.0.0.1".parse().unwrap()));
    }
}
