//! Holding what happened against what a case expects. Every key given must match; those not given are not looked at.
//!
//! What is read but has no home yet is left to the tests of the documents: proposals for preview cards and who may
//! reply. The subjects a case can wait for (polls, quotes) count as missing here.

use federation::inbound::Outcome;
use http::Method;
use model::status::StatusView;
use model::{Account, StatusId};
use serde_json::{Value, json};
use service::remote::Found;
use service::{accounts, statuses};
use time::format_description::well_known::Rfc3339;

use crate::world::{World, instant};

/// What became of a case.
#[derive(Debug)]
pub(crate) enum Happened {
    /// The inbox refused it.
    Rejected(String),
    /// The inbox took it and wanted nothing of it.
    Dropped,
    Processed(Outcome),
    Refused(&'static str),
    Found(Found),
    Key,
    LookedUp {
        acct: String,
        actor: String,
    },
}

pub(crate) async fn check(world: &World, case: &Value, happened: &Happened) -> Result<(), String> {
    let expect = &case["expect"];
    match expect["any_of"].as_array() {
        None => one(world, expect, happened).await,
        Some(alternatives) => {
            let mut reasons = Vec::new();
            for alternative in alternatives {
                match one(world, alternative, happened).await {
                    Ok(()) => return Ok(()),
                    Err(reason) => reasons.push(reason),
                }
            }
            Err(reasons.join(" / "))
        }
    }
}

async fn one(world: &World, expect: &Value, happened: &Happened) -> Result<(), String> {
    requests(world, expect)?;
    if let Some(code) = expect["reject"].as_str() {
        let refused = match happened {
            Happened::Rejected(found) => found.as_str(),
            Happened::Processed(Outcome::Refused(found)) | Happened::Refused(found) => found,
            _ => return Err(format!("expected a refusal ({code}), but {happened:?}")),
        };
        return equal("reject", refused, code);
    }
    if let Some(code) = expect["ignore"].as_str() {
        return match happened {
            Happened::Dropped if code == "unknown_actor" => Ok(()),
            Happened::Processed(Outcome::Ignored(found)) => equal("ignore", found, code),
            _ => Err(format!("expected to be ignored ({code}), but {happened:?}")),
        };
    }
    if matches!(
        happened,
        Happened::Rejected(..) | Happened::Refused(_) | Happened::Processed(Outcome::Refused(_))
    ) {
        return Err(format!("{happened:?}"));
    }
    effect(world, expect, happened).await?;
    notified(world, expect).await?;
    sent(world, expect)
}

async fn effect(world: &World, expect: &Value, happened: &Happened) -> Result<(), String> {
    match expect["kind"].as_str().unwrap() {
        "status" | "status_update" => status(world, expect, "uri").await,
        "boost" => boost(world, expect).await,
        "follow" => follow(world, expect, "actor", "target").await,
        "follow_accept" => {
            exists(world, "follows", &expect["follow"]).await?;
            let gone = !is_there(world, "follow_requests", &expect["follow"]).await;
            if gone {
                Ok(())
            } else {
                Err("the request is still there".to_owned())
            }
        }
        "undo" => undo(world, expect).await,
        "like" => like(world, expect).await,
        "report" => report(world, expect).await,
        "status_delete" => match statuses::find_by_uri(&world.app, text(expect, "uri"))
            .await
            .unwrap()
        {
            None => Ok(()),
            Some(_) => Err("the post is still there".to_owned()),
        },
        "actor" | "actor_update" => actor(world, expect, happened).await,
        "key" => key(world, expect).await,
        "webfinger" => match happened {
            Happened::LookedUp { acct, actor } => {
                equal("acct", acct, text(expect, "acct"))?;
                equal("actor", actor, text(expect, "actor"))
            }
            _ => Err(format!("{happened:?}")),
        },
        other => Err(format!("nothing here does {other} ({happened:?})")),
    }
}

async fn status(world: &World, expect: &Value, uri: &str) -> Result<(), String> {
    let uri = text(expect, uri);
    let Some(id) = statuses::find_by_uri(&world.app, uri).await.unwrap() else {
        return Err(format!("{uri} is not here"));
    };
    let view = statuses::load(&world.app, id).await.unwrap().unwrap();
    for (key, expected) in expect.as_object().unwrap() {
        status_key(&view, key, expected)?;
    }
    Ok(())
}

fn status_key(view: &StatusView, key: &str, expected: &Value) -> Result<(), String> {
    let status = &view.status;
    let text = status.content.to_text();
    let found: Value = match key {
        "actor" => json!(view.author.uri),
        "uri" => json!(status.uri),
        "url" => json!(status.url),
        "visibility" => json!(status.visibility.as_str()),
        "sensitive" => json!(status.sensitive),
        "spoiler_text" => json!(status.spoiler),
        "language" => json!(status.language),
        "content_text" => json!(text),
        "content_text_contains" => return contains(key, &text, expected, true),
        "content_html_contains" => return contains(key, status.content.as_str(), expected, true),
        "content_html_absent" => return contains(key, status.content.as_str(), expected, false),
        "converted" => json!(status.title.is_some()),
        "title" => json!(status.title),
        "mentions" => {
            return same_set(
                key,
                view.mentions.iter().map(|mention| mention.uri.clone()),
                expected,
            );
        }
        "hashtags" => return same_set(key, view.tags.iter().map(|tag| tag.name.clone()), expected),
        "hashtags_any_of" => {
            let names = || view.tags.iter().map(|tag| tag.name.clone());
            let fits = |set: &Value| same_set(key, names(), set).is_ok();
            return expected
                .as_array()
                .unwrap()
                .iter()
                .any(fits)
                .then_some(())
                .ok_or_else(|| format!("{key}: {:?}", view.tags));
        }
        "emojis" => {
            return same_set(
                key,
                status.emojis.iter().map(|emoji| emoji.shortcode.clone()),
                expected,
            );
        }
        "attachments" => json!(view.attachments.len()),
        "attachment_alts" => json!(
            view.attachments
                .iter()
                .map(|a| a.description.clone())
                .collect::<Vec<_>>()
        ),
        "attachment_urls" => json!(
            view.attachments
                .iter()
                .map(|a| a.remote_url.clone())
                .collect::<Vec<_>>()
        ),
        "attachment_focus" => json!(view.attachments.iter().map(|a| a.focus).collect::<Vec<_>>()),
        "in_reply_to" => json!(status.in_reply_to_uri),
        "conversation" => json!(status.conversation_uri),
        "published" => json!(status.created_at.format(&Rfc3339).unwrap()),
        "edited" => json!(
            status.edited_at.is_some()
                && view.status.edited_at > Some(instant(&json!("2026-07-21T00:00:00Z")).unwrap())
        ),
        "edited_at" => json!(status.edited_at.map(|at| at.format(&Rfc3339).unwrap())),
        "counts" => json!({"likes": status.favourites_count, "shares": status.boosts_count}),
        "poll" | "poll_option_count" => return Err("polls".to_owned()),
        "quote" if !expected.is_null() => return Err("quotes".to_owned()),
        // Looked at elsewhere.
        "kind" | "quote" | "card_hint" | "reply_policy" | "quote_policy" | "notify" | "fetches"
        | "fetches_never" | "max_fetches" | "boost" | "sends" => return Ok(()),
        other => return Err(format!("the key {other} is not looked at")),
    };
    if found == *expected {
        Ok(())
    } else {
        Err(format!("{key}: {found} and not {expected}"))
    }
}

async fn boost(world: &World, expect: &Value) -> Result<(), String> {
    let uri = text(expect, "uri");
    let Some(id) = statuses::find_by_uri(&world.app, uri).await.unwrap() else {
        return Err(format!("the boost {uri} is not here"));
    };
    let view = statuses::load(&world.app, id).await.unwrap().unwrap();
    let boosted = view.boost_of.as_ref().ok_or("no boost")?;
    equal("actor", &view.author.uri, text(expect, "actor"))?;
    equal("target", &boosted.status.uri, text(expect, "target"))?;
    equal(
        "visibility",
        view.status.visibility.as_str(),
        text(expect, "visibility"),
    )?;
    if expect["target_status"].is_object() {
        status(world, &expect["target_status"], "uri").await?;
    }
    Ok(())
}

async fn follow(
    world: &World,
    expect: &Value,
    follower: &str,
    followee: &str,
) -> Result<(), String> {
    let state = text(expect, "state");
    let (follower, followee) = (
        world.account(text(expect, follower)).await,
        world.account(text(expect, followee)).await,
    );
    let count = |table: &str| {
        let sql =
            format!("SELECT count(*) FROM {table} WHERE follower_id = $1 AND followee_id = $2");
        let (follower, followee) = (follower.get(), followee.get());
        async move {
            sqlx::query_scalar::<_, i64>(sqlx::AssertSqlSafe(sql))
                .bind(follower)
                .bind(followee)
                .fetch_one(&world.app.db)
                .await
                .unwrap()
        }
    };
    let found = match (count("follows").await, count("follow_requests").await) {
        (1, 0) => "accepted",
        (0, 1) => "pending",
        (0, 0) => "rejected",
        _ => "confused",
    };
    equal("state", found, state)
}

async fn undo(world: &World, expect: &Value) -> Result<(), String> {
    let (table, one, other, target) = match text(expect, "undone") {
        "follow" => ("follows", "follower_id", "followee_id", "accounts"),
        "block" => ("blocks", "blocker_id", "blocked_id", "accounts"),
        "like" => ("favourites", "account_id", "status_id", "statuses"),
        "boost" => ("statuses", "account_id", "boost_of_id", "statuses"),
        other => return Err(format!("nothing here undoes {other}")),
    };
    let sql = format!(
        "SELECT count(*) FROM {table} x
         WHERE x.{one} = (SELECT id FROM accounts WHERE uri = $1) AND x.{other} = (SELECT id FROM {target} WHERE uri = $2)"
    );
    let left: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
        .bind(text(expect, "actor"))
        .bind(text(expect, "target"))
        .fetch_one(&world.app.db)
        .await
        .unwrap();
    if left == 0 {
        Ok(())
    } else {
        Err("it is still there".to_owned())
    }
}

async fn like(world: &World, expect: &Value) -> Result<(), String> {
    let status: StatusId = statuses::find_by_uri(&world.app, text(expect, "target"))
        .await
        .unwrap()
        .ok_or("no target")?;
    let found: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM favourites WHERE status_id = $1 AND account_id = (SELECT id FROM accounts WHERE uri = $2)",
    )
    .bind(status.get())
    .bind(text(expect, "actor"))
    .fetch_one(&world.app.db)
    .await
    .unwrap();
    if found == 1 {
        Ok(())
    } else {
        Err(format!("{found} likes"))
    }
}

