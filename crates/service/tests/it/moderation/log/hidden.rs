//! What is private reaches nothing that is public, and pseudonyms tell nobody who somebody is. S69, S72.

use std::collections::BTreeSet;

use ::model::moderation::{
    Kind, Params, Target, params::IpSeverity, proposal::Origin, report::Category,
};
use aws_lc_rs::{digest, hmac};
use service::moderation::{log, propose::NewProposal, reports, statistics};

use super::{export, some_history, verified};

/// Everything of the log that anybody can read.
async fn everything_public(app: &service::App) -> String {
    let all = log::Filter {
        internal: true,
        ..log::Filter::default()
    };
    let entries = log::entries(app, &all, 0, 10_000).await.unwrap();
    let numbers = statistics::statistics(app).await.unwrap();
    format!(
        "{}{entries:?}{:?}{numbers:?}{}",
        export(app).await,
        log::facets(app).await.unwrap(),
        log::checkpoint(app).await.unwrap()
    )
}

#[tokio::test]
async fn nothing_private_is_in_the_public_log() {
    let app = testkit::app().await;
    let council = app.council().await;
    let reporter = app.member("rosalind_the_reporter").await;
    let target = app.member("terence_the_target").await;
    let remote = app.remote("ramona_remote@far.example").await;
    let post = target.posts("TEXT-OF-POST").await.status.id;
    let report = reports::NewReport {
        status_ids: vec![post],
        comment: "COMMENT-OF-REPORTER".into(),
        category: Some(Category::Other),
        rule_ids: Vec::new(),
        forward: false,
        forward_to: None,
        application_id: None,
    };
    reports::create(&app, reporter.id, target.id, report)
        .await
        .unwrap();
    for (kind, thing) in [
        (Kind::AccountLimit, Target::Account(target.id)),
        (Kind::StatusHide, Target::Status(post)),
        (Kind::AccountSuspend, Target::Account(remote.id)),
        (
            Kind::EmailDomainBlock,
            Target::EmailDomain("mail-of-nobody.example".into()),
        ),
        (Kind::UsernameBlock, Target::Username("nastyname".into())),
    ] {
        let mut new = NewProposal::new(kind, thing, Category::Violation, "Neutral", Origin::Web);
        new.reason_private = "REASON-FOR-MODERATORS".into();
        new.notice_text = "TEXT-OF-NOTICE".into();
        let proposal = council.propose_all(new).await;
        council.approve(2, proposal.proposal.id).await;
    }
    let mut block = NewProposal::new(
        Kind::IpBlock,
        Target::IpRange("198.51.100.0/24".into()),
        Category::Spam,
        "Neutral",
        Origin::Web,
    );
    block.params = Params {
        ip_severity: Some(IpSeverity::NoAccess),
        expires_in: Some(3600),
        ..Params::default()
    };
    let proposal = council.propose_all(block).await;
    council.approve(2, proposal.proposal.id).await;

    let public = everything_public(&app).await;

    for secret in [
        "rosalind",
        "terence",
        "ramona",
        "COMMENT-OF-REPORTER",
        "REASON-FOR-MODERATORS",
        "TEXT-OF-NOTICE",
        "TEXT-OF-POST",
        "198.51.100",
        "mail-of-nobody",
        "nastyname",
        &target.id.to_string(),
        &reporter.id.to_string(),
        &remote.id.to_string(),
        &post.to_string(),
    ] {
        assert!(!public.contains(secret), "{secret} is public");
    }
    for told in [
        "far.example",
        "member-",
        "account-",
        "IPv4 /24",
        "mona",
        "mark",
    ] {
        assert!(public.contains(told), "{told} is not told");
    }
    verified(&app).await.unwrap();
}

