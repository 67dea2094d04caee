//! A server with a database of its own, and members who ask it things through an app.

use serde_json::Value;
use testkit::{
    Bearer, Member, TestApp,
    http::{Answer, Client},
};

/// All that a member's app usually asks for.
pub(crate) const USUAL: &str = "read write follow push";

/// One server.
pub(crate) struct World {
    pub(crate) app: TestApp,
    pub(crate) client: Client,
}

/// A member with an app.
pub(crate) struct Person {
    pub(crate) member: Member,
    pub(crate) token: Bearer,
    client: Client,
}

pub(crate) async fn world() -> World {
    let app = testkit::app().await;
    let client = Client::new(web::router(app.to_app()));
    World { app, client }
}

impl World {
    /// A new member whose app may do what apps usually may.
    pub(crate) async fn person(&self, name: &str) -> Person {
        self.equip(self.app.member(name).await).await
    }

    /// Gives a member an app.
    pub(crate) async fn equip(&self, member: Member) -> Person {
        self.equip_with(member, USUAL).await
    }

    /// Gives a member an app that may do this.
    pub(crate) async fn equip_with(&self, member: Member, scopes: &str) -> Person {
        let token = self.app.token_for(&member, scopes).await;
        Person {
            member,
            token,
            client: self.client.clone(),
        }
    }
}

impl Person {
    /// Their account's id, as in paths.
    pub(crate) fn id(&self) -> String {
        self.member.id.to_string()
    }

    /// Asks for something.
    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.client.get(path).as_(&self.token).send().await
    }

    /// Asks for something that must be there.
    pub(crate) async fn sees(&self, path: &str) -> Value {
        self.get(path).await.expect(200).json()
    }

    /// Does something that needs no form.
    pub(crate) async fn does(&self, path: &str) -> Value {
        self.client
            .post(path)
            .as_(&self.token)
            .send()
            .await
            .expect(200)
            .json()
    }

    /// Sends a form.
    pub(crate) async fn sends(&self, path: &str, form: &Value) -> Answer {
        self.client
            .post(path)
            .as_(&self.token)
            .json(form)
            .send()
            .await
    }

    /// Asks with any method.
    pub(crate) async fn asks(&self, method: &str, path: &str, form: &Value) -> Answer {
        let method = method.parse().expect("a method");
        let request = self.client.request(method, path).as_(&self.token);
        request.json(form).send().await
    }

    /// Posts a text; the post's id.
    pub(crate) async fn says(&self, text: &str) -> String {
        let form = serde_json::json!({"status": text});
        let posted = self
            .sends("/api/v1/statuses", &form)
            .await
            .expect(200)
            .json();
        id(&posted)
    }

    /// Follows somebody who lets everybody follow.
    pub(crate) async fn follows(&self, other: &Self) {
        let after = self
            .does(&format!("/api/v1/accounts/{}/follow", other.id()))
            .await;
        assert_eq!(after["following"], true, "{after}");
    }
}

/// The id of an entity.
pub(crate) fn id(entity: &Value) -> String {
    entity["id"].as_str().expect("ids are strings").to_owned()
}

/// The ids of a list.
pub(crate) fn ids(list: &Value) -> Vec<String> {
    list.as_array().expect("a list").iter().map(id).collect()
}

/// The path, with query, that a Link header names for `rel`.
pub(crate) fn linked(answer: &Answer, rel: &str) -> Option<String> {
    let links = answer.header("link")?;
    let link = links
        .split(", ")
        .find(|link| link.ends_with(&format!("rel=\"{rel}\"")))?;
    let url = link.strip_prefix('<')?.split_once('>')?.0;
    Some(
        url.strip_prefix("https://moot.test")
            .expect("links lead to this server")
            .to_owned(),
    )
}
