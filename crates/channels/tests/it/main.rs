//! Channels, against receivers that take only what the services document.
