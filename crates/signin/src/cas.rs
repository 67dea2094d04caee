//! A CAS server (Apereo CAS protocol 3.0).
//!
//! A browser comes back with a ticket, and the server says whose it is, if the ticket was made for exactly the
//! address that we name. That address is made from configuration and never from what a request says, and holds a
//! value that only the browser which began can bring back: a ticket of another site, another browser or another
//! try is nobody's here (S44, S52).

mod answer;
mod settings;

use outgoing::{Http, Limits};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize};
use url::Url;

use crate::{
    DEADLINE, Identity, Unrecognised,
    callback::{Spent, is_same, unguessable},
};

pub use settings::{Attributes, Settings, Trust};

/// The path under which people come back; Mastodon's, so that the server's list of services stays as it is.
pub const CALLBACK: &str = "/auth/auth/cas/callback";

/// The longest ticket; the protocol asks for 256 at least.
const LONGEST_TICKET: usize = 512;
/// What stands for itself in a query (RFC 3986, 2.3).
const QUERY: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// A CAS server.
#[derive(Debug)]
pub struct Cas {
    settings: Settings,
    callback: Url,
    http: Http,
    spent: Spent,
}

/// Where a browser goes, and what it has to bring back.
#[derive(Debug)]
pub struct Start {
    /// The server's page.
    pub address: String,
    /// Kept where only this browser can bring it back from.
    pub pending: Pending,
}

/// What ties a ticket to the browser that began.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Pending {
    state: String,
    service: String,
}

impl Cas {
    /// A server, seen from ours at `web` (its address without a path). The error is a sentence for the operator.
    pub fn new(settings: Settings, web: &Url) -> Result<Self, String> {
        let ours = web
            .join(CALLBACK)
            .map_err(|error| format!("the server's own address cannot be used: {error}"))?;
        let callback = settings.callback.clone().unwrap_or_else(|| ours.clone());
        if callback.origin() != ours.origin() || callback.path() != CALLBACK {
            return Err(format!("CAS_CALLBACK_URL must be {ours}"));
        }
        let http = Http::new(&settings.trust, Limits::WAITED_FOR)
            .map_err(|reason| format!("CAS_CA_PATH: {reason}"))?;
        Ok(Self {
            spent: Spent::none(),
            settings,
            callback,
            http,
        })
    }

    /// What stands on the button.
    pub fn display_name(&self) -> &str {
        self.settings.display_name.as_deref().unwrap_or("CAS")
    }

    /// Where a browser goes to sign in, and what it has to bring back. `page` is where it will be led afterwards; the
    /// server is told, as Mastodon's does, but it is never believed about it.
    pub fn start(&self, page: &str) -> Start {
        let state = unguessable();
        let mut service = self.callback.clone();
        service
            .query_pairs_mut()
            .append_pair("url", page)
            .append_pair("state", &state);
        let service = String::from(service);
        Start {
            address: with_query(&self.settings.login, &[("service", &service)]),
            pending: Pending { state, service },
        }
    }

    /// Who came back with this ticket and state. `pending` is what [`Self::start`] gave this very browser; it is good
    /// for one ticket.
    pub async fn finish(
        &self,
        pending: &Pending,
        state: Option<&str>,
        ticket: Option<&str>,
    ) -> Result<Identity, Unrecognised> {
        if !state.is_some_and(|state| is_same(state, &pending.state)) {
            return Err(Unrecognised::Foreign);
        }
        // Without a ticket, somebody turned round at the server's page (its gateway mode).
        let Some(ticket) = ticket else {
            return Err(Unrecognised::Denied("it gave no ticket".to_owned()));
        };
        if !is_service_ticket(ticket) {
            return Err(Unrecognised::Untrue("this is no service ticket".to_owned()));
        }
        if !self.spent.is_first_use(&pending.state) || !self.spent.is_first_use(ticket) {
            return Err(Unrecognised::Spent);
        }
        let asking = self.validate(&pending.service, ticket);
        tokio::time::timeout(DEADLINE, asking)
            .await
            .unwrap_or_else(|_| {
                let seconds = DEADLINE.as_secs();
                Err(Unrecognised::Unavailable(format!(
                    "no answer within {seconds} seconds"
                )))
            })
    }

    async fn validate(&self, service: &str, ticket: &str) -> Result<Identity, Unrecognised> {
        let address = with_query(
            &self.settings.validate,
            &[("service", service), ("ticket", ticket)],
        );
        let address = Url::parse(&address)
            .map_err(|_| Unrecognised::Unavailable("CAS_URL is no address".to_owned()))?;
        let answer = self.http.get(&address, None).await;
        let answer = answer.map_err(Unrecognised::Unavailable)?;
        if !answer.status.is_success() {
            let status = answer.status;
            return Err(Unrecognised::Unavailable(format!("it answered {status}")));
        }
        let said = answer::read(&answer.body)?;
        said.recognise(&self.settings)
    }
}

/// Whether something has the shape of a service ticket: nothing that could say more than one thing in an address.
fn is_service_ticket(text: &str) -> bool {
    text.len() <= LONGEST_TICKET
        && text.strip_prefix("ST-").is_some_and(|rest| {
            !rest.is_empty()
                && rest
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte))
        })
}

fn with_query(address: &Url, pairs: &[(&str, &str)]) -> String {
    let mut text = address.to_string();
    let mut divider = if address.query().is_some() { '&' } else { '?' };
    for (name, value) in pairs {
        text.push(divider);
        text.push_str(name);
        text.push('=');
        text.extend(utf8_percent_encode(value, QUERY));
        divider = '&';
    }
    text
}

#[cfg(test)]
mod tests;
