//! The recorded cases: what deployed servers send, and what must become of it here.
//!
//! The table names each case of the core tier. One that waits does so for a subject that is not built yet; it is run
//! all the same, and the test fails when it begins to pass, so that the table stays true.

use futures_util::StreamExt as _;
use serde_json::Value;

use crate::expectations::{self, Happened};
use crate::wire::Served;
use crate::world::{World, fixture, recorded};

/// What is expected of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    Passes,
    /// Until this subject is built.
    Waits(&'static str),
}
use Standing::{Passes, Waits};

const CORE: &[(&str, Standing)] = &[
    ("accept-embedded.json", Passes),
    ("accept-iri.json", Passes),
    ("actor-gotosocial-key-stub.json", Passes),
    ("actor-lemmy-community.json", Passes),
    ("actor-mastodon-instance.json", Passes),
    ("actor-mastodon-person.json", Passes),
    ("actor-misskey-person.json", Passes),
    ("actor-peertube-channel.json", Passes),
    ("actor-threads-www-id.json", Passes),
    ("actor-wordpress-author.json", Passes),
    ("add-featured.json", Waits("pins")),
    ("announce-iri.json", Passes),
    ("announce-own-private-embedded.json", Passes),
    ("announce-unknown-remote.json", Passes),
    ("article-nodebb-topic.json", Passes),
    ("article-wordpress.json", Passes),
    ("bad-actor-not-signer.json", Passes),
    ("bad-actor-private-inbox.json", Passes),
    ("bad-attachment-urls.json", Passes),
    ("bad-attributedto.json", Passes),
    ("bad-cyclic-replies-chain.json", Passes),
    ("bad-deep-nesting.json", Passes),
    ("bad-delete-neighbour.json", Passes),
    ("bad-fetch-attribution.json", Passes),
    ("bad-fetch-content-type-html.json", Passes),
    ("bad-fetch-ldjson-no-profile.json", Passes),
    ("bad-id-userinfo.json", Passes),
    ("bad-key-foreign-owner.json", Passes),
    ("bad-ld-graph.json", Passes),
    ("bad-mention-bomb.json", Passes),
    ("bad-missing-actor.json", Passes),
    ("bad-null-bytes.json", Passes),
    ("bad-object-id-host.json", Passes),
    ("bad-truncated-json.json", Passes),
    ("bad-type-confusion.json", Passes),
    ("bad-undo-foreign-follow.json", Passes),
    ("bad-update-neighbour.json", Passes),
    ("collection-hidden-followers.json", Passes),
    ("delete-iri.json", Passes),
    ("delete-unknown-actor.json", Passes),
    ("discovery-host-meta.xml", Passes),
    ("discovery-webfinger-mastodon.json", Passes),
    ("flag-mastodon.json", Passes),
    ("follow-locked.json", Passes),
    ("follow-mastodon.json", Passes),
    ("forwarded-ld-signature-invalid.json", Passes),
    (
        "forwarded-ld-signature-valid.json",
        Waits("linked-data signatures"),
    ),
    ("group-lemmy-announce-create.json", Passes),
    ("move-without-alias.json", Waits("Move")),
    ("note-akkoma-emoji-quoteuri.json", Waits("quotes")),
    ("note-bookwyrm-quote-text.json", Passes),
    ("note-bridgy-at-uri.json", Passes),
    ("note-contentmap-only.json", Passes),
    ("note-create-after-delete.json", Passes),
    ("note-friendica-comment.json", Passes),
    ("note-gotosocial-scalars.json", Passes),
    ("note-lemmy-comment.json", Passes),
    ("note-lemmy-private-message.json", Passes),
    ("note-mastodon-limited.json", Passes),
    ("note-mastodon-media.json", Passes),
    ("note-mastodon-private.json", Passes),
    ("note-mastodon-public.json", Passes),
    ("note-mastodon-unlisted.json", Passes),
    ("note-mention-not-addressed.json", Passes),
    ("note-messy-tags.json", Passes),
    ("note-misskey-embedded-inreplyto.json", Passes),
    ("note-misskey-home-empty-cw.json", Passes),
    ("note-misskey-quote.json", Waits("quotes")),
    ("note-no-local-relevance.json", Passes),
    ("note-pixelfed-album.json", Passes),
    ("note-pleroma-public.json", Passes),
    ("note-threads-quote.json", Waits("quotes")),
    ("page-piefed-link-image.json", Passes),
    ("poll-misskey-endless.json", Waits("polls")),
    ("quoterequest-accept.json", Waits("quotes")),
    ("quoterequest-allowed.json", Waits("quotes")),
    ("quoterequest-denied.json", Waits("quotes")),
    ("relay-announce.json", Waits("relays")),
    ("undo-announce-iri.json", Passes),
    ("undo-follow-iri.json", Passes),
    ("update-note-explicit.json", Passes),
    ("update-note-stale.json", Passes),
    ("update-person.json", Passes),
    ("update-poll-counts.json", Waits("polls")),
    ("video-peertube-object.json", Passes),
    ("view-peertube.json", Passes),
    ("vote-unknown-option.json", Passes),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_core_case_stands_where_the_table_says() {
    let index: Value = serde_json::from_slice(&fixture("index.json")).unwrap();
    let cases: Vec<Value> = index["cases"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|case| case["tier"] == "core")
        .cloned()
        .collect();
    let named: Vec<&str> = cases
        .iter()
        .map(|case| case["file"].as_str().unwrap())
        .collect();
    for (file, _) in CORE {
        assert!(named.contains(file), "{file} is no core case");
    }

    let runs = cases.iter().map(|case| async move {
        (
            case["file"].as_str().unwrap().to_owned(),
            Box::pin(timely(case)).await,
        )
    });
    let results: Vec<(String, Result<(), String>)> = futures_util::stream::iter(runs)
        .buffer_unordered(6)
        .collect()
        .await;

    let mut wrong = Vec::new();
    for (file, result) in results {
        match (CORE.iter().find(|(known, _)| *known == file), result) {
            (None, _) => wrong.push(format!("{file} is missing from the table")),
            (Some((_, Passes)), Err(why)) => wrong.push(format!("{file}: {why}")),
            (Some(_), Err(why)) if why == ENDLESS => wrong.push(format!("{file} does not end")),
            (Some((_, Waits(subject))), Ok(())) => {
                wrong.push(format!("{file} passes and no longer waits for {subject}"));
            }
            _ => {}
        }
    }
    wrong.sort();
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        cases.len(),
        wrong.join("\n")
    );
}

