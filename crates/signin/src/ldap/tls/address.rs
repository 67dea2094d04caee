//! TLS with a server that is asked by its IPv6 address.
//!
//! The protocol library takes the brackets around such an address for part of a host's name, and fails. So it is given
//! another host, which it only hands to the verifier, since the connection is there already; and the verifier
//! compares the certificate with the address.

use std::{net::Ipv6Addr, sync::Arc};

use rustls::{
    ClientConfig, DigitallySignedStruct, SignatureScheme,
    client::{
        Resumption,
        danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    },
    pki_types::{CertificateDer, ServerName, UnixTime},
};
use url::Url;

/// Names no host (RFC 6761, 6.4).
const STAND_IN: &str = "address.invalid";

/// The IPv6 address that a host of an URL is.
pub(super) fn in_brackets(host: &str) -> Option<Ipv6Addr> {
    host.strip_prefix('[')?.strip_suffix(']')?.parse().ok()
}

/// A server's URL as the protocol library can read it, for a connection that is there already.
pub(in crate::ldap) fn url_for_the_library(url: &Url) -> Url {
    let mut url = url.clone();
    if url.host_str().and_then(in_brackets).is_some() {
        url.set_host(Some(STAND_IN))
            .expect("a name can stand where an address stood");
    }
    url
}

/// The same configuration for a server at this address.
pub(super) fn config(
    usual: &ClientConfig,
    verifier: Arc<dyn ServerCertVerifier>,
    address: Ipv6Addr,
) -> ClientConfig {
    let mut config = usual.clone();
    // Addresses are not told in TLS (RFC 6066, 3), and sessions would be kept under the stand-in's name.
    config.enable_sni = false;
    config.resumption = Resumption::disabled();
    let verifier = At {
        address: ServerName::from(std::net::IpAddr::V6(address)),
        verifier,
    };
    config
        .dangerous()
        .set_certificate_verifier(Arc::new(verifier));
    config
}

/// Compares certificates with an address in place of the name it is told.
#[derive(Debug)]
struct At {
    address: ServerName<'static>,
    verifier: Arc<dyn ServerCertVerifier>,
}

impl ServerCertVerifier for At {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        between: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        self.verifier
            .verify_server_cert(certificate, between, &self.address, ocsp, now)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.verifier
            .verify_tls12_signature(message, certificate, signed)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.verifier
            .verify_tls13_signature(message, certificate, signed)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.verifier.supported_verify_schemes()
    }
}
