//! What is kept is never wrong: a server that keeps what it has rendered answers, byte by byte, as one that keeps nothing.

use std::sync::Arc;

use serde_json::json;
use service::{App, Settings, accounts};
use testkit::{
    Remote,
    http::{Answer, Client},
};

use super::world::{Person, World, id, world};

/// A number that looks random and is always the same.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound
    }

    fn of<T: Clone>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())].clone()
    }
}

/// Two servers at one database, one of which keeps nothing.
struct Twins {
    world: World,
    bare: Client,
    people: Vec<Person>,
    stranger: Remote,
    posts: Vec<String>,
}

async fn twins() -> Twins {
    let world = world().await;
    let app = world.app.to_app();
    let settings = Settings {
        shelf_bytes: 0,
        ..(*app.settings).clone()
    };
    let bare = App {
        settings: Arc::new(settings),
        ..app
    };
    let people = vec![
        world.person("alice").await,
        world.person("bob").await,
        world.person("carol").await,
    ];
    let stranger = world.app.remote("mia@mastodon.example").await;
    let mut twins = Twins {
        bare: Client::new(web::router(bare)),
        stranger,
        posts: Vec::new(),
        people,
        world,
    };
    for one in &twins.people {
        for other in &twins.people {
            if one.id() != other.id() {
                one.follows(other).await;
            }
        }
    }
    for text in ["one", "two @carol", "three #moot @mia@mastodon.example"] {
        let post = twins.people[0].says(text).await;
        twins.posts.push(post);
    }
    twins
}

impl Twins {
    /// Something happens.
    async fn live(&mut self, chance: &mut Chance, step: usize) -> String {
        let person = chance.below(self.people.len());
        let other = self.people[(person + 1) % self.people.len()].id();
        let post = chance.of(&self.posts);
        let mia = self.stranger.id.get();
        let act = |what: &str| format!("/api/v1/statuses/{post}/{what}");
        let what = chance.below(20);
        let doing = &self.people[person];
        // Not everything is allowed at every time; then nothing happens, which must look the same, too.
        let post_to = async |path: &str| {
            let client = &self.world.client;
            client.post(path).as_(&doing.token).send().await;
        };
        match what {
            0..=3 => {
                let words = chance.of(&["hello", "hello @bob", "#moot", "@mia@mastodon.example"]);
                let form = json!({
                    "status": format!("{words} {step}"),
                    "in_reply_to_id": (what == 3).then_some(&post),
                    "visibility": chance.of(&["public", "unlisted", "private"]),
                    "sensitive": step.is_multiple_of(5),
                });
                let posted = doing.sends("/api/v1/statuses", &form).await;
                let posted = id(&posted.expect(200).json());
                self.posts.push(posted);
            }
            4 => post_to(&act("favourite")).await,
            5 => post_to(&act("unfavourite")).await,
            6 => post_to(&act("reblog")).await,
            7 => post_to(&act("unreblog")).await,
            8 => post_to(&act("bookmark")).await,
            9 => post_to(&act("unbookmark")).await,
            10 => {
                let form =
                    json!({"status": format!("edited {step} @alice"), "spoiler_text": "careful"});
                let path = format!("/api/v1/statuses/{post}");
                let client = &self.world.client;
                client.put(&path).as_(&doing.token).json(&form).send().await;
            }
            11 => {
                let path = format!("/api/v1/statuses/{post}");
                let client = &self.world.client;
                client.delete(&path).as_(&doing.token).send().await;
            }
            12 => {
                let form = json!({"display_name": format!("Name {step}"), "note": "changed"});
                let client = &self.world.client;
                let path = "/api/v1/accounts/update_credentials";
                client
                    .patch(path)
                    .as_(&doing.token)
                    .json(&form)
                    .send()
                    .await;
            }
            13 => post_to(&format!("/api/v1/accounts/{other}/unfollow")).await,
            14 => post_to(&format!("/api/v1/accounts/{other}/follow")).await,
            15 => {
                let mut document = testkit::remote_account("mia@mastodon.example");
                document.url = format!("https://mastodon.example/@mia{step}");
                document.display_name = format!("Mia {step}");
                accounts::receive(&self.world.app, document).await.unwrap();
            }
            16 => {
                let column = chance.of(&["silenced_at", "sensitised_at"]);
                let change = format!(
                    "UPDATE accounts SET {column} = CASE WHEN {column} IS NULL THEN now() END WHERE id = $1"
                );
                self.run(&change, self.people[person].member.id.get()).await;
            }
            17 => {
                let change = format!("UPDATE applications SET name = 'App {step}' WHERE id > $1");
                self.run(&change, 0).await;
            }
            18 => {
                let change =
                    "UPDATE accounts SET username = 'mia2' WHERE id = $1 AND username = 'mia'";
                self.run(change, mia).await;
            }
            _ => {
                let change = "UPDATE accounts SET suspended_at = CASE WHEN suspended_at IS NULL THEN now() END,
                                     suspension_origin = CASE WHEN suspended_at IS NULL THEN 'local' END
                               WHERE id = $1";
                self.run(change, mia).await;
            }
        }
        format!("step {step}, kind {what}")
    }

