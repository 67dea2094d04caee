//! What moderators and the board are told, held against real receivers.

mod failing;
mod letters;
mod receiver;
mod reminders;
mod secrets;
mod threads;

use std::collections::BTreeMap;

use ::model::AccountId;
use channels::{Channel, matrix, slack, webhook};
use service::moderation::{
    reports::{self, NewReport},
    tell::Places,
};
use testkit::{AppBuilder, Mailbox, TestApp};
use url::Url;

use receiver::Receiver;

/// A bot in a Slack of our own.
fn slack(receiver: &Receiver) -> Channel {
    Channel::SlackBot(slack::Bot {
        token: "xoxb-token".into(),
        channel: "C0CLUB".into(),
        api: Url::parse(&receiver.url("/slack/")).unwrap(),
    })
}

fn matrix(receiver: &Receiver) -> Channel {
    Channel::Matrix(matrix::Room {
        homeserver: Url::parse(&receiver.url("/")).unwrap(),
        room: "!room:club.example".into(),
        token: "syt_token".into(),
    })
}

fn webhook(receiver: &Receiver) -> Channel {
    Channel::Webhook(webhook::Endpoint {
        address: receiver.url("/hook").parse().unwrap(),
        secret: "a secret of the two".into(),
    })
}

fn places(channels: Vec<(&str, Channel)>, mail: &[&str]) -> Places {
    let channels: BTreeMap<String, Channel> = channels
        .into_iter()
        .map(|(name, channel)| (name.to_owned(), channel))
        .collect();
    Places::new(channels, mail.iter().map(|to| (*to).to_owned()).collect()).unwrap()
}

/// A server whose letters go to a box.
fn server(channels: Vec<(&str, Channel)>, mail: &[&str], mailbox: &Mailbox) -> AppBuilder {
    testkit::app()
        .places(places(channels, mail))
        .mailer(std::sync::Arc::new(mailbox.clone()))
}

/// A member reports somebody, and says no more.
async fn reports(app: &TestApp, reporter: AccountId, target: AccountId) {
    reports::create(app, reporter, target, NewReport::default())
        .await
        .unwrap();
}

/// Does what waits in the queue and is due, one job after the other.
async fn works(app: &TestApp) {
    let worker = service::work::register(app.worker(app.to_app()), app);
    let settings = jobs::Settings {
        concurrency: 1,
        ..jobs::Settings::default()
    };
    worker
        .with_settings(settings)
        .run_until_idle()
        .await
        .unwrap();
}

/// Whoever was written to, in the order of the alphabet.
fn read_by(mailbox: &Mailbox, subject: &str) -> Vec<String> {
    let letters = mailbox.letters();
    let mut readers: Vec<String> = letters
        .into_iter()
        .filter(|letter| letter.subject.contains(subject))
        .map(|letter| letter.to)
        .collect();
    readers.sort();
    readers
}
