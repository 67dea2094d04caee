//! What stands in each letter. The words are here, in one place; the two layouts are templates.

use askama::Template;
use db::mail::Purpose;
use model::{member::Member, moderation::document::DocumentKind};

use super::{Letter, Occasion, SendMail, token};
use crate::{App, Error, Result, moderation::board::documents};

/// A letter before it is laid out.
pub(crate) struct Draft {
    pub(crate) subject: String,
    pub(crate) paragraphs: Vec<String>,
    /// What the reader can follow.
    pub(crate) link: Option<Link>,
}

pub(crate) struct Link {
    pub(crate) label: &'static str,
    pub(crate) url: String,
}

#[derive(Template)]
#[template(path = "mail/letter.txt")]
struct Text<'a> {
    server: &'a str,
    greeting: &'a str,
    draft: &'a Draft,
}

#[derive(Template)]
#[template(path = "mail/letter.html")]
struct Html<'a> {
    server: &'a str,
    greeting: &'a str,
    draft: &'a Draft,
}

/// The letter of a job.
pub(super) async fn letter(
    app: &App,
    member: &Member,
    job: &SendMail,
    address: String,
) -> Result<Letter> {
    let draft = draft(app, member, &job.occasion, &address).await?;
    let greeting = format!("Hello @{},", member.account.username);
    lay_out(app, &draft, &greeting, address, job.id.clone())
}

/// A letter that shows an administrator whether mail arrives.
pub fn test_letter(app: &App, address: String, id: String) -> Result<Letter> {
    let draft = Draft {
        subject: "Mail from this server arrives".into(),
        paragraphs: vec!["Somebody who runs this server has asked it for a letter to this address. It needs no answer.".into()],
        link: None,
    };
    lay_out(app, &draft, "Hello,", address, id)
}

/// Lays out a letter that greets somebody so.
pub(crate) fn lay_out(
    app: &App,
    draft: &Draft,
    greeting: &str,
    to: String,
    id: String,
) -> Result<Letter> {
    let server = app.settings.presentation.title.as_str();
    let text = Text {
        server,
        greeting,
        draft,
    }
    .render()
    .map_err(Error::internal)?;
    let html = Html {
        server,
        greeting,
        draft,
    }
    .render()
    .map_err(Error::internal)?;
    Ok(Letter {
        to,
        subject: one_line(&format!("{} ({server})", draft.subject)),
        text,
        html,
        id,
    })
}

