//! What can go wrong when speaking to the queue.

/// Why the queue could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database refused or could not be reached; inside a transaction, roll it back.
    #[error("the database did not do what the queue asked")]
    Database(#[from] sqlx::Error),
    /// A job's own `Serialize` failed; nothing was written.
    #[error("a job of kind {kind} could not be written as JSON")]
    Payload {
        /// The kind of the job, as in `Job::KIND`.
        kind: &'static str,
        /// What serde said.
        source: serde_json::Error,
    },
}
