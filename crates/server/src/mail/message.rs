//! A letter in the form that mail programs read (RFC 5322, MIME).

use anyhow::Context as _;
use lettre::address::Envelope;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message, MultiPart};
use lettre::{Address, message::SinglePart};
use service::mail::{Letter, Undelivered};

use crate::config::mail;

/// Who letters are from.
pub(super) struct Sender {
    from: Mailbox,
    reply_to: Option<Mailbox>,
    return_path: Address,
    /// The part of message ids after the `@`.
    domain: String,
}

impl Sender {
    pub(super) fn new(settings: &mail::Sender, domain: &str) -> anyhow::Result<Self> {
        let parse = |name: &'static str, text: &str| {
            text.parse::<Mailbox>()
                .with_context(|| format!("{name} is no mail address"))
        };
        let from = match &settings.from {
            Some(text) => parse("SMTP_FROM_ADDRESS", text)?,
            None => parse("LOCAL_DOMAIN", &format!("notifications@{domain}"))?,
        };
        let reply_to = settings
            .reply_to
            .as_deref()
            .map(|text| parse("SMTP_REPLY_TO", text))
            .transpose()?;
        let return_path = settings
            .return_path
            .as_deref()
            .map(|text| parse("SMTP_RETURN_PATH", text))
            .transpose()?;
        Ok(Self {
            return_path: return_path.unwrap_or_else(|| from.clone()).email,
            from,
            reply_to,
            domain: domain.to_owned(),
        })
    }

    /// The message of a letter. A letter that cannot be one never will be.
    pub(super) fn message(&self, letter: &Letter) -> Result<Message, Undelivered> {
        self.put_together(letter).map_err(Undelivered::ForGood)
    }

    fn put_together(&self, letter: &Letter) -> anyhow::Result<Message> {
        let to: Address = letter.to.parse().context("the reader's address")?;
        let envelope = Envelope::new(Some(self.return_path.clone()), vec![to.clone()])?;
        // RFC 3834: nobody's out-of-office note answers this.
        let automatic = HeaderValue::new(
            HeaderName::new_from_ascii_str("Auto-Submitted"),
            "auto-generated".to_owned(),
        );
        let mut builder = Message::builder()
            .envelope(envelope)
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(&letter.subject)
            .message_id(Some(format!("<{}@{}>", letter.id, self.domain)))
            .raw_header(automatic);
        if let Some(reply_to) = &self.reply_to {
            builder = builder.reply_to(reply_to.clone());
        }
        let parts = MultiPart::alternative()
            .singlepart(SinglePart::plain(letter.text.clone()))
            .singlepart(SinglePart::html(letter.html.clone()));
        Ok(builder.multipart(parts)?)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sender() -> Sender {
        let settings = mail::Sender {
            from: Some("The Club <post@club.example>".into()),
            reply_to: Some("board@club.example".into()),
            return_path: Some("bounces@club.example".into()),
        };
        Sender::new(&settings, "club.example").unwrap()
    }

    fn letter(subject: &str, text: &str) -> Letter {
        Letter {
            to: "alice@home.example".into(),
            subject: subject.into(),
            text: text.into(),
            html: format!("<p>{text}</p>"),
            id: "abc".into(),
        }
    }

    #[test]
    fn a_letter_says_who_it_is_from_and_that_no_person_wrote_it() {
        let message = sender().message(&letter("Hello", "Text")).unwrap();

        let shown = String::from_utf8(message.formatted()).unwrap();
        for line in [
            "From: \"The Club\" <post@club.example>\r\n",
            "Reply-To: board@club.example\r\n",
            "To: alice@home.example\r\n",
            "Subject: Hello\r\n",
            "Message-ID: <abc@club.example>\r\n",
            "Auto-Submitted: auto-generated\r\n",
            "Date: ",
        ] {
            assert!(shown.contains(line), "{line} in {shown}");
        }
        assert_eq!(
            message
                .envelope()
                .from()
                .map(ToString::to_string)
                .as_deref(),
            Some("bounces@club.example")
        );
    }

    proptest! {
        /// S55: whatever stands in a letter, it has one reader and the headers we gave it.
        #[test]
        fn no_text_makes_another_header_or_reader(subject in any::<String>(), text in any::<String>()) {
            let message = sender().message(&letter(&subject, &text)).unwrap();

            let shown = message.formatted();
            let head = shown.windows(4).position(|bytes| bytes == b"\r\n\r\n").unwrap();
            let head = String::from_utf8(shown[..head].to_vec()).unwrap();
            let names: Vec<_> = head
                .split("\r\n")
                .filter(|line| !line.starts_with([' ', '\t']))
                .filter_map(|line| line.split_once(':'))
                .map(|(name, _)| name)
                .collect();
            prop_assert_eq!(names.len(), head.split("\r\n").filter(|line| !line.starts_with([' ', '\t'])).count());
            for name in &names {
                prop_assert!(
                    ["From", "To", "Subject", "Message-ID", "Auto-Submitted", "Reply-To", "Date", "MIME-Version", "Content-Type"].contains(name),
                    "{name}"
                );
            }
            prop_assert_eq!(message.envelope().to().len(), 1);
        }
    }
}