async fn draft(app: &App, member: &Member, occasion: &Occasion, address: &str) -> Result<Draft> {
    let link = |label, path: &str| {
        Some(Link {
            label,
            url: format!("{}{path}", app.urls.base()),
        })
    };
    let look = || link("Look at your sign-in settings", "/settings/security");
    let not_you = "If this was not you, sign in, change your password and end the sessions you do not know; if you cannot sign in, ask the people who run this server.";
    Ok(match occasion {
        Occasion::ConfirmAddress { .. } => {
            let secret = token::make(app, Purpose::Confirm, member.account.id, address).await?;
            Draft {
                subject: "Please confirm your mail address".into(),
                paragraphs: vec![
                    "This address was given for an account here. Please confirm that it is yours.".into(),
                    "The link works for two days. If you have not asked for this, do nothing, and nothing will happen.".into(),
                ],
                link: link("Confirm this address", &format!("/auth/confirmation?confirmation_token={}", secret.reveal())),
            }
        }
        Occasion::ResetPassword if is_linked(app, member).await? => Draft {
            subject: "Your password is your organisation's".into(),
            paragraphs: vec![
                "Somebody, hopefully you, has asked for a new password. You sign in here with your organisation's account, so its password is changed where the organisation keeps it, and not here.".into(),
            ],
            link: app.settings.sign_in.account_settings.clone().map(|url| Link {
                label: "Change your organisation's password",
                url,
            }),
        },
        Occasion::ResetPassword => {
            let secret = token::make(app, Purpose::Reset, member.account.id, address).await?;
            Draft {
                subject: "A new password".into(),
                paragraphs: vec![
                    "Somebody, hopefully you, has asked for a new password.".into(),
                    "The link works once, for six hours. If you have not asked for it, do nothing: your password stays as it is.".into(),
                ],
                link: link("Choose a new password", &format!("/auth/password/edit?reset_password_token={}", secret.reveal())),
            }
        }
        Occasion::PasswordChanged => Draft {
            subject: "Your password was changed".into(),
            paragraphs: vec![
                "The password of your account was changed. Every browser and app has been signed out.".into(),
                not_you.into(),
            ],
            link: None,
        },
        Occasion::AddressChanged { .. } => Draft {
            subject: "Your mail address was changed".into(),
            paragraphs: vec![
                "From now on letters about your account go to another address; this is the last one to this address.".into(),
                not_you.into(),
            ],
            link: None,
        },
        Occasion::NewPlace { user_agent } => Draft {
            subject: "A sign-in from a new place".into(),
            paragraphs: vec![
                format!("Somebody has signed in to your account with a browser, or from a network, that was not seen before. The browser calls itself: {}", named(user_agent)),
                "If this was you, there is nothing to do.".into(),
                not_you.into(),
            ],
            link: look(),
        },
        Occasion::SecondFactorChanged { what } => Draft {
            subject: "Your second factor was changed".into(),
            paragraphs: vec![what.clone(), not_you.into()],
            link: look(),
        },
        Occasion::Linked => Draft {
            subject: "Your account is linked to your organisation's".into(),
            paragraphs: vec![
                "From now on you sign in with your organisation's name and password. The password you had here opens nothing any more, and every other browser and app has been signed out.".into(),
                "If this was not you, tell the people who run this server at once.".into(),
            ],
            link: None,
        },
        Occasion::Left => Draft {
            subject: "You have left the organisation".into(),
            paragraphs: vec![
                "You are not among the organisation's people any more, so you have been signed out of your account everywhere. What you have posted stays for now.".into(),
                format!("{} you can still open one page, to take your data with you, or to delete the account.", until(member)),
            ],
            link: link("Open that page", "/auth/leaving"),
        },
        Occasion::EndsSoon => Draft {
            subject: "Your account will soon be deleted".into(),
            paragraphs: vec![
                format!("You left the organisation some time ago. {} you can still take your data with you; then the account and everything in it is deleted.", until(member)),
            ],
            link: link("Take your data with you", "/auth/leaving"),
        },
        Occasion::Decision { .. }
        | Occasion::MeasureTakenBack { .. }
        | Occasion::DecisionOverruled { .. }
        | Occasion::Admitted => super::measures::draft(app, member, occasion).await?,
        Occasion::ReportDecided { outcome } => Draft {
            subject: "Your report was looked at".into(),
            paragraphs: vec![
                if outcome == "action" {
                    "The moderators have looked at what you had reported, and have done something about it. What exactly stays between them and whom it concerns.".into()
                } else {
                    "The moderators have looked at what you had reported, and have decided to do nothing. You can mute or block whom you do not want to meet.".into()
                },
                "What moderators do is public, without the names of those concerned.".into(),
            ],
            link: link("What moderators have done", "/moderation"),
        },
        Occasion::ModeratorsAsk => Draft {
            subject: "The moderators have a question".into(),
            paragraphs: vec![
                "The moderators look into something that concerns you, and want to know something from you first. You can answer once.".into(),
            ],
            link: link("Read the question and answer", "/settings/decisions"),
        },
        Occasion::AppealUpheld => Draft {
            subject: "Your appeal was decided".into(),
            paragraphs: vec![
                "The decision about you that you had appealed was looked at again, and stands. This is the last word on it.".into(),
            ],
            link: link("Look at it", "/settings/decisions"),
        },
        Occasion::AppVoted { proposal } => Draft {
            subject: "An app has voted in your name".into(),
            paragraphs: vec![
                "An app that you have authorised has approved, or otherwise answered, a proposal of the moderators in your name.".into(),
                "If this was you, there is nothing to do. If it was not, take the app's permission away at once, and tell the other moderators.".into(),
            ],
            link: link("Look at the proposal", &format!("/console/proposals/{proposal}")),
        },
        Occasion::DocumentChanged { kind, version } => document_changed(app, kind, *version).await?,
        Occasion::SyncHalted { number, missing } => Draft {
            subject: "The directory misses many members".into(),
            paragraphs: vec![
                format!("{missing} members were not found in the directory, which is more than leave at once. Nobody is let go until this is settled. You get this letter because you run the server."),
                format!("Look at the directory and at its settings. If it is right: moot members sync --accept {number}"),
            ],
            link: None,
        },
    })
}

/// A new version of what binds members. When it is in force already by the time of writing, the letter says so.
async fn document_changed(app: &App, kind: &str, version: i32) -> Result<Draft> {
    let kind = DocumentKind::from_word(kind).ok_or(Error::NotFound)?;
    let document = documents::version(app, kind, version).await?;
    let title = documents::title(kind);
    let begins = match document.effective_at {
        Some(at) if at > app.clock.now() => format!("It is in force from {} on.", at.date()),
        _ => "It is in force.".to_owned(),
    };
    Ok(Draft {
        subject: format!("{title}: a new version"),
        paragraphs: vec![
            format!(
                "The board of the organisation has adopted a new version of a document that concerns you: {title}. {begins}"
            ),
            "You can read it, and see line by line what is different.".into(),
        ],
        link: Some(Link {
            label: "Read what has changed",
            url: format!(
                "{}/documents/{}/{version}/changes",
                app.urls.base(),
                kind.as_str()
            ),
        }),
    })
}

async fn is_linked(app: &App, member: &Member) -> Result<bool> {
    let mut connection = app.db.acquire().await?;
    Ok(db::members::is_linked(&mut connection, member.account.id).await?)
}

fn until(member: &Member) -> String {
    member.ends_at.map_or_else(
        || "For some time".to_owned(),
        |end| format!("Until {}", end.date()),
    )
}

fn named(user_agent: &str) -> &str {
    if user_agent.is_empty() {
        "(nothing)"
    } else {
        user_agent
    }
}

/// A subject is one line, whatever the server calls itself: a line break would begin another header.
fn one_line(text: &str) -> String {
    text.split(|letter: char| letter.is_control())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_is_one_line() {
        assert_eq!(
            one_line("Hello\r\nBcc: everybody@club.example"),
            "Hello  Bcc: everybody@club.example"
        );
    }
}
