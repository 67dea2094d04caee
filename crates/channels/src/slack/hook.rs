//! An incoming webhook: an address for one channel. It can neither thread nor edit.
//!
//! Source: <https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks>.

use http::{HeaderMap, Method};
use serde_json::Value;
use time::OffsetDateTime;

use super::blocks;
use crate::{Address, Client, Failure, Message, channel::accepted};

/// An incoming webhook, `https://hooks.slack.com/services/…`.
#[derive(Clone, Debug)]
pub struct Hook {
    /// Its address.
    pub address: Address,
}

impl Hook {
    pub(crate) async fn send(
        &self,
        client: &Client,
        message: &Message,
        now: OffsetDateTime,
    ) -> Result<(), Failure> {
        let body = Value::Object(blocks::content(message)).to_string();
        let answer = client
            .send(
                Method::POST,
                self.address.url(),
                HeaderMap::new(),
                body.into_bytes(),
            )
            .await?;
        accepted(&answer, now)?;
        // Something else that answers 200, such as a page in between, is not Slack.
        if answer.body.trim_ascii() == b"ok" {
            return Ok(());
        }
        Err(Failure::retry(None, "the answer is not Slack's"))
    }
}
