//! What a request costs in questions to the database, from the token to the last byte.

use serde_json::json;
use service::{App, auth::TokenCache};
use testkit::{Statements, http::Client};

use super::world::world;

#[tokio::test]
async fn home_costs_three_questions_at_the_most_and_one_at_the_least() {
    Statements::listen();
    let world = world().await;
    let (alice, bob) = (world.person("alice").await, world.person("bob").await);
    alice.follows(&bob).await;
    for number in 0..10 {
        let post = bob.says(&format!("hello {number} @alice #tag")).await;
        alice.does(&format!("/api/v1/statuses/{post}/reblog")).await;
    }
    alice
        .sends("/api/v1/statuses", &json!({"status": "mine"}))
        .await;

    for limit in [1, 20] {
        // A server that has just been started: it knows neither the token nor any post.
        let app = App {
            tokens: TokenCache::new(&world.app.bus),
            ..world.app.to_app()
        };
        let client = Client::new(web::router(app));
        let path = format!("/api/v1/timelines/home?limit={limit}");
        let ask = async || {
            Statements::take();
            client.get(&path).as_(&alice.token).send().await.expect(200);
            Statements::take()
        };

        assert_eq!(ask().await, 3, "the token, what is there, and what it says");
        assert_eq!(ask().await, 1, "what is there");
    }
}
