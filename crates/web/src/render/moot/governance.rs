//! How this server is governed, for everybody.

use aws_lc_rs::digest::{SHA256, digest};
use mastodon::{Timestamp, moot};
use model::moderation::document::Document;
use service::moderation::board::seats::SeatView;

use crate::render::Renderer;

impl Renderer {
    /// A seat, without the numbers by which officers know its holder.
    pub(crate) fn held_seat(view: &SeatView) -> moot::HeldSeat {
        let held = view.held.as_ref();
        moot::HeldSeat {
            seat: view.no,
            state: held.map_or("vacant", |seat| seat.state.as_str()),
            name: held.map(|seat| seat.holder.name.clone()),
            handle: held.map(|seat| seat.holder.handle.clone()),
            appointed_at: held.map(|seat| Timestamp(seat.appointed_at)),
        }
    }

    /// Which version of a document is in force.
    pub(crate) fn in_force(&self, document: &Document) -> moot::InForce {
        let kind = document.kind.as_str();
        moot::InForce {
            kind,
            version: document.version,
            sha256: sha256(document),
            effective_at: document.effective_at.map(Timestamp),
            url: format!(
                "{}/api/moot/v1/documents/{kind}/{}",
                self.urls.base(),
                document.version
            ),
        }
    }

    /// A version of a document.
    pub(crate) fn document(document: &Document) -> moot::Document {
        moot::Document {
            kind: document.kind.as_str(),
            version: document.version,
            text: document.text.clone(),
            sha256: sha256(document),
            effective_at: document.effective_at.map(Timestamp),
        }
    }
}

fn sha256(document: &Document) -> String {
    hex::encode(digest(&SHA256, document.text.as_bytes()))
}
