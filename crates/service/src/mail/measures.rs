//! Letters about measures: what was done, which rule, by whom, until when to appeal, and where.

use model::{
    member::Member,
    moderation::{Kind, appeal::StrikeId},
};

use super::{Draft, Link, Occasion};
use crate::{App, Error, Result, moderation::board::documents};

/// What stands in a letter about a measure. `NotFound` when what it tells of is gone.
pub(super) async fn draft(app: &App, member: &Member, occasion: &Occasion) -> Result<Draft> {
    match occasion {
        Occasion::Decision { strike } => decision(app, member, StrikeId::new(*strike)).await,
        Occasion::MeasureTakenBack { .. } => Ok(no_more(
            app,
            "A measure against your account was taken back",
            "A measure that one moderator had taken in a hurry was not confirmed by a second one, so it was taken back. Everything is as it was, and it does not count against you.",
        )),
        Occasion::DecisionOverruled { .. } => Ok(no_more(
            app,
            "A decision about you was overruled",
            "The decision that you had appealed was wrong. Everything it did was undone, and it does not count against you.",
        )),
        _ => Ok(Draft {
            subject: "You can come in".into(),
            paragraphs: vec![
                "The moderators have looked at your sign-up and let you in. Welcome!".into(),
            ],
            link: Some(Link {
                label: "Sign in",
                url: format!("{}/auth/sign_in", app.urls.base()),
            }),
        }),
    }
}

async fn decision(app: &App, member: &Member, id: StrikeId) -> Result<Draft> {
    let mut connection = app.db.acquire().await?;
    let strike = db::moderation::effects::strikes_by_ids(&mut connection, &[id])
        .await?
        .pop()
        .filter(|strike| strike.account_id == member.account.id)
        .ok_or(Error::NotFound)?;
    let proposal = db::moderation::find_proposal(&mut connection, strike.proposal_id)
        .await?
        .ok_or(Error::NotFound)?;
    let deciders = db::moderation::approvers_of(&mut connection, proposal.id).await?;
    let people = db::moderation::persons(&mut connection, &deciders).await?;
    drop(connection);
    let mut paragraphs = vec![done(proposal.kind, strike.status_ids.len())];
    if !strike.text.is_empty() {
        paragraphs.push(format!("The moderators write: {}", strike.text));
    }
    let rules = documents::rules(app).await?;
    let broken: Vec<&str> = strike
        .rule_ids
        .iter()
        .filter_map(|number| rules.get(usize::try_from(*number).ok()?.checked_sub(1)?))
        .map(String::as_str)
        .collect();
    if !broken.is_empty() {
        paragraphs.push(format!("It is about these rules: {}", broken.join(" · ")));
    }
    if !people.is_empty() {
        let names: Vec<String> = people
            .iter()
            .map(|person| format!("{} (@{})", person.name, person.handle))
            .collect();
        paragraphs.push(format!("It was decided by {}.", names.join(" and ")));
    }
    if proposal.emergency {
        paragraphs.push("It could not wait, so one moderator alone has taken it. Unless another confirms it soon, it is taken back by itself.".into());
    }
    paragraphs.push(format!(
        "If you think that this is wrong, you can appeal until {}: moderators, and if need be the board, look at it again. For that and for taking your data along you can always sign in.",
        strike.appealable_until.date()
    ));
    Ok(Draft {
        subject: subject(proposal.kind).into(),
        paragraphs,
        link: Some(Link {
            label: "Look at the decision, or appeal",
            url: format!("{}/settings/decisions", app.urls.base()),
        }),
    })
}

fn no_more(app: &App, subject: &str, text: &str) -> Draft {
    Draft {
        subject: subject.into(),
        paragraphs: vec![text.into()],
        link: Some(Link {
            label: "Decisions about you",
            url: format!("{}/settings/decisions", app.urls.base()),
        }),
    }
}

const fn subject(kind: Kind) -> &'static str {
    match kind {
        Kind::AccountSuspend => "Your account was suspended",
        Kind::AccountFreeze => "Your account was frozen",
        Kind::AccountLimit => "Your account was limited",
        Kind::AccountSensitive => "Your media are hidden until asked for",
        Kind::StatusDelete | Kind::StatusHide => "Posts of yours were taken away",
        Kind::StatusSensitive => "Media of yours are hidden until asked for",
        Kind::AccountRemoveProfileText => "The text of your profile was taken away",
        _ => "A warning from the moderators",
    }
}

fn done(kind: Kind, posts: usize) -> String {
    let posts = if posts == 1 {
        "A post of yours".to_owned()
    } else {
        format!("{posts} posts of yours")
    };
    match kind {
        Kind::AccountSuspend => "The moderators of this server have suspended your account: your profile and posts are hidden, and you have been signed out. Nothing is deleted.".into(),
        Kind::AccountFreeze => "The moderators of this server have frozen your account: you have been signed out and cannot post. Your profile and posts stay visible.".into(),
        Kind::AccountLimit => "The moderators of this server have limited your account: your posts are left out of public timelines. Those who follow you go on seeing them.".into(),
        Kind::AccountSensitive => "The moderators of this server have marked your account: all your pictures and other media are hidden until somebody asks for them.".into(),
        Kind::StatusDelete | Kind::StatusHide => format!("The moderators of this server have taken something away: {posts}."),
        Kind::StatusSensitive => format!("The moderators of this server have hidden media until somebody asks for them. Concerned: {posts}."),
        Kind::AccountRemoveProfileText => "The moderators of this server have emptied the text of your profile. You can write another.".into(),
        _ => "The moderators of this server have a warning for you. Nothing else happens for now.".into(),
    }
}
