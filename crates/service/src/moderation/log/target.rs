//! How the public log names what a measure is about.
//!
//! Members by pseudonym, or by handle where the board wants it; people elsewhere by their server and a pseudonym; posts by
//! number and author; servers by domain, obfuscated where that was decided; addresses not at all.

use aws_lc_rs::digest::{SHA256, digest};
use db::moderation::log::Marks;
use model::{
    AccountId, Domain,
    moderation::{Effect, Field, PersonId, Target, governance::LocalTargets},
};
use serde_json::{Value, json};
use sqlx::PgConnection;

use super::{pseudonym::pseudonym, public};
use crate::{App, Result, moderation::board};

/// A target as it is published, and by what it can be found.
#[derive(Debug)]
pub(super) struct Shown {
    pub(super) value: Value,
    pub(super) marks: Marks,
}

impl Shown {
    fn plain(value: Value) -> Self {
        Self {
            value,
            marks: Marks::default(),
        }
    }
}

/// A target by the rules for its type.
pub(super) async fn shown(
    connection: &mut PgConnection,
    app: &App,
    target: &Target,
    effects: &[Effect],
) -> Result<Shown> {
    let kind = target.type_word();
    Ok(match target {
        Target::Account(id) => account(connection, app, *id).await?,
        Target::Status(id) => {
            let author = db::moderation::log::author_of(connection, *id).await?;
            by_author(connection, app, json!({"type": kind, "count": 1}), author).await?
        }
        Target::Strike(id) => match db::moderation::log::strike_entry(connection, *id).await? {
            Some((seq, about)) => {
                by_author(
                    connection,
                    app,
                    json!({"type": kind, "entry": seq}),
                    Some(about),
                )
                .await?
            }
            None => Shown::plain(json!({"type": kind})),
        },
        Target::Domain(name) => {
            let mut value = domain(connection, name, effects).await?;
            value["type"] = kind.into();
            let marks = Marks {
                domain: value["domain"].as_str().map(str::to_owned),
                pseudonym: None,
            };
            Shown { value, marks }
        }
        Target::IpRange(range) => Shown::plain(json!({"type": kind, "range": size_of(range)})),
        Target::EmailDomain(_)
        | Target::Email(_)
        | Target::Username(_)
        | Target::Case(_)
        | Target::Address(_)
        | Target::Server => Shown::plain(json!({"type": kind})),
        Target::Entry(seq) => Shown::plain(json!({"type": kind, "entry": seq})),
        Target::Tag(name)
        | Target::Emoji(name)
        | Target::Setting(name)
        | Target::Document(name) => Shown::plain(json!({"type": kind, "name": name})),
        Target::Seat(no) => Shown::plain(json!({"type": kind, "seat": no})),
        Target::BoardMember(id) | Target::Person(id) => {
            let person = db::moderation::person(connection, PersonId::new(*id)).await?;
            Shown::plain(json!({"type": kind, "person": person.as_ref().map(public::person)}))
        }
    })
}

/// What is said of an account, whether here or elsewhere.
async fn account(connection: &mut PgConnection, app: &App, id: AccountId) -> Result<Shown> {
    let Some(account) = db::accounts::by_id(connection, id).await? else {
        return Ok(Shown::plain(json!({"type": "account"})));
    };
    let governance = board::governance(connection, app).await?;
    let domain = account.domain.as_ref().map(ToString::to_string);
    let name = if domain.is_none() && governance.local_targets == LocalTargets::Handle {
        format!("@{}", account.username)
    } else {
        let kind = if domain.is_none() {
            "member"
        } else {
            "account"
        };
        format!("{kind}-{}", pseudonym(connection, app, id).await?)
    };
    let mut value = json!({"type": "account", "name": name});
    if let Some(domain) = &domain {
        value["domain"] = domain.clone().into();
    }
    Ok(Shown {
        value,
        marks: Marks {
            domain,
            pseudonym: Some(name),
        },
    })
}

/// Something of somebody's.
async fn by_author(
    connection: &mut PgConnection,
    app: &App,
    mut value: Value,
    author: Option<AccountId>,
) -> Result<Shown> {
    let Some(author) = author else {
        return Ok(Shown::plain(value));
    };
    let author = account(connection, app, author).await?;
    value["account"] = author.value;
    Ok(Shown {
        value,
        marks: author.marks,
    })
}

/// `{domain}`, or `{domain, digest}` with stars in it where a rule about the server says, or said, that it be obfuscated.
pub(super) async fn domain(
    connection: &mut PgConnection,
    domain: &Domain,
    effects: &[Effect],
) -> Result<Value> {
    let target = Target::Domain(domain.clone());
    let rule = db::moderation::state_of(connection, &target, Field::Rule).await?;
    let of_effects = effects
        .iter()
        .filter(|effect| effect.target == target)
        .flat_map(|effect| [&effect.from, &effect.to])
        .flatten();
    let is_obfuscated = of_effects
        .chain(&rule)
        .any(|value| value.get("obfuscate") == Some(&Value::Bool(true)));
    if !is_obfuscated {
        return Ok(json!({"domain": domain.to_string()}));
    }
    let name = domain.to_string();
    Ok(json!({
        "domain": obfuscated(&name),
        "digest": hex::encode(digest(&SHA256, name.as_bytes())),
    }))
}

/// A domain with stars in its middle half, as Mastodon shows it.
pub(crate) fn obfuscated(domain: &str) -> String {
    let length = domain.chars().count();
    let shown = length / 4;
    let hide = |(place, c): (usize, char)| {
        if place > shown && place < length - shown && c != '.' {
            '*'
        } else {
            c
        }
    };
    domain.chars().enumerate().map(hide).collect()
}

/// `IPv4 /24`.
fn size_of(range: &str) -> String {
    let (address, bits) = range.split_once('/').unwrap_or((range, ""));
    let family = if address.contains(':') {
        "IPv6"
    } else {
        "IPv4"
    };
    let whole = if family == "IPv6" { "128" } else { "32" };
    format!("{family} /{}", if bits.is_empty() { whole } else { bits })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_an_address_only_its_size_is_told() {
        assert_eq!(size_of("198.51.100.0/24"), "IPv4 /24");
        assert_eq!(size_of("198.51.100.7"), "IPv4 /32");
        assert_eq!(size_of("2001:db8::/32"), "IPv6 /32");
    }

    #[test]
    fn the_middle_of_an_obfuscated_domain_is_stars() {
        assert_eq!(obfuscated("example.com"), "exa****.*om");
    }
}
