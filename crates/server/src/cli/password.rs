//! A password that somebody at the terminal types, without its being shown.

use std::io::{IsTerminal as _, Write as _};

use anyhow::Context as _;
use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};

use super::accounts::typed_password;

/// Where a password comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    /// Whoever sits at the terminal is asked.
    Terminal,
    /// It is the first line of standard input.
    Input,
}

impl std::convert::From<bool> for From {
    /// Of the option `--password-stdin`.
    fn from(is_input: bool) -> Self {
        if is_input {
            Self::Input
        } else {
            Self::Terminal
        }
    }
}

/// The password of somebody.
pub(super) fn asked_password(of: &str, from: From) -> anyhow::Result<String> {
    let input = std::io::stdin();
    if from == From::Input || !input.is_terminal() {
        return typed_password();
    }
    eprint!("Password of {of} (not shown): ");
    std::io::stderr().flush().context("the terminal is gone")?;
    let before = tcgetattr(&input).context("the terminal could not be asked how it shows")?;
    let mut silent = before.clone();
    silent.local_modes.remove(LocalModes::ECHO);
    tcsetattr(&input, OptionalActions::Flush, &silent)
        .context("the terminal could not be told to show nothing")?;
    let typed = typed_password();
    tcsetattr(&input, OptionalActions::Flush, &before)
        .context("the terminal could not be told to show again")?;
    eprintln!();
    typed
}