/// One report by this actor about this account.
async fn report(world: &World, expect: &Value) -> Result<(), String> {
    let found: Vec<(String, Vec<String>)> = sqlx::query_as(
        "SELECT r.comment, ARRAY (SELECT s.uri FROM statuses s WHERE s.id = ANY (r.status_ids))
           FROM reports r
          WHERE r.reporter_id = (SELECT id FROM accounts WHERE uri = $1)
            AND r.target_account_id = (SELECT id FROM accounts WHERE uri = $2)",
    )
    .bind(text(expect, "actor"))
    .bind(text(expect, "account"))
    .fetch_all(&world.app.db)
    .await
    .unwrap();
    let [(comment, statuses)] = found.as_slice() else {
        return Err(format!("{} reports", found.len()));
    };
    for (key, expected) in expect.as_object().unwrap() {
        match key.as_str() {
            "comment" => equal(key, comment, expected.as_str().unwrap())?,
            "comment_contains" if !comment.contains(expected.as_str().unwrap()) => {
                return Err(format!("{key}: {comment:?}"));
            }
            "comment_length" => {
                let length = comment.chars().count().to_string();
                equal(key, &length, &expected.to_string())?;
            }
            "statuses" => same_set(key, statuses.iter().cloned(), expected)?,
            _ => {}
        }
    }
    Ok(())
}