const ENDLESS: &str = "it does not end";

/// A case that never ends is a wrong case.
async fn timely(case: &Value) -> Result<(), String> {
    let limit = std::time::Duration::from_mins(1);
    tokio::time::timeout(limit, Box::pin(run(case)))
        .await
        .unwrap_or_else(|_| Err(ENDLESS.to_owned()))
}

pub(crate) async fn run(case: &Value) -> Result<(), String> {
    let world = recorded().await;
    let happened = match case["mode"].as_str().unwrap() {
        "inbox" => inbox(&world, case).await?,
        "fetch" => {
            serve(&world, case);
            let url = case["requested_url"].as_str().unwrap();
            let found = federation::resolve::refresh(&world.state, url)
                .await
                .unwrap();
            found.map_or_else(Happened::Refused, Happened::Found)
        }
        "fetch_key" => fetch_key(&world, case).await,
        "discovery" => discovery(&world, case).await,
        "collection" => return collection(case),
        other => return Err(format!("unknown mode {other}")),
    };
    world.work().await;
    expectations::check(&world, case, &happened).await
}

/// The case's file takes the place of whatever the world serves there.
fn serve(world: &World, case: &Value) {
    let content_type = case["content_type"]
        .as_str()
        .unwrap_or("application/activity+json");
    world.elsewhere.serve(
        case["requested_url"].as_str().unwrap(),
        Served::bytes(content_type, body(case)),
    );
}

