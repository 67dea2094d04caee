//! How far a member has read.

use mastodon::{Id, Markers, Timestamp};
use model::timeline::{MarkedTimeline, Marker};

/// The markers, by timeline.
pub(crate) fn markers(found: &[Marker]) -> Markers {
    let mut markers = Markers::default();
    for marker in found {
        let entity = mastodon::Marker {
            last_read_id: Id(marker.last_read_id),
            version: marker.version.into(),
            updated_at: Timestamp(marker.updated_at),
        };
        match marker.timeline {
            MarkedTimeline::Home => markers.home = Some(entity),
            MarkedTimeline::Notifications => markers.notifications = Some(entity),
        }
    }
    markers
}
