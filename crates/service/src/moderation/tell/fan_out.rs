//! From one event to a delivery for each channel and letter.

use channels::Urgency;
use jobs::Failure;
use model::moderation::{Kind, Proposal, Target, proposal::State};
use sqlx::PgConnection;

use super::{
    About, Event, TellChannel, TellModerators,
    deliver::Part,
    health::failing,
    letter, places,
    words::{self, Words},
};
use crate::{App, Result, consequences::enqueue_many};

/// The job. Run twice, it makes deliveries of the same names, and letters once.
pub(crate) async fn fan_out(app: &App, job: &TellModerators) -> std::result::Result<(), Failure> {
    let mut tx = app.db.begin().await?;
    let Some(words) = words::of(&mut tx, app, job.event, job.about).await? else {
        return Ok(());
    };
    let now = app.clock.now();
    let silent = match job.event {
        // Not those of which it is told.
        Event::DeliveryFailing => failing(&mut tx, app).await?,
        _ => Vec::new(),
    };
    let mut deliveries = Vec::new();
    for (name, channel) in app.places.channels() {
        if silent.iter().any(|failing| failing.name == name) {
            continue;
        }
        for part in parts(job.event, &words, channel) {
            deliveries.push(TellChannel {
                channel: name.to_owned(),
                part: *part,
                event: job.event,
                about: job.about,
                key: job.key.clone(),
                at: now,
            });
        }
    }
    enqueue_many(&mut tx, &deliveries).await?;
    let admitted = admissions(&mut tx, app, job).await?;
    enqueue_many(&mut tx, &admitted).await?;
    if words.to_list {
        letter::to_list(&mut tx, app, job).await?;
    }
    if words.to_board {
        letter::to_board(&mut tx, app, job).await?;
    }
    let is_pressing = words.urgency == Urgency::High || job.event == Event::DeliveryFailing;
    if words.to_moderators && (is_pressing || app.places.is_mail_only()) {
        letter::to_moderators(&mut tx, app, job, None).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Whoever was let in by what was decided; programs know that as an event of its own.
async fn admissions(
    connection: &mut PgConnection,
    app: &App,
    job: &TellModerators,
) -> Result<Vec<TellModerators>> {
    let (Event::ProposalDecided, About::Proposal(id), true) =
        (job.event, job.about, app.places.has_programs())
    else {
        return Ok(Vec::new());
    };
    let proposal = db::moderation::find_proposal(connection, id).await?;
    let admits = |proposal: &Proposal| {
        proposal.kind == Kind::SignUpApprove && proposal.state == State::Executed
    };
    let Some(proposal) = proposal.filter(admits) else {
        return Ok(Vec::new());
    };
    let admitted = proposal.targets.iter().enumerate();
    Ok(admitted
        .filter_map(|(number, target)| match target {
            Target::Account(id) => Some(TellModerators {
                event: Event::AccountApproved,
                about: About::Account(*id),
                key: format!("{}-{number}", job.key),
            }),
            _ => None,
        })
        .collect())
}

/// What a channel is told of an event, in order.
fn parts(event: Event, words: &Words, channel: &channels::Channel) -> &'static [Part] {
    if !places::is_for_people(channel) {
        return if words.to_programs {
            &[Part::Word]
        } else {
            &[]
        };
    }
    match event {
        _ if !words.to_channels => &[],
        Event::ReportUpdated if channel.gives_receipts() => &[Part::Edit],
        Event::ReportUpdated => &[],
        _ if !channel.gives_receipts() => &[Part::Word],
        Event::ProposalDecided | Event::AppealDecided => &[Part::Edit],
        // What was said is not true any more, and somebody should hear of it.
        Event::EmergencyRolledBack => &[Part::Edit, Part::Word],
        _ => &[Part::Word],
    }
}