async fn inbox(world: &World, case: &Value) -> Result<Happened, String> {
    let signer = case["signer"].as_str().unwrap();
    let path = match case["inbox"].as_str() {
        Some("shared") | None => "/inbox".to_owned(),
        Some(owner) => format!(
            "{}/inbox",
            owner.strip_prefix("https://moot.example").unwrap()
        ),
    };
    let content_type = case["content_type"]
        .as_str()
        .unwrap_or("application/activity+json");
    let answer = world
        .deliver(signer, &path, content_type, &body(case))
        .await;
    let status = answer.status.as_u16();
    if let Some(allowed) = case["http_status"].as_array()
        && !allowed.iter().any(|allowed| allowed == status)
    {
        return Err(format!("the inbox answered {status}"));
    }
    if !answer.status.is_success() {
        let code = answer.json()["error"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        return Ok(Happened::Rejected(code));
    }
    Ok(match world.process().await.as_slice() {
        [outcome] => Happened::Processed(*outcome),
        [] => Happened::Dropped,
        _ => return Err("one delivery became several jobs".to_owned()),
    })
}

async fn fetch_key(world: &World, case: &Value) -> Happened {
    serve(world, case);
    let expect = &case["expect"];
    if let Some(owner) = expect["then_fetch"]
        .as_str()
        .filter(|owner| !world.elsewhere.serves(owner))
    {
        // The stub points at the whole actor, which the world leaves out.
        let stub: Value = serde_json::from_slice(&body(case)).unwrap();
        let mut actor = stub.clone();
        actor["inbox"] = format!("{owner}/inbox").into();
        world.elsewhere.serve(owner, Served::json(&actor));
    }
    let key_id = case["requested_url"].as_str().unwrap();
    match federation::resolve::owner_of_key(&world.state, key_id).await {
        Ok(_) => Happened::Key,
        Err(code) => Happened::Refused(code),
    }
}

async fn discovery(world: &World, case: &Value) -> Happened {
    serve(world, case);
    let acct = activitypub::webfinger::Acct::parse(case["resolve"].as_str().unwrap()).unwrap();
    match federation::resolve::look_up(&world.state, &acct).await {
        Ok((acct, actor)) => Happened::LookedUp {
            acct: acct.to_string(),
            actor,
        },
        Err(code) => Happened::Refused(code),
    }
}

/// Collections of others are not walked yet; what one says of itself is read.
fn collection(case: &Value) -> Result<(), String> {
    let document = activitypub::decode(&body(case)).map_err(|error| error.to_string())?;
    let collection =
        activitypub::collection::Collection::from_document(&document).ok_or("no collection")?;
    let expect = &case["expect"];
    let total = expect["total"].as_u64();
    let hidden = expect["hidden"].as_bool().unwrap_or(false);
    if collection.total == total && collection.is_hidden() == hidden {
        Ok(())
    } else {
        Err(format!("{collection:?}"))
    }
}

/// The file with its `generate` steps applied.
fn body(case: &Value) -> Vec<u8> {
    let bytes = fixture(case["file"].as_str().unwrap());
    let Some(steps) = case["generate"].as_array() else {
        return bytes;
    };
    let mut document: Value = serde_json::from_slice(&bytes).unwrap();
    for step in steps {
        generate(&mut document, step);
    }
    serde_json::to_vec(&document).unwrap()
}

fn generate(document: &mut Value, step: &Value) {
    let place = document
        .pointer_mut(step["path"].as_str().unwrap())
        .unwrap();
    let count = usize::try_from(step["count"].as_u64().unwrap()).unwrap();
    if step["op"] == "repeat_string" {
        *place = step["text"].as_str().unwrap().repeat(count).into();
        return;
    }
    let model = place[usize::try_from(step["index"].as_u64().unwrap()).unwrap()].to_string();
    let (replace, with) = (
        step["replace"].as_str().unwrap(),
        step["with"].as_str().unwrap(),
    );
    *place = (0..count)
        .map(|i| {
            serde_json::from_str::<Value>(
                &model.replace(replace, &with.replace("{i}", &i.to_string())),
            )
            .unwrap()
        })
        .collect();
}
