//! The embedded `PostgreSQL`.