    async fn run(&self, change: &str, id: i64) {
        sqlx::query(sqlx::AssertSqlSafe(change.to_owned()))
            .bind(id)
            .execute(&self.world.app.db)
            .await
            .unwrap();
    }

    /// Asks both for everything, as everybody.
    async fn compare(&self, happened: &str) {
        let author = self.people[0].id();
        let mut paths: Vec<String> = [
            "/api/v1/timelines/home".to_owned(),
            "/api/v1/timelines/public".to_owned(),
            "/api/v1/timelines/tag/moot".to_owned(),
            "/api/v1/notifications".to_owned(),
            "/api/v1/favourites".to_owned(),
            "/api/v1/bookmarks".to_owned(),
            format!("/api/v1/accounts/{author}/statuses"),
        ]
        .into();
        for post in self.posts.iter().rev().take(3) {
            paths.push(format!("/api/v1/statuses/{post}"));
            paths.push(format!("/api/v1/statuses/{post}/context"));
        }
        let tokens = self.people.iter().map(|person| Some(&person.token));
        for token in tokens.take(2).chain([None]) {
            for path in &paths {
                let ask = async |client: &Client| -> Answer {
                    let request = client.get(path);
                    match token {
                        Some(token) => request.as_(token).send().await,
                        None => request.send().await,
                    }
                };
                let (kept, bare) = (ask(&self.world.client).await, ask(&self.bare).await);

                assert_eq!(kept.status, bare.status, "{happened}: {path}");
                let text = |answer: &Answer| String::from_utf8(answer.body.clone()).unwrap();
                assert_eq!(text(&kept), text(&bare), "{happened}: {path}");
                assert_eq!(kept.header("link"), bare.header("link"), "{path}");
            }
        }
    }
}

#[tokio::test]
async fn what_is_kept_is_never_told_from_what_is_loaded() {
    let mut twins = twins().await;
    let mut chance = Chance(20_261_123);

    twins.compare("at first").await;
    for step in 0..60 {
        let happened = twins.live(&mut chance, step).await;
        twins.compare(&happened).await;
    }
}

#[tokio::test]
async fn a_post_put_together_from_parts_is_the_post_printed_whole() {
    let world = world().await;
    let (alice, bob) = (world.person("alice").await, world.person("bob").await);
    let hello = alice.says("hello @bob #moot").await;
    let boost = id(&bob.does(&format!("/api/v1/statuses/{hello}/reblog")).await);

    for (person, post) in [(&alice, &hello), (&bob, &hello), (&bob, &boost)] {
        let answer = async |path: &str| {
            let request = world.client.post(path).as_(&person.token);
            request.send().await.expect(200).body
        };
        let whole = answer(&format!("/api/v1/statuses/{post}/bookmark")).await;
        let from_parts = person.get(&format!("/api/v1/statuses/{post}")).await.body;

        assert_eq!(
            String::from_utf8(whole).unwrap(),
            String::from_utf8(from_parts).unwrap()
        );
    }
}

#[tokio::test]
async fn names_of_others_are_told_as_they_are_now() {
    let world = world().await;
    let alice = world.person("alice").await;
    let mia = world.app.remote("mia@mastodon.example").await;
    let post = alice.says("hello @mia@mastodon.example").await;
    let path = format!("/api/v1/statuses/{post}");
    let before = alice.sees(&path).await;

    let mut document = testkit::remote_account("mia@mastodon.example");
    document.url = "https://mastodon.example/people/mia".into();
    accounts::receive(&world.app, document).await.unwrap();
    let moved = alice.sees(&path).await;
    accounts::receive_deletion(&world.app, mia.id)
        .await
        .unwrap();
    let gone = alice.sees(&path).await;

    assert_eq!(
        before["mentions"][0]["url"],
        "https://mastodon.example/@mia"
    );
    assert_eq!(
        moved["mentions"][0]["url"],
        "https://mastodon.example/people/mia"
    );
    assert_eq!(gone["mentions"], json!([]));
}
