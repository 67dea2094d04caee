//! Appeals, both stages.