async fn actor(world: &World, expect: &Value, happened: &Happened) -> Result<(), String> {
    let uri = text(expect, "uri");
    if let Happened::Found(found) = happened {
        equal(
            "found",
            &format!("{found:?}"),
            &format!("{:?}", Found::Account(world.account(uri).await)),
        )?;
    }
    let account = accounts::find_by_uri(&world.app, uri)
        .await
        .unwrap()
        .ok_or("unknown actor")?;
    for (key, expected) in expect.as_object().unwrap() {
        actor_key(world, &account, key, expected).await?;
    }
    Ok(())
}

async fn actor_key(
    world: &World,
    account: &Account,
    key: &str,
    expected: &Value,
) -> Result<(), String> {
    let found: Value = match key {
        "uri" => json!(account.uri),
        "acct" => json!(account.handle().to_string()),
        "actor_type" => json!(account.actor_type.as_str()),
        "display_name" => json!(account.display_name),
        "bot" => json!(account.is_bot()),
        "locked" => json!(account.locked),
        "discoverable" => json!(account.discoverable),
        "indexable" => json!(account.indexable),
        "memorial" => json!(account.memorial),
        "fields" => json!(account.fields.len()),
        "emojis" => {
            return same_set(
                key,
                account.emojis.iter().map(|emoji| emoji.shortcode.clone()),
                expected,
            );
        }
        "avatar" => json!(account.avatar_url),
        "avatar_alt" => json!(account.avatar_description),
        "url" => json!(account.url),
        "also_known_as" => json!(account.also_known_as),
        "shared_inbox" => json!(accounts::inbox_of(&world.app, account.id).await.unwrap().1),
        "keys" => {
            let keys: Vec<String> =
                sqlx::query_scalar("SELECT key_id FROM public_keys WHERE account_id = $1")
                    .bind(account.id.get())
                    .fetch_all(&world.app.db)
                    .await
                    .unwrap();
            return same_set(key, keys.into_iter(), expected);
        }
        "kind" | "fetches" | "fetches_never" | "max_fetches" => return Ok(()),
        other => return Err(format!("the key {other} is not looked at")),
    };
    if found == *expected {
        Ok(())
    } else {
        Err(format!("{key}: {found} and not {expected}"))
    }
}

