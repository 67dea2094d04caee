//! Whose certificates a directory may show.

mod address;

pub(super) use address::url_for_the_library;

use std::{path::Path, sync::Arc};

use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, SignatureScheme,
    client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    crypto::{CryptoProvider, aws_lc_rs},
    pki_types::{CertificateDer, ServerName, UnixTime, pem::PemObject},
};
use rustls_platform_verifier::Verifier;
use thiserror::Error;

/// Whose certificates are believed. Unless it is anybody's, the certificate must be for the host that was asked.
#[derive(Clone, Debug, Default)]
pub enum Trust {
    /// Those of the system's authorities.
    #[default]
    System,
    /// Those of the system's and of these (`MOOT_LDAP_CA_FILE`).
    Also(Authority),
    /// Anybody's (`LDAP_TLS_NO_VERIFY`): whoever stands in between reads every password.
    Anybody,
}

/// Certificates of authorities that the organisation runs itself.
#[derive(Clone, Debug)]
pub struct Authority(Vec<CertificateDer<'static>>);

/// Why a file names no authority.
#[derive(Debug, Error)]
pub enum AuthorityError {
    /// It cannot be read, or holds something else.
    #[error("it cannot be read as certificates in PEM form: {0}")]
    Unreadable(String),
    /// It holds no certificate.
    #[error("it holds no certificate in PEM form")]
    Empty,
}

impl Authority {
    /// Reads certificates in PEM form.
    pub fn read(file: &Path) -> Result<Self, AuthorityError> {
        let unreadable =
            |error: rustls::pki_types::pem::Error| AuthorityError::Unreadable(error.to_string());
        let certificates: Vec<_> = CertificateDer::pem_file_iter(file)
            .map_err(unreadable)?
            .collect::<Result<_, _>>()
            .map_err(unreadable)?;
        if certificates.is_empty() {
            return Err(AuthorityError::Empty);
        }
        Ok(Self(certificates))
    }
}

/// How connections are made private.
#[derive(Clone, Debug)]
pub(super) struct Tls {
    config: Arc<ClientConfig>,
    verifier: Arc<dyn ServerCertVerifier>,
}

impl Tls {
    /// For a server of this name or address, as it stands in an URL.
    pub(super) fn with(&self, host: &str) -> Arc<ClientConfig> {
        match address::in_brackets(host) {
            Some(address) => {
                let verifier = Arc::clone(&self.verifier);
                Arc::new(address::config(&self.config, verifier, address))
            }
            None => Arc::clone(&self.config),
        }
    }
}

/// How connections are made private; or why they cannot be.
pub(super) fn set_up(trust: &Trust) -> Result<Tls, String> {
    let provider = Arc::new(aws_lc_rs::default_provider());
    let verifier: Arc<dyn ServerCertVerifier> = match trust {
        Trust::System => Arc::new(Verifier::new(Arc::clone(&provider)).map_err(|error| {
            format!("{error}; name the directory's authority in MOOT_LDAP_CA_FILE")
        })?),
        Trust::Also(Authority(certificates)) => Arc::new(
            Verifier::new_with_extra_roots(certificates.iter().cloned(), Arc::clone(&provider))
                .map_err(|error| {
                    format!("MOOT_LDAP_CA_FILE holds what is no authority: {error}")
                })?,
        ),
        Trust::Anybody => Arc::new(NobodyIsChecked(Arc::clone(&provider))),
    };
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        .dangerous()
        .with_custom_certificate_verifier(Arc::clone(&verifier))
        .with_no_client_auth();
    Ok(Tls {
        config: Arc::new(config),
        verifier,
    })
}

/// What went wrong with TLS, for an administrator.
pub(super) fn reason(error: &rustls::Error, host: &str) -> String {
    let rustls::Error::InvalidCertificate(problem) = error else {
        return format!(
            "TLS failed: {error} (LDAP_METHOD: simple_tls is TLS from the first byte, usual on port 636; start_tls \
             is usual on port 389)"
        );
    };
    match problem {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            format!(
                "the certificate of {host} has expired: renew it on the directory's side ({problem})"
            )
        }
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            format!(
                "the certificate of {host} is not valid yet: look at both machines' clocks ({problem})"
            )
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            format!(
                "the certificate is not for {host}: LDAP_HOST (or MOOT_LDAP_URLS) must use a name that stands in \
                 it ({problem})"
            )
        }
        CertificateError::UnknownIssuer => format!(
            "the certificate of {host} is signed by an authority that this machine does not know: name the \
             authority's certificate in MOOT_LDAP_CA_FILE"
        ),
        problem => format!(
            "the certificate of {host} is not accepted ({problem}): MOOT_LDAP_CA_FILE must hold the authority that \
             signed it, and an authority's own certificate cannot be a server's"
        ),
    }
}

/// Believes every certificate, though not every signature.
#[derive(Debug)]
struct NobodyIsChecked(Arc<CryptoProvider>);

impl ServerCertVerifier for NobodyIsChecked {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.0.signature_verification_algorithms;
        rustls::crypto::verify_tls12_signature(message, certificate, signed, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.0.signature_verification_algorithms;
        rustls::crypto::verify_tls13_signature(message, certificate, signed, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}
