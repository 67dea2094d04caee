//! What nobody can have yet: the feature that would make one does not exist, so none is the
//! truth, and apps that ask at their start are not stopped by it. A feature that comes takes its
//! line out of here.

use super::{answer, nothing_to_say};
use crate::error::Answer;

/// No entries.
pub(super) async fn list() -> Answer {
    answer::<[(); 0]>(&[])
}

/// Nothing under any key.
pub(super) async fn map() -> Answer {
    nothing_to_say()
}