async fn key(world: &World, expect: &Value) -> Result<(), String> {
    let key = accounts::find_key(&world.app, text(expect, "key_id"))
        .await
        .unwrap()
        .ok_or("unknown key")?;
    equal("owner", &key.owner_uri, text(expect, "owner"))?;
    asked(world, text(expect, "then_fetch"))
}

/// Which requests were made.
fn requests(world: &World, expect: &Value) -> Result<(), String> {
    let made: Vec<String> = world
        .elsewhere
        .sent(&Method::GET)
        .into_iter()
        .map(|sent| sent.url)
        .collect();
    if let Some(wanted) = expect["fetches"].as_array() {
        if wanted.is_empty() && !made.is_empty() {
            return Err(format!("asked for {made:?}"));
        }
        for url in wanted {
            asked(world, url.as_str().unwrap())?;
        }
    }
    let never = expect["fetches_never"]
        .as_array()
        .into_iter()
        .flatten()
        .find(|url| made.iter().any(|made| *made == **url));
    if let Some(never) = never {
        return Err(format!("asked for {never}"));
    }
    match expect["max_fetches"].as_u64() {
        Some(max) if made.len() as u64 > max => Err(format!("{} requests", made.len())),
        _ => Ok(()),
    }
}

fn asked(world: &World, url: &str) -> Result<(), String> {
    let made: Vec<String> = world
        .elsewhere
        .sent(&Method::GET)
        .into_iter()
        .map(|sent| sent.url)
        .collect();
    if made.iter().any(|made| made == url) {
        Ok(())
    } else {
        Err(format!("{url} was not asked for, but {made:?}"))
    }
}

