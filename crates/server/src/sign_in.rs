//! Puts together the ways of signing in that the operator has configured.

use anyhow::Context as _;
use signin::{PasswordWay, Steps, Ways};
use tracing::warn;

use crate::config::Config;

/// The ways, in the order in which they are asked: a directory before the system's modules, and those before a realm.
///
/// # Errors
/// When one of them cannot work on this machine; the text says what is missing.
pub fn ways(config: &Config) -> anyhow::Result<Ways> {
    let asked = config.sign_on.clone();
    let mut passwords = Vec::new();
    if let Some(settings) = asked.ldap {
        let ldap = signin::ldap::Ldap::new(settings);
        passwords.push(PasswordWay::Ldap(ldap));
    }
    if let Some(settings) = asked.pam {
        let pam = signin::pam::Pam::open(settings).context("PAM_ENABLED: PAM cannot be used")?;
        for warning in pam.warnings() {
            warn!(signin.way = "pam", "{warning}");
        }
        passwords.push(PasswordWay::Pam(pam));
    }
    if let Some(settings) = asked.kerberos {
        let kerberos = signin::kerberos::Kerberos::open(settings)
            .context("MOOT_KERBEROS_ENABLED: Kerberos cannot be used")?;
        passwords.push(PasswordWay::Kerberos(kerberos));
    }
    let web = config.identity.web_url();
    let web = url::Url::parse(&web).context("WEB_DOMAIN gives no URL")?;
    let unusable = |name| move |reason| anyhow::anyhow!("{name}: {reason}");
    Ok(Ways {
        passwords,
        proxy: asked.proxy.map(signin::proxy::Proxy::new),
        oidc: asked
            .oidc
            .map(|settings| signin::oidc::Oidc::new(settings, &web))
            .transpose()
            .map_err(unusable("OIDC_ENABLED"))?,
        cas: asked
            .cas
            .map(|settings| signin::cas::Cas::new(settings, &web))
            .transpose()
            .map_err(unusable("CAS_ENABLED"))?,
        ..Ways::default()
    })
}

/// Says in the log what does not work just now and may yet come, such as a KDC that is away.
pub async fn examine(ways: &Ways) {
    for way in &ways.passwords {
        if let PasswordWay::Kerberos(kerberos) = way
            && let Err(refusal) = kerberos.examine(&mut Steps::default()).await
        {
            warn!(signin.way = way.name(), error = %refusal, "Nobody can sign in by Kerberos at present");
        }
    }
}
