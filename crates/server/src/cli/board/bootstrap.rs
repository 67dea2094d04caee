//! `moot board bootstrap`.

use clap::Args;
use service::moderation::board::{bootstrap, documents};

use crate::cli::{accounts::find, session::with_data};

#[derive(Debug, Args)]
pub(in crate::cli) struct Bootstrap {
    /// Names of the members who make up the first board; at least as many as it takes to confirm a decision, and one more.
    #[arg(required = true, num_args = 1..)]
    names: Vec<String>,
}

pub(super) fn run(arguments: &Bootstrap) -> anyhow::Result<()> {
    with_data(async |app, _| {
        let mut accounts = Vec::with_capacity(arguments.names.len());
        for name in &arguments.names {
            accounts.push(find(app, name).await?.account.id);
        }
        let seq = bootstrap::bootstrap(app, &accounts).await?;
        println!("The board is named; it is entry {seq} of the public log.");
        println!(
            "From now on the board appoints moderators and changes the settings of governance on {}/board; MOOT_GOVERNANCE_… has no effect any more.",
            app.urls.base()
        );
        let unwritten = documents::unwritten(app).await?;
        if !unwritten.is_empty() {
            let titles: Vec<_> = unwritten.into_iter().map(documents::title).collect();
            println!(
                "These documents are still the defaults that came with Moot, with blanks: {}. The board should adopt its own.",
                titles.join(", ")
            );
        }
        Ok(())
    })
}
