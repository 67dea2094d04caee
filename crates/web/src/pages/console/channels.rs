//! Whether moderators are told: how the channels do that messages go to.

use askama::Template;
use axum::{
    extract::State as Extract,
    response::{IntoResponse, Response},
};
use service::moderation::tell;

use super::{Part, gate};
use crate::{
    State,
    pages::{Frame, PageError, cards::Moment},
    session::Browser,
};

const PAGE: &str = "/console/channels";

#[derive(Template)]
#[template(path = "console/channels.html")]
struct ChannelsPage {
    frame: Frame,
    part: Part,
    channels: Vec<ChannelLine>,
}

struct ChannelLine {
    name: String,
    kind: &'static str,
    succeeded: Option<Moment>,
    failing: Option<Moment>,
    problem: String,
    state: &'static str,
    badge: &'static str,
}

/// Channels that have failed for long.
pub(super) async fn failing(state: &State) -> Result<usize, PageError> {
    let all = tell::health(&state.app).await?;
    Ok(all.iter().filter(|channel| channel.is_failing).count())
}

/// `GET /console/channels`
pub(in crate::pages) async fn show(
    Extract(state): Extract<State>,
    browser: Browser,
) -> Result<Response, PageError> {
    let room = gate::officer(&state, &browser, PAGE).await?;
    let all = tell::health(&state.app).await?;
    let page = ChannelsPage {
        frame: Frame::new(&state, &browser),
        part: Part::Channels,
        channels: all
            .into_iter()
            .map(|channel| {
                let (state, badge) = match (channel.is_failing, channel.failing_since) {
                    (true, _) => ("failing, mail instead", "urgent"),
                    (false, Some(_)) => ("tried again", "warn"),
                    (false, None) if channel.succeeded_at.is_some() => ("works", "done"),
                    (false, None) => ("nothing sent yet", "off"),
                };
                ChannelLine {
                    name: channel.name,
                    kind: channel.kind,
                    succeeded: channel.succeeded_at.map(Moment::new),
                    failing: channel.failing_since.map(Moment::new),
                    problem: channel.problem.unwrap_or_default(),
                    state,
                    badge,
                }
            })
            .collect(),
    };
    Ok(room.shown(&page).into_response())
}
