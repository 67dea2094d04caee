//! What a member sees of decisions about them.

use service::moderation::appeals;
use time::Duration;

use super::{appealed, limited};

#[tokio::test]
async fn a_member_sees_who_decided_and_until_when_to_appeal() {
    let app = testkit::app().await;
    let council = app.council().await;
    let (tom, ada) = (app.member("tom").await, app.member("ada").await);
    let strike = limited(&app, &council, tom.id).await;

    let before = appeals::decisions_about(&app, tom.id).await.unwrap();
    appealed(&app, tom.id).await;
    let after = appeals::decisions_about(&app, tom.id).await.unwrap();

    assert_eq!(before.len(), 1);
    assert_eq!(before[0].strike.action, "silence");
    assert!(before[0].may_appeal);
    assert_eq!(
        before[0].strike.appealable_until,
        strike.created_at + Duration::days(20)
    );
    let mut names: Vec<_> = before[0]
        .approved_by
        .iter()
        .map(|person| person.handle.clone())
        .collect();
    names.sort();
    assert!(
        names[0].contains("mark") && names[1].contains("mona"),
        "{names:?}"
    );
    assert!(after[0].appeal.is_some() && !after[0].may_appeal);
    assert!(
        appeals::decisions_about(&app, ada.id)
            .await
            .unwrap()
            .is_empty()
    );
}
