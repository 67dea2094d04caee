//! Fields that are taken back, and evidence whose time is over.

use ::model::moderation::{Kind, Params, Target, proposal::Origin, report::Category};
use ledger::verify::Trust;
use service::moderation::{log, propose::NewProposal};
use time::Duration;

use super::{checked, export, some_history, verified};

/// The newest entry with a reason.
async fn with_reason(app: &service::App) -> i64 {
    sqlx::query_scalar("SELECT max(seq) FROM log_entries WHERE public ? 'reason'")
        .fetch_one(&app.db)
        .await
        .unwrap()
}

#[tokio::test]
async fn two_moderators_take_a_reason_back_and_every_proof_holds() {
    let app = testkit::app().await;
    let (council, _) = some_history(&app).await;
    let seq = with_reason(&app).await;
    let kept = log::checkpoint(&app).await.unwrap();
    let mut new = NewProposal::new(
        Kind::LogRedact,
        Target::Entry(seq),
        Category::PrivateData,
        "A data-protection request",
        Origin::Web,
    );
    new.params = Params {
        fields: Some(vec!["reason".into(), "target".into()]),
        ..Params::default()
    };

    let proposal = council.propose_all(new).await;
    council.approve(2, proposal.proposal.id).await;

    let entry = log::entry(&app, seq).await.unwrap();
    assert!(entry.public.get("reason").is_none());
    assert!(!entry.public.salts.contains_key("reason"));
    assert!(entry.public.commitments.contains_key("reason"));
    let told = log::newest(&app, &log::Filter::default(), None, 1)
        .await
        .unwrap();
    assert_eq!(told[0].kind, "redaction.applied");
    app.clock.advance(Duration::minutes(2));
    let trust = Trust {
        kept: vec![kept],
        ..Trust::default()
    };
    let report = checked(&export(&app).await, &trust).unwrap();
    assert_eq!(report.redacted.len(), 2);
    verified(&app).await.unwrap();
}

#[tokio::test]
async fn what_makes_an_entry_what_it_is_cannot_be_taken_back() {
    let app = testkit::app().await;
    let (council, _) = some_history(&app).await;
    let seq = with_reason(&app).await;
    for field in ["action", "approved_by", "digest"] {
        let mut new = NewProposal::new(
            Kind::LogRedact,
            Target::Entry(seq),
            Category::Other,
            "Nobody shall know",
            Origin::Web,
        );
        new.params.fields = Some(vec![field.into()]);

        let outcome =
            service::moderation::propose::propose(&app, &council.seat(1).await, new).await;
        if let Ok(proposal) = outcome {
            council.approve(2, proposal.proposal.id).await;
        }

        let entry = log::entry(&app, seq).await.unwrap();
        assert!(entry.public.get(field).is_some(), "{field} is gone");
    }
    verified(&app).await.unwrap();
}

#[tokio::test]
async fn evidence_goes_when_its_time_is_over_and_everything_still_verifies() {
    let app = testkit::app().await;
    let council = app.council().await;
    let tom = app.member("tom").await;
    let mut new = NewProposal::new(
        Kind::AccountLimit,
        Target::Account(tom.id),
        Category::Violation,
        "Insults others",
        Origin::Web,
    );
    new.reason_private = "Ann told us".into();
    let proposal = council.propose_all(new).await;
    council.approve(2, proposal.proposal.id).await;
    let kept = || async {
        sqlx::query_scalar::<_, i64>(
            "SELECT count(*) FROM log_private WHERE private ->> 'reason_private' = 'Ann told us'",
        )
        .fetch_one(&app.db)
        .await
        .unwrap()
    };
    assert_eq!(kept().await, 1);

    app.clock.advance(Duration::days(730));
    service::retention::sweep(&app).await.unwrap();
    assert_eq!(kept().await, 1, "the terms of an appeal come first");
    app.clock.advance(Duration::days(42));
    service::retention::sweep(&app).await.unwrap();

    assert_eq!(kept().await, 0);
    let report = verified(&app).await.unwrap();
    assert!(
        report
            .expired
            .iter()
            .any(|gone| gone.field == "reason_private")
    );
}
