//! Which case comes first, and who sees it.

use ::model::{
    Page,
    moderation::{priority::Trust, report::Category},
    notification::NotificationKind,
};
use service::{
    Error,
    moderation::reports::{self, NewReport, ReportFilter},
};

use super::complains;
use crate::world::told;

#[tokio::test]
async fn harassment_of_moderators_comes_first_then_what_many_say() {
    let app = testkit::app().await;
    let council = app.council().await;
    let (ada, ben) = (app.member("ada").await, app.member("ben").await);
    let (one, many, bully) = (
        app.member("one").await,
        app.member("many").await,
        app.member("bully").await,
    );
    complains(&app, ada.id, one.id).await;
    complains(&app, ada.id, many.id).await;
    complains(&app, ben.id, many.id).await;
    let harassment = NewReport {
        category: Some(Category::ModeratorHarassment),
        ..NewReport::default()
    };
    reports::create(&app, ada.id, bully.id, harassment)
        .await
        .unwrap();

    let queue = reports::open(&app, &council.seat(1).await).await.unwrap();

    let targets: Vec<_> = queue
        .iter()
        .filter_map(|line| line.case.target_id)
        .collect();
    assert_eq!(targets, [bully.id, many.id, one.id]);
    assert_eq!(queue[1].reports.member, 2);
}

#[tokio::test]
async fn reports_of_a_limited_server_are_folded() {
    let app = testkit::app().await;
    let council = app.council().await;
    let (ada, tom) = (app.member("ada").await, app.member("tom").await);
    let mia = app.remote("mia@sub.bad.example").await;
    sqlx::query("INSERT INTO domain_blocks (domain, id, severity, created_at) VALUES ('bad.example', 1, 'silence', now())")
        .execute(&app.db)
        .await
        .unwrap();
    let report = complains(&app, ada.id, tom.id).await;
    let flag = reports::Flag {
        uri: None,
        objects: vec![tom.now().await.uri],
        comment: "x".into(),
    };
    reports::receive(&app, &mia.now().await, &flag)
        .await
        .unwrap();

    let case = reports::case(&app, &council.seat(1).await, report.case_id)
        .await
        .unwrap();

    let trust: Vec<_> = case.reports.iter().map(|report| report.trust).collect();
    assert_eq!(trust, [Trust::Ordinary, Trust::Low]);
}

#[tokio::test]
async fn a_moderator_sees_nothing_of_reports_about_themself() {
    let app = testkit::app().await;
    let council = app.council().await;
    let ada = app.member("ada").await;
    let mona = &council.moderators[0];
    let report = complains(&app, ada.id, mona.id).await;
    let (own, other) = (council.seat(1).await, council.seat(2).await);

    assert!(reports::open(&app, &own).await.unwrap().is_empty());
    assert!(
        reports::list(&app, &own, &ReportFilter::default(), Page::newest(20))
            .await
            .unwrap()
            .is_empty()
    );
    let refusals = [
        reports::case(&app, &own, report.case_id).await.map(drop),
        reports::show(&app, &own, report.id).await.map(drop),
        reports::evidence(&app, &own, report.case_id, None)
            .await
            .map(drop),
        reports::claim(&app, &own, report.case_id).await,
        reports::note(&app, &own, report.case_id, "nothing to see")
            .await
            .map(drop),
    ];
    for refusal in refusals {
        assert!(matches!(refusal, Err(Error::NotFound)), "{refusal:?}");
    }
    assert_eq!(reports::open(&app, &other).await.unwrap().len(), 1);
    assert_eq!(
        reports::list(&app, &other, &ReportFilter::default(), Page::newest(20))
            .await
            .unwrap()
            .len(),
        1
    );
}

#[tokio::test]
async fn another_account_that_names_a_moderators_as_its_own_hides_nothing_from_them() {
    let app = testkit::app().await;
    let council = app.council().await;
    let (ada, eve) = (
        app.member("ada").await,
        app.remote("eve@evil.example").await,
    );
    let mona = &council.moderators[0];
    let uri = mona.now().await.uri;
    sqlx::query("UPDATE accounts SET also_known_as = ARRAY[$2] WHERE id = $1")
        .bind(eve.id.get())
        .bind(&uri)
        .execute(&app.db)
        .await
        .unwrap();
    let report = complains(&app, ada.id, eve.id).await;

    let claimed = reports::case(&app, &council.seat(1).await, report.case_id).await;
    sqlx::query("UPDATE accounts SET also_known_as = ARRAY[$2] WHERE id = $1")
        .bind(mona.id.get())
        .bind(&eve.now().await.uri)
        .execute(&app.db)
        .await
        .unwrap();
    let mutual = reports::case(&app, &council.seat(1).await, report.case_id).await;

    assert!(claimed.is_ok());
    assert!(matches!(mutual, Err(Error::NotFound)));
}

#[tokio::test]
async fn moderators_are_notified_but_for_the_reported_and_the_reporter() {
    let app = testkit::app().await;
    let council = app.council().await;
    let [mona, mark, mira] = &council.moderators;

    complains(&app, mark.id, mona.id).await;

    let is_told = async |id| {
        told(&app, id)
            .await
            .iter()
            .any(|(kind, from, _)| *kind == NotificationKind::AdminReport && *from == mark.id)
    };
    assert!(!is_told(mona.id).await);
    assert!(!is_told(mark.id).await);
    assert!(is_told(mira.id).await);
}

#[tokio::test]
async fn nobody_without_an_office_reads_reports() {
    let app = testkit::app().await;
    let council = app.council().await;
    let (ada, tom) = (app.member("ada").await, app.member("tom").await);
    let report = complains(&app, ada.id, tom.id).await;
    let mut former = council.seat(1).await;
    former.officer.seat = None;

    let refused = reports::show(&app, &former, report.id).await;
    let by_board = reports::show(&app, &council.acting(&council.board[0]).await, report.id).await;

    let posts = reports::evidence(&app, &former, report.case_id, None).await;

    assert!(matches!(refused, Err(Error::Forbidden(_))));
    assert!(matches!(posts, Err(Error::Forbidden(_))));
    assert!(by_board.is_ok());
}

#[tokio::test]
async fn moderators_are_told_of_who_has_signed_up_once_they_are_reachable() {
    use service::members::{self, SignUp};

    let app = testkit::app().await;
    let council = app.council().await;
    let form = SignUp {
        username: "newcomer".into(),
        email: "newcomer@mail.example".into(),
        password: testkit::PASSWORD.into(),
        agreement: true,
        locale: "en".into(),
        reason: String::new(),
        address: None,
    };

    let newcomer = members::sign_up(&app, form).await.unwrap().account.id;

    for moderator in &council.moderators {
        let told = told(&app, moderator.id).await;
        assert!(
            told.contains(&(NotificationKind::AdminSignUp, newcomer, None)),
            "{told:?}"
        );
    }
}
