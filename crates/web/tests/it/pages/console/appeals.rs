//! Appeals before the moderators.

use model::moderation::{Kind, Target};
use service::moderation::appeals;

use super::world::at_desk;

#[tokio::test]
async fn two_moderators_overturn_a_decision() {
    let app = testkit::app().await;
    let council = app.council().await;
    let tom = app.member("tom").await;
    council
        .carries(Kind::AccountFreeze, Target::Account(tom.id))
        .await;
    let strike = appeals::decisions_about(&app, tom.id)
        .await
        .unwrap()
        .remove(0);
    let appeal = appeals::file(&app, tom.id, strike.strike.id, "It was somebody else")
        .await
        .unwrap();
    let path = format!("/console/appeals/{appeal}");
    let mut mark = at_desk(&app, &council.moderators[1]).await;
    let mut mira = at_desk(&app, &council.moderators[2]).await;

    let queue = mira.browser.open("/console").await.expect(200).text();
    let asked = [("question", "Who then?")];
    let asked = mark
        .fill(&path, &format!("{path}/ask"), &asked)
        .await
        .expect(200)
        .text();
    let vote = [("vote", "overturn"), ("comment", "He is right")];
    let first = mark
        .fill(&path, &format!("{path}/vote"), &vote)
        .await
        .expect(200)
        .text();
    let second = mira
        .fill(&path, &format!("{path}/vote"), &vote)
        .await
        .expect(200)
        .text();

    assert!(queue.contains(&path), "{queue}");
    assert!(asked.contains("Who then?"));
    assert!(first.contains("with the moderators"));
    assert!(first.contains("It was somebody else"));
    assert!(second.contains(">overturned<"), "{second}");
}
