//! Slack, by a bot or by an incoming webhook.
//!
//! All words are `plain_text` in blocks, where Slack finds neither mentions nor formatting, and the link is a button. The text
//! beside the blocks is shown in notifications and read aloud; there `&`, `<` and `>` are escaped, as Slack asks, so that
//! `<!channel>` is only a word. Sources: <https://docs.slack.dev/messaging/formatting-message-text>,
//! <https://docs.slack.dev/reference/block-kit/blocks>.

mod blocks;
mod bot;
mod hook;

pub use bot::{API, Bot};
pub use hook::Hook;
