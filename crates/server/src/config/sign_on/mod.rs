//! Ways of signing in by the organisation's own means, one chapter each.

pub mod cas;
pub mod general;
pub mod kerberos;
pub mod ldap;
pub mod oidc;
pub mod pam;
pub mod proxy;
pub mod saml;

use service::settings::SignIn;

use super::reader::Reader;

/// The ways that are switched on, and what being recognised by them means.
#[derive(Debug, Clone)]
pub struct SignOn {
    /// What being recognised means here.
    pub rules: SignIn,
    /// A directory.
    pub ldap: Option<signin::ldap::Settings>,
    /// The system's modules.
    pub pam: Option<signin::pam::Settings>,
    /// A Kerberos realm.
    pub kerberos: Option<signin::kerberos::Settings>,
    /// A reverse proxy that signs people in.
    pub proxy: Option<signin::proxy::Settings>,
    /// An OpenID provider.
    pub oidc: Option<signin::oidc::Settings>,
    /// A CAS server.
    pub cas: Option<signin::cas::Settings>,
}

/// Reads the sections.
pub(super) fn read(reader: &mut Reader<'_>) -> SignOn {
    let ways = SignOn {
        rules: general::read(reader),
        ldap: ldap::read(reader),
        pam: pam::read(reader),
        kerberos: kerberos::read(reader),
        proxy: proxy::read(reader),
        oidc: oidc::read(reader),
        cas: cas::read(reader),
    };
    check(reader, &ways);
    ways
}

/// Settings that together would let nobody in.
fn check(reader: &mut Reader<'_>, ways: &SignOn) {
    let buttons = usize::from(ways.proxy.is_some())
        + usize::from(ways.oidc.is_some())
        + usize::from(ways.cas.is_some());
    let has_passwords = ways.ldap.is_some() || ways.pam.is_some() || ways.kerberos.is_some();
    if ways.rules.only_providers && buttons == 0 {
        reader.error(
            "OMNIAUTH_ONLY takes the password form away, but no provider is left to come in by: switch on OIDC_ENABLED or CAS_ENABLED, or set MOOT_PROXY_AUTH_HEADER; or unset OMNIAUTH_ONLY",
        );
    } else if !ways.rules.local_passwords && buttons == 0 && !has_passwords {
        reader.error(
            "MOOT_LOCAL_PASSWORDS=false, and no other way to sign in is configured: switch one on (LDAP_ENABLED, PAM_ENABLED, MOOT_KERBEROS_ENABLED, OIDC_ENABLED, CAS_ENABLED or MOOT_PROXY_AUTH_HEADER), or leave local passwords on",
        );
    }
    if ways.rules.one_click && buttons > 1 {
        reader
            .warn("ONE_CLICK_SSO_LOGIN has no effect with more than one provider, as in Mastodon");
    }
}

/// The domain of members' addresses that a source without addresses makes of their names: the one given, else that of
/// their handles.
fn members_mail_domain(reader: &mut Reader<'_>, name: &'static str) -> Option<String> {
    let handles = reader.text("LOCAL_DOMAIN");
    let handles = handles.and_then(|domain| domain.split(':').next().map(str::to_owned));
    reader.text(name).or(handles)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::layers::Layers;

    fn errors(pairs: &[(&str, &str)]) -> Vec<String> {
        let layers = Layers::of(pairs);
        let mut reader = Reader::new(&layers);
        read(&mut reader);
        reader.finish().errors().map(str::to_owned).collect()
    }

    #[test]
    fn settings_that_would_let_nobody_in_do_not_start() {
        for (name, value) in [("OMNIAUTH_ONLY", "true"), ("MOOT_LOCAL_PASSWORDS", "false")] {
            let errors = errors(&[(name, value)]);

            assert!(errors.iter().any(|e| e.contains(name)), "{errors:?}");
        }
    }

    #[test]
    fn a_way_that_is_there_makes_up_for_the_one_that_is_closed() {
        let pam = ("PAM_ENABLED", "true");
        let cas = [
            ("CAS_ENABLED", "true"),
            ("CAS_URL", "https://cas.club.example"),
        ];

        assert_eq!(errors(&[("MOOT_LOCAL_PASSWORDS", "false"), pam]), [""; 0]);
        assert_eq!(
            errors(&[("OMNIAUTH_ONLY", "true"), cas[0], cas[1]]),
            [""; 0]
        );
        assert_eq!(errors(&[("OMNIAUTH_ONLY", "true"), pam]).len(), 1);
    }
}