async fn notified(world: &World, expect: &Value) -> Result<(), String> {
    if !expect["notify"].is_array() {
        return Ok(());
    }
    let rows: Vec<(String, String)> = sqlx::query_as(
        "SELECT a.uri, n.kind FROM notifications n JOIN accounts a ON a.id = n.account_id",
    )
    .fetch_all(&world.app.db)
    .await
    .unwrap();
    let found = rows.into_iter().map(|(uri, kind)| format!("{uri} {kind}"));
    let expected: Vec<String> = expect["notify"]
        .as_array()
        .unwrap()
        .iter()
        .map(|pair| {
            format!(
                "{} {}",
                pair[0].as_str().unwrap(),
                pair[1].as_str().unwrap()
            )
        })
        .collect();
    same_set("notify", found, &json!(expected))
}

fn sent(world: &World, expect: &Value) -> Result<(), String> {
    let Some(expected) = expect["sends"].as_array() else {
        return Ok(());
    };
    let made = world.elsewhere.sent(&Method::POST);
    if made.len() != expected.len() {
        return Err(format!(
            "{} deliveries and not {}",
            made.len(),
            expected.len()
        ));
    }
    for wanted in expected {
        let fits = made.iter().any(|sent| {
            sent.json()["type"] == wanted["type"]
                && wanted["to"].as_str().is_none_or(|to| to == sent.url)
        });
        if !fits {
            return Err(format!("{wanted} was not sent"));
        }
    }
    Ok(())
}

async fn exists(world: &World, table: &str, uri: &Value) -> Result<(), String> {
    if is_there(world, table, uri).await {
        Ok(())
    } else {
        Err(format!("{uri} is not in {table}"))
    }
}

async fn is_there(world: &World, table: &str, uri: &Value) -> bool {
    let sql = format!("SELECT count(*) FROM {table} WHERE uri = $1");
    let found: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
        .bind(uri.as_str())
        .fetch_one(&world.app.db)
        .await
        .unwrap();
    found > 0
}

fn text<'a>(expect: &'a Value, key: &str) -> &'a str {
    expect[key]
        .as_str()
        .unwrap_or_else(|| panic!("{key} in {expect}"))
}

fn equal(key: &str, found: &str, expected: &str) -> Result<(), String> {
    if found == expected {
        Ok(())
    } else {
        Err(format!("{key}: {found} and not {expected}"))
    }
}

fn contains(key: &str, text: &str, parts: &Value, wanted: bool) -> Result<(), String> {
    let wrong = parts
        .as_array()
        .unwrap()
        .iter()
        .find(|part| text.contains(part.as_str().unwrap()) != wanted);
    match wrong {
        None => Ok(()),
        Some(part) => Err(format!("{key}: {part} in {text:?}")),
    }
}

fn same_set(
    key: &str,
    found: impl Iterator<Item = String>,
    expected: &Value,
) -> Result<(), String> {
    let mut found: Vec<String> = found.collect();
    let mut expected: Vec<String> = expected
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item.as_str().unwrap().to_owned())
        .collect();
    found.sort();
    expected.sort();
    if found == expected {
        Ok(())
    } else {
        Err(format!("{key}: {found:?} and not {expected:?}"))
    }
}