#[tokio::test]
async fn housekeeping_says_nothing_but_that_it_was() {
    let app = testkit::app().await;
    let council = app.council().await;
    let tom = app.member("tom").await;
    let proposal = council
        .propose(Kind::AccountLimit, Target::Account(tom.id))
        .await;
    service::moderation::withdraw::withdraw(&app, &council.seat(1).await, proposal.proposal.id)
        .await
        .unwrap();
    let only = log::Filter {
        kind: Some("internal".into()),
        internal: true,
        ..log::Filter::default()
    };

    let entries = log::entries(&app, &only, 0, 100).await.unwrap();

    assert!(!entries.is_empty());
    for entry in entries {
        assert!(entry.public.values.is_empty(), "{entry:?}");
        assert!(entry.at.to_string().ends_with("T00:00:00Z"), "{}", entry.at);
    }
}

#[tokio::test]
async fn a_pseudonym_stays_and_is_never_anothers() {
    let app = testkit::app().await;
    let (council, tom) = some_history(&app).await;
    let first: String =
        sqlx::query_scalar("SELECT pseudonym FROM log_pseudonyms WHERE account_id = $1")
            .bind(tom.id.get())
            .fetch_one(&app.db)
            .await
            .unwrap();
    assert_eq!(first.len(), 8);

    // Somebody else had the same eight letters before.
    sqlx::query("UPDATE log_pseudonyms SET account_id = 1")
        .execute(&app.db)
        .await
        .unwrap();
    council
        .carries(Kind::AccountFreeze, Target::Account(tom.id))
        .await;

    let second: String =
        sqlx::query_scalar("SELECT pseudonym FROM log_pseudonyms WHERE account_id = $1")
            .bind(tom.id.get())
            .fetch_one(&app.db)
            .await
            .unwrap();
    assert_eq!(second.len(), 9);
    assert_eq!(second[..8], first);
}

/// S72: with every handle and id known, and everything that is public for a key.
#[tokio::test]
async fn trying_twenty_thousand_names_finds_nobody() {
    let app = testkit::app().await;
    let (_, tom) = some_history(&app).await;
    let public = everything_public(&app).await;
    let pseudonyms: BTreeSet<&str> = public
        .split("member-")
        .skip(1)
        .filter_map(|rest| rest.get(..8))
        .collect();
    assert_eq!(pseudonyms.len(), 1);
    let entries = log::entries(&app, &log::Filter::default(), 0, 1000)
        .await
        .unwrap();
    let mut keys: Vec<Vec<u8>> = vec![
        Vec::new(),
        b"moot.test".to_vec(),
        b"moot.test/moderation".to_vec(),
        vec![0; 32],
    ];
    for entry in &entries {
        keys.push(entry.leaf.as_bytes().to_vec());
        keys.extend(
            entry
                .public
                .salts
                .values()
                .map(|salt| salt.as_bytes().to_vec()),
        );
    }

    let mut found = 0;
    let names = (0..20_000).map(|number| (format!("member{number}"), number));
    for (name, number) in names.chain([("tom".to_owned(), tom.id.get())]) {
        for guess in [
            name.clone(),
            format!("{name}@moot.test"),
            number.to_string(),
        ] {
            let mut tried = vec![
                digest::digest(&digest::SHA256, guess.as_bytes())
                    .as_ref()
                    .to_vec(),
            ];
            for key in keys.iter().take(6) {
                let key = hmac::Key::new(hmac::HMAC_SHA256, key);
                tried.push(hmac::sign(&key, guess.as_bytes()).as_ref().to_vec());
            }
            found += tried
                .iter()
                .filter(|hash| pseudonyms.contains(base32(hash).as_str()))
                .count();
        }
    }

    assert_eq!(found, 0);
}

fn base32(hash: &[u8]) -> String {
    const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let first = u64::from_be_bytes([0, 0, 0, hash[0], hash[1], hash[2], hash[3], hash[4]]);
    (0..8)
        .rev()
        .map(|place| char::from(ALPHABET[usize::try_from(first >> (place * 5) & 31).unwrap()]))
        .collect()
}
