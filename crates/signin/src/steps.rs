//! What happened on the way, told to an administrator by `moot auth test`.

/// Writes down the steps of one try. Sign-in itself passes one along and drops it: there is one road, so what
/// the administrator is shown is what members go through.
#[derive(Clone, Debug, Default)]
pub struct Steps(Vec<Step>);

/// One step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Which way it belongs to: `ldap`, `pam`, ….
    pub way: &'static str,
    /// What was done, or why it failed and what to look at. Never a secret.
    pub text: String,
    /// How it went.
    pub outcome: Outcome,
}

/// How a step went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// As it should.
    Done,
    /// It failed; the try ends here, or goes on with the next server or way.
    Failed,
}

impl Steps {
    /// A step was done.
    pub fn done(&mut self, way: &'static str, text: impl Into<String>) {
        self.note(way, text.into(), Outcome::Done);
    }

    /// A step failed.
    pub fn failed(&mut self, way: &'static str, text: impl Into<String>) {
        self.note(way, text.into(), Outcome::Failed);
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Step> {
        self.0.iter()
    }

    fn note(&mut self, way: &'static str, text: String, outcome: Outcome) {
        self.0.push(Step { way, text, outcome });
    }
}
