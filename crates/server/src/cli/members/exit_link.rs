//! `moot members exit-link`.

use service::members;

use crate::cli::{accounts::find, session::with_data};

pub(super) fn run(name: &str) -> anyhow::Result<()> {
    with_data(async |app, _| {
        let member = find(app, name).await?;
        let link = members::exit_link(app, member.account.id).await?;
        eprintln!(
            "Hand this link to {name} and to nobody else. It works once, within seven days, and opens the page on which they can take their data with them or delete the account."
        );
        println!("{}", members::address_of_exit_link(app, &link));
        Ok(())
    })
}
