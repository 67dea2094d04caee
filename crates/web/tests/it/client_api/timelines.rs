//! Timelines and walking through them.

use serde_json::json;

use super::world::{ids, linked, world};

#[tokio::test]
async fn home_has_ones_own_posts_and_those_of_the_followed() {
    let world = world().await;
    let (alice, bob, carol) = (
        world.person("alice").await,
        world.person("bob").await,
        world.person("carol").await,
    );
    alice.follows(&bob).await;

    let own = alice.says("mine").await;
    let followed = bob.says("followed").await;
    carol.says("not followed").await;

    assert_eq!(
        ids(&alice.sees("/api/v1/timelines/home").await),
        [followed, own]
    );
}

#[tokio::test]
async fn public_timelines_can_be_read_by_anybody_and_narrowed() {
    let world = world().await;
    let alice = world.person("alice").await;
    let post = alice.says("hello #moot").await;
    alice
        .sends(
            "/api/v1/statuses",
            &json!({"status": "psst", "visibility": "unlisted"}),
        )
        .await;
    let read = async |path: &str| ids(&world.client.get(path).send().await.expect(200).json());

    assert_eq!(read("/api/v1/timelines/public").await, [post.as_str()]);
    assert_eq!(
        read("/api/v1/timelines/public?local=true").await,
        [post.as_str()]
    );
    assert_eq!(read("/api/v1/timelines/public?remote=true").await, [""; 0]);
    assert_eq!(read("/api/v1/timelines/tag/moot").await, [post.as_str()]);
    assert_eq!(read("/api/v1/timelines/tag/Moot?any[]=other").await, [post]);
    assert_eq!(
        read("/api/v1/timelines/tag/moot?all[]=other").await,
        [""; 0]
    );
    assert_eq!(read("/api/v1/timelines/tag/nothing").await, [""; 0]);
}

#[tokio::test]
async fn a_timeline_is_walked_to_its_end_and_back_without_gaps() {
    let world = world().await;
    let alice = world.person("alice").await;
    let mut said = Vec::new();
    for number in 0..5 {
        said.push(alice.says(&format!("number {number}")).await);
    }
    said.reverse();

    let mut walked = Vec::new();
    let mut next = Some("/api/v1/timelines/home?limit=2".to_owned());
    while let Some(path) = next {
        let answer = alice.get(&path).await.expect(200);
        walked.extend(ids(&answer.json()));
        next = linked(&answer, "next");
    }
    let from_the_end = format!("/api/v1/timelines/home?limit=2&min_id={}", said[4]);
    let newer = alice.get(&from_the_end).await.expect(200);
    let newest = alice
        .get(&linked(&newer, "prev").unwrap())
        .await
        .expect(200);

    assert_eq!(walked, said);
    assert_eq!(ids(&newer.json()), said[2..4]);
    assert_eq!(ids(&newest.json()), said[0..2]);
    let since = alice
        .sees(&format!(
            "/api/v1/timelines/home?limit=2&since_id={}",
            said[4]
        ))
        .await;
    assert_eq!(ids(&since), said[0..2]);
}
