//! From where somebody asks.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::extract::ConnectInfo;
use http::Extensions;

/// The address of whoever asks, as found by the server behind its trusted proxies.
///
/// The `server` crate puts it among a request's extensions, since only it knows which proxies may
/// be believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

impl ClientAddress {
    /// What the server found, else the connection's other end, else nowhere: all who come from
    /// nowhere are counted as one.
    pub(crate) fn of(extensions: &Extensions) -> IpAddr {
        let found = extensions.get::<Self>().map(|address| address.0);
        let connected = || {
            extensions
                .get::<ConnectInfo<SocketAddr>>()
                .map(|end| end.0.ip())
        };
        found
            .or_else(connected)
            .unwrap_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED))
    }
}
