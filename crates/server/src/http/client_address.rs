//! From where somebody asks, when proxies stand in between (S61).

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderName};
use axum::middleware::Next;
use axum::response::Response;
use web::ClientAddress;

use crate::config::network::AddressRange;

static X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Whose word is believed.
#[derive(Debug, Clone)]
pub struct TrustedProxies(Arc<[AddressRange]>);

impl TrustedProxies {
    /// These ranges and no others.
    pub fn new(ranges: &[AddressRange]) -> Self {
        Self(ranges.into())
    }

    fn include(&self, address: IpAddr) -> bool {
        self.0.iter().any(|range| range.contains(address))
    }

    /// The connection's other end; behind trusted proxies the last address in their list that is not one of theirs.
    /// What stands further left was written by whoever asks and may be forged.
    fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let lists = headers.get_all(&X_FORWARDED_FOR);
        let hops: Vec<&str> = lists
            .iter()
            .filter_map(|list| list.to_str().ok())
            .flat_map(|list| list.split(','))
            .collect();
        let mut client = peer.to_canonical();
        for hop in hops.into_iter().rev() {
            if !self.include(client) {
                break;
            }
            let Some(address) = address(hop) else { break };
            client = address.to_canonical();
        }
        client
    }
}

/// An address as proxies write it, with a port or without.
fn address(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    text.parse::<IpAddr>()
        .or_else(|_| text.parse::<SocketAddr>().map(|end| end.ip()))
        .or_else(|_| text.trim_start_matches('[').trim_end_matches(']').parse())
        .ok()
}

/// Writes the client's address where `web` looks for it.
pub async fn find_client(
    State(proxies): State<TrustedProxies>,
    mut request: Request,
    next: Next,
) -> Response {
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map(|peer| peer.0.ip());
    if let Some(peer) = peer {
        let client = proxies.client(peer, request.headers());
        request.extensions_mut().insert(ClientAddress(client));
    }
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(trusted: &[&str], peer: &str, lists: &[&str]) -> String {
        let ranges: Vec<AddressRange> = trusted.iter().map(|text| text.parse().unwrap()).collect();
        let mut headers = HeaderMap::new();
        for list in lists {
            headers.append(&X_FORWARDED_FOR, list.parse().unwrap());
        }
        TrustedProxies::new(&ranges)
            .client(peer.parse().unwrap(), &headers)
            .to_string()
    }

    /// S61: a fresh address per try was as easy as a header.
    #[test]
    fn only_trusted_proxies_are_believed_and_only_their_own_part_of_the_list() {
        let trusted = &["10.0.0.0/8", "::1"];
        for (peer, lists, expected) in [
            // Nobody in between: the header says nothing.
            ("203.0.113.5", &["1.2.3.4"] as &[_], "203.0.113.5"),
            // One proxy.
            ("10.0.0.1", &["203.0.113.5"], "203.0.113.5"),
            // A forged beginning.
            ("10.0.0.1", &["1.2.3.4, 203.0.113.5"], "203.0.113.5"),
            ("10.0.0.1", &["1.2.3.4", "203.0.113.5"], "203.0.113.5"),
            // A chain of proxies of ours.
            (
                "10.0.0.1",
                &["1.2.3.4, 203.0.113.5, 10.9.9.9"],
                "203.0.113.5",
            ),
            // Rubbish ends the list.
            ("10.0.0.1", &["1.2.3.4, unknown, 10.9.9.9"], "10.9.9.9"),
            // No header, ports, IPv6.
            ("10.0.0.1", &[], "10.0.0.1"),
            ("10.0.0.1", &["203.0.113.5:4711"], "203.0.113.5"),
            ("::1", &["[2001:db8::7]:443"], "2001:db8::7"),
            ("::ffff:10.0.0.1", &["203.0.113.5"], "203.0.113.5"),
        ] {
            assert_eq!(client(trusted, peer, lists), expected, "{peer} {lists:?}");
        }
        assert_eq!(
            client(&[], "127.0.0.1", &["1.2.3.4"]),
            "127.0.0.1",
            "no address is exempt"
        );
    }
}
