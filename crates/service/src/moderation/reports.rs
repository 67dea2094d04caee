//! Reports and the cases they make up.
