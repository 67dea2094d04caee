//! One thread for each case; what was said of a proposal is edited when it is decided.

use ::model::moderation::{Kind, Target, proposal::Origin, report::Category};
use service::{
    members,
    moderation::{
        propose::NewProposal,
        reports::{self, NewReport},
    },
};
use testkit::{Council, Mailbox, TestApp};

use super::{matrix, receiver::Receiver, server, slack, webhook, works};

/// Somebody reports tom, and the moderator in seat 1 proposes to limit him.
async fn reported(app: &TestApp, council: &Council) -> ::model::moderation::ProposalId {
    let (ada, tom) = (app.member("ada").await, app.member("tom").await);
    let new = NewReport {
        category: Some(Category::Spam),
        ..NewReport::default()
    };
    let report = reports::create(app, ada.id, tom.id, new)
        .await
        .unwrap()
        .report;
    works(app).await;
    let target = Target::Account(tom.id);
    let new = NewProposal::new(
        Kind::AccountLimit,
        target,
        Category::Spam,
        "Too much of it",
        Origin::Web,
    );
    let new = NewProposal {
        case_id: Some(report.case_id),
        ..new
    };
    let id = council.propose_all(new).await.proposal.id;
    works(app).await;
    id
}

async fn council(app: &TestApp, receiver: &Receiver) -> Council {
    let council = app.council().await;
    works(app).await;
    receiver.forget();
    council
}

#[tokio::test]
async fn in_slack_a_case_is_one_thread_and_what_was_said_is_edited() {
    let receiver = Receiver::start().await;
    let app = server(vec![("slack", slack(&receiver))], &[], &Mailbox::default()).await;
    let council = council(&app, &receiver).await;

    let id = reported(&app, &council).await;
    council.approve(2, id).await;
    works(&app).await;

    let said = receiver.said();
    assert_eq!(
        receiver.titles(),
        [
            "A report has come in",
            "A proposal waits for one more approval",
            "A case is closed: something was done",
            "A proposal was carried and is done",
        ]
    );
    let [report, proposal, closed, carried] = &said[..] else {
        panic!("{said:?}")
    };
    assert!(report.path.ends_with("/chat.postMessage") && report.body["thread_ts"].is_null());
    assert_eq!(proposal.body["thread_ts"], "1");
    assert!(closed.path.ends_with("/chat.update") && carried.path.ends_with("/chat.update"));
    assert_eq!(
        (&closed.body["ts"], &carried.body["ts"]),
        (&"1".into(), &"2".into())
    );
    let link = format!("https://moot.test/console/proposals/{id}");
    assert!(proposal.raw.contains(&link), "{}", proposal.raw);
}

#[tokio::test]
async fn in_matrix_too() {
    let receiver = Receiver::start().await;
    let app = server(
        vec![("matrix", matrix(&receiver))],
        &[],
        &Mailbox::default(),
    )
    .await;
    let council = council(&app, &receiver).await;

    let id = reported(&app, &council).await;
    council.approve(2, id).await;
    works(&app).await;

    let said = receiver.said();
    let relation = |number: usize| &said[number].body["m.relates_to"];
    assert_eq!(said.len(), 4);
    assert!(relation(0).is_null());
    assert_eq!(
        (&relation(1)["rel_type"], &relation(1)["event_id"]),
        (&"m.thread".into(), &"$1".into())
    );
    assert_eq!(
        (&relation(2)["rel_type"], &relation(2)["event_id"]),
        (&"m.replace".into(), &"$1".into())
    );
    assert_eq!(
        (&relation(3)["rel_type"], &relation(3)["event_id"]),
        (&"m.replace".into(), &"$2".into())
    );
}

#[tokio::test]
async fn a_program_is_told_everything_with_mastodons_words() {
    let receiver = Receiver::start().await;
    let app = server(
        vec![("webhook", webhook(&receiver))],
        &[],
        &Mailbox::default(),
    )
    .await;
    let council = council(&app, &receiver).await;

    let id = reported(&app, &council).await;
    council.approve(2, id).await;
    works(&app).await;

    let said = receiver.said();
    let events: Vec<&str> = said
        .iter()
        .map(|said| said.body["event"].as_str().unwrap())
        .collect();
    assert_eq!(
        events,
        [
            "report.created",
            "proposal.opened",
            "report.updated",
            "proposal.decided"
        ]
    );
    let report = &said[2].body["object"];
    assert_eq!(
        (&report["category"], &report["action_taken"]),
        (&"spam".into(), &true.into())
    );
    let proposal = &said[3].body["object"];
    assert_eq!(
        (&proposal["kind"], &proposal["state"]),
        (&"account.limit".into(), &"executed".into())
    );
    let mut names: Vec<_> = said
        .iter()
        .filter_map(|said| said.delivery.clone())
        .collect();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), 4);
}

#[tokio::test]
async fn what_was_deleted_in_the_channel_is_said_anew() {
    let receiver = Receiver::start().await;
    let app = server(vec![("slack", slack(&receiver))], &[], &Mailbox::default()).await;
    let council = council(&app, &receiver).await;
    let id = reported(&app, &council).await;
    receiver.loses("1");
    receiver.loses("2");
    receiver.forget();

    council.approve(2, id).await;
    works(&app).await;

    let said = receiver.said();
    let last = said.last().unwrap();
    assert!(
        last.path.ends_with("/chat.postMessage") && last.body["thread_ts"].is_null(),
        "{said:?}"
    );
    assert!(last.text().contains("A proposal was carried and is done"));
}

#[tokio::test]
async fn what_is_decided_before_it_was_said_is_said_once() {
    let receiver = Receiver::start().await;
    let app = server(vec![("slack", slack(&receiver))], &[], &Mailbox::default()).await;
    let council = council(&app, &receiver).await;
    let target = Target::Account(app.member("tom").await.id);

    council.carries(Kind::AccountLimit, target).await;
    works(&app).await;

    assert_eq!(receiver.titles(), ["A proposal was carried and is done"]);
}

#[tokio::test]
async fn a_program_is_told_that_somebody_signed_up_and_was_let_in_but_not_who() {
    let (receiver, chat) = (Receiver::start().await, Receiver::start().await);
    let channels = vec![("slack", slack(&chat)), ("webhook", webhook(&receiver))];
    let app = server(channels, &[], &Mailbox::default()).await;
    let council = council(&app, &receiver).await;
    works(&app).await;
    chat.forget();
    let newcomer = members::create(
        &app,
        members::NewMember {
            username: ::model::Username::for_member("sesam").unwrap(),
            email: Some("sesam@mail.example".into()),
            password: None,
            role: ::model::member::Role::Member,
            confirmed: true,
            approved: false,
            locale: "en".into(),
            reason: "sesam".into(),
        },
    )
    .await
    .unwrap();
    works(&app).await;
    let told_people = chat.said();
    let target = Target::Account(newcomer.account.id);

    council.carries(Kind::SignUpApprove, target).await;
    works(&app).await;

    let said = receiver.said();
    let of = |event: &str| {
        let found = said.iter().find(|said| said.body["event"] == event);
        found.unwrap_or_else(|| panic!("{event}: {said:?}")).body["object"].clone()
    };
    assert_eq!(of("account.created")["approved"], false);
    assert_eq!(of("account.approved")["approved"], true);
    assert!(told_people.is_empty(), "{told_people:?}");
    let id = newcomer.account.id.to_string();
    assert!(
        said.iter()
            .all(|said| !said.raw.contains("sesam") && !said.raw.contains(&id))
    );
}
