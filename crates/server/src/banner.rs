//! The first thing on the screen: what runs here, under which rules, with which data.

use std::io::IsTerminal as _;
use std::path::Path;

use crate::cli::version::VERSION;
use crate::config::Config;
use crate::config::network::Listen;
use crate::ground::describe;
use model::instance::Profile;

/// Prints the banner to standard error.
pub(crate) fn print(config: &Config, folder: &Path) {
    let (bold, plain) = if std::io::stderr().is_terminal() {
        ("\x1b[1m", "\x1b[0m")
    } else {
        ("", "")
    };
    let rules = match config.profile {
        Profile::Production => "production",
        Profile::Demo => "DEMO: this machine only, nothing here is meant to last",
        Profile::Test => {
            "TEST: this machine only, cheap passwords, no limits; never for real people"
        }
    };
    let listen = match &config.network.listen {
        Listen::Tcp(address) => address.to_string(),
        Listen::Unix(path, _) => path.display().to_string(),
    };
    eprintln!("{bold}Moot {VERSION}{plain}");
    eprintln!("  profile   {rules}");
    eprintln!("  handles   @name@{}", config.identity.local_domain);
    eprintln!("  web       {}", config.identity.web_url());
    eprintln!("  listens   {listen}");
    eprintln!("  data      {}", describe(folder, config));
}
