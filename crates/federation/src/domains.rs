//! Whose a URL is: ours, a peer's, or a peer's that is shut out.

use activitypub::Host;
use model::Domain;
use service::{App, Result, peers};

/// Whether a host is one of our names. Local hosts can never be remote (S17).
pub(crate) fn is_ours(app: &App, host: &Host) -> bool {
    let ours = &app.settings;
    [&ours.local_domain, &ours.web_domain]
        .into_iter()
        .chain(&ours.alternate_domains)
        .any(|domain| domain.as_str() == host.as_str())
}

/// The names under which peers may reach us, for signed `Host` headers.
pub(crate) fn our_hosts(app: &App) -> Vec<Host> {
    let ours = &app.settings;
    [&ours.local_domain, &ours.web_domain]
        .into_iter()
        .chain(&ours.alternate_domains)
        .filter_map(|domain| Host::parse(domain.as_str()).ok())
        .collect()
}

/// The same host as the domain that the operations know.
pub(crate) fn domain(host: &Host) -> Domain {
    Domain::parse(host.as_str()).unwrap_or_else(|_| Domain::from_storage(host.as_str().to_owned()))
}

/// Whether nothing is taken in from a host for the moment.
pub(crate) async fn is_paused(app: &App, host: &Host) -> Result<bool> {
    peers::is_paused(app, &domain(host)).await
}

/// Whether there is to be no exchange with a host.
pub(crate) async fn is_blocked(app: &App, host: &Host) -> Result<bool> {
    Ok(peers::policy(app, &domain(host)).await?.suspended)
}
