//! `moot members list`.

use model::member::Member;
use service::{members, sign_in::links};

use crate::cli::{accounts::standing, session::with_data};

pub(super) fn run() -> anyhow::Result<()> {
    with_data(async |app, _| {
        let links = links::all(app).await?;
        for member in members::list(app).await? {
            println!("{}", line(&member, &links));
        }
        Ok(())
    })
}

/// One member on one line: name, standing, what they are eligible for, links.
fn line(member: &Member, links: &[model::Link]) -> String {
    let offices: Vec<_> = member.eligible_for.iter().map(|o| o.as_str()).collect();
    let links: Vec<_> = links
        .iter()
        .filter(|link| link.account_id == member.account.id)
        .map(|link| {
            let missing = link.missing_since.map_or("", |_| " (missing)");
            format!(
                "{}:{} as {}{missing}",
                link.source, link.subject, link.username
            )
        })
        .collect();
    let or_dash = |words: Vec<_>, divider| {
        if words.is_empty() {
            "-".to_owned()
        } else {
            words.join(divider)
        }
    };
    format!(
        "{:<30}  {:<21}  {:<25}  {}",
        member.account.username.as_str(),
        standing(member),
        or_dash(offices.iter().map(|o| (*o).to_owned()).collect(), ","),
        or_dash(links, ", "),
    )
}
