//! What the board decides.

use mastodon::{Date, Id, Timestamp, moot};
use service::moderation::board::{decisions::DecisionView, seats::SeatView};

use super::person;
use crate::render::Renderer;

impl Renderer {
    /// A decision as officers see it.
    pub(crate) fn decision(view: &DecisionView) -> moot::Decision {
        let decision = &view.decision;
        moot::Decision {
            id: Id(decision.id.get()),
            kind: decision.kind.as_str(),
            params: decision.params.clone(),
            text: decision.text.clone(),
            minutes_url: decision.minutes_url.clone(),
            decided_on: Date(decision.decided_on),
            digest: hex::encode(decision.digest),
            state: decision.state.as_str(),
            recorded_by: view.recorded_by.as_ref().map(person),
            recorded_at: Timestamp(decision.recorded_at),
            confirmed_at: decision.confirmed_at.map(Timestamp),
            confirmations: view
                .confirmations
                .iter()
                .map(|given| moot::Confirmation {
                    person: person(&given.person),
                    at: Timestamp(given.at),
                })
                .collect(),
            needed: view.needed,
            changes: view.changes.clone(),
            warnings: view.warnings.clone(),
            log_seqs: view.log_seqs.clone(),
            may_confirm: view.may_confirm,
        }
    }

    /// A seat as officers see it.
    pub(crate) fn seat(view: &SeatView) -> moot::Seat {
        let held = view.held.as_ref();
        moot::Seat {
            seat: view.no,
            holder: held.map(|seat| person(&seat.holder)),
            state: held.map_or("vacant", |seat| seat.state.as_str()),
            appointed_at: held.map(|seat| Timestamp(seat.appointed_at)),
            ad_hoc_for: held.and_then(|seat| seat.ad_hoc_for).map(|id| Id(id.get())),
        }
    }
}
