//! A server among others: its edge, its inbox, its worker; and the world of the recorded cases.

use std::sync::{Arc, OnceLock};

use activitypub::signature::{Outgoing, Payload, PrivateKey, digest, sign_post};
use federation::client::{Client, Rules, Wire};
use federation::inbound::{Outcome, ProcessActivity, process};
use federation::{Edge, Settings, State};
use model::AccountId;
use model::account::INSTANCE_ACTOR;
use serde_json::Value;
use service::keys::Purpose;
use sqlx::PgPool;
use testkit::{FakeClock, TestApp, http as web};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use url::Url;

use crate::wire::{Elsewhere, Served};

/// One server and everybody else.
pub(crate) struct World {
    pub(crate) app: TestApp,
    pub(crate) state: State,
    pub(crate) elsewhere: Elsewhere,
    pub(crate) inbox: web::Client,
}

/// The key with which tests sign for everybody elsewhere.
pub(crate) fn key() -> &'static PrivateKey {
    static KEY: OnceLock<PrivateKey> = OnceLock::new();
    KEY.get_or_init(|| PrivateKey::generate().unwrap())
}

/// Its id for one actor.
pub(crate) fn key_id(actor: &str) -> String {
    format!("{actor}#test-key")
}

impl World {
    /// A server of this name, and these others in memory.
    pub(crate) async fn new(domain: &str, elsewhere: &Elsewhere, clock: &FakeClock) -> Self {
        let wire = Arc::new(elsewhere.clone());
        Self::over(domain, Rules::default(), wire, elsewhere, clock).await
    }

    /// A server that reaches others over this wire. Where `http` is allowed, its own addresses are of that kind.
    pub(crate) async fn over(
        domain: &str,
        rules: Rules,
        wire: Arc<dyn Wire>,
        elsewhere: &Elsewhere,
        clock: &FakeClock,
    ) -> Self {
        let https = !rules.http_allowed;
        let base = format!("{}://{domain}", if https { "https" } else { "http" });
        let client = Client::new(wire, Arc::new(rules.clone()), clock.to_clock(), &base);
        let settings = Settings {
            rules,
            requires_signed_fetch: false,
        };
        let edge = Arc::new(Edge::new(client, settings));
        let app = testkit::app()
            .domain(domain)
            .settings(|settings| settings.https = https)
            .clock(clock)
            .remote(edge.clone())
            .await;
        instance_actor(&app).await;
        let state = State::new(app.to_app(), edge);
        let inbox = web::Client::new(federation::router(state.clone())).host(domain);
        Self {
            app,
            state,
            elsewhere: elsewhere.clone(),
            inbox,
        }
    }

    /// Delivers a body, signed by somebody known.
    pub(crate) async fn deliver(
        &self,
        signer: &str,
        path: &str,
        content_type: &str,
        body: &[u8],
    ) -> web::Answer {
        let url = Url::parse(&format!("{}{path}", self.app.urls.base())).unwrap();
        let outgoing = Outgoing {
            url: &url,
            key_id: &key_id(signer),
            key: key(),
            now: self.app.clock.now(),
        };
        let digest = digest(body);
        let payload = Payload {
            content_type,
            digest: &digest,
            collection_synchronization: None,
        };
        let mut request = self.inbox.post(path);
        for (name, value) in &sign_post(&outgoing, &payload) {
            if name != "host" && name != "content-type" {
                request = request.header(name.as_str(), value.to_str().unwrap());
            }
        }
        request.body(content_type, body).send().await
    }

    /// Does what the inbox has taken in, and tells what became of it.
    pub(crate) async fn process(&self) -> Vec<Outcome> {
        let mut outcomes = Vec::new();
        for job in self.app.enqueued::<ProcessActivity>().await {
            outcomes.push(process(&self.state, &job).await.unwrap());
        }
        sqlx::query("DELETE FROM jobs WHERE kind = 'inbound'")
            .execute(&self.app.db)
            .await
            .unwrap();
        outcomes
    }

    /// Does everything that is due, and what follows from it.
    pub(crate) async fn work(&self) {
        let worker = federation::register(self.app.worker(()), &self.state);
        worker.run_until_idle().await.unwrap();
    }

    pub(crate) async fn account(&self, uri: &str) -> AccountId {
        service::accounts::find_by_uri(&self.app, uri)
            .await
            .unwrap()
            .unwrap_or_else(|| panic!("{uri} is unknown"))
            .id
    }
}

/// The server's own actor, with a ready-made key: making one takes longer than most tests.
async fn instance_actor(app: &TestApp) {
    let actor = app.urls.instance_actor();
    let sealed = app.keys.seal(
        Purpose::ActorKeys,
        &INSTANCE_ACTOR.get().to_be_bytes(),
        &key().to_pkcs8().unwrap(),
    );
    sqlx::query(
        "WITH actor AS (
             INSERT INTO accounts (id, username, uri, url, inbox_url, actor_type, locked, created_at, updated_at)
             VALUES ($1, $2, $3, $3, $3 || '/inbox', 'Application', true, now(), now())
             RETURNING id
         ), public AS (
             INSERT INTO public_keys (key_id, account_id, pem, fetched_at) SELECT $3 || '#main-key', id, $4, now() FROM actor
         )
         INSERT INTO private_keys (account_id, sealed, created_at) SELECT id, $5, now() FROM actor",
    )
    .bind(INSTANCE_ACTOR.get())
    .bind(app.settings.local_domain.as_str())
    .bind(actor)
    .bind(key().public_pem().unwrap())
    .bind(sealed)
    .execute(&app.db)
    .await
    .unwrap();
}

/// A file of the recorded cases.
pub(crate) fn fixture(name: &str) -> Vec<u8> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../activitypub/fixtures/");
    std::fs::read(format!("{path}{name}")).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The world of the recorded cases, before one of them.
pub(crate) async fn recorded() -> World {
    let world: Value = serde_json::from_slice(&fixture("world.json")).unwrap();
    let clock = FakeClock::default();
    clock.set(instant(&world["now"]).unwrap());
    let elsewhere = Elsewhere::default();
    for (url, served) in world["fetchable"].as_object().unwrap() {
        elsewhere.serve(url, served_from(served));
    }
    let server = World::new("moot.example", &elsewhere, &clock).await;
    Peopling {
        pool: &server.app.db,
        now: clock.now(),
        world: &world,
    }
    .people(&server)
    .await;
    server
}

fn served_from(entry: &Value) -> Served {
    let body = match (entry.get("body"), entry["file"].as_str()) {
        (Some(body), _) => serde_json::to_vec(body).unwrap(),
        (None, Some(file)) => fixture(file),
        (None, None) => Vec::new(),
    };
    Served {
        status: u16::try_from(entry["status"].as_u64().unwrap_or(200)).unwrap(),
        content_type: entry["content_type"]
            .as_str()
            .unwrap_or("application/activity+json")
            .to_owned(),
        body,
        redirect: entry["redirect"].as_str().map(str::to_owned),
    }
}

pub(crate) fn instant(value: &Value) -> Option<OffsetDateTime> {
    OffsetDateTime::parse(value.as_str()?, &Rfc3339).ok()
}

/// Puts the world's people and posts straight into the tables: they must have the ids that the cases name.
struct Peopling<'a> {
    pool: &'a PgPool,
    now: OffsetDateTime,
    world: &'a Value,
}

impl Peopling<'_> {
    async fn people(&self, server: &World) {
        for (number, account) in self.list("local_accounts").enumerate() {
            self.member(server, number, account).await;
        }
        let pem = self.world["remote_actors"]
            .as_object()
            .unwrap()
            .values()
            .find_map(|actor| actor["public_key_pem"].as_str());
        let pem = pem.map_or_else(pem_of_cases, str::to_owned);
        for (number, (uri, actor)) in self.world["remote_actors"]
            .as_object()
            .unwrap()
            .iter()
            .enumerate()
        {
            self.remote(i64::try_from(number).unwrap() + 1000, uri, actor, &pem)
                .await;
        }
        for account in self
            .list("local_accounts")
            .filter(|account| account["moved_to"].is_string())
        {
            self.run("UPDATE accounts SET moved_to_id = (SELECT id FROM accounts WHERE uri = $2) WHERE uri = $1", &[
                &account["uri"], &account["moved_to"],
            ])
            .await;
        }
        for (number, status) in self
            .list("local_statuses")
            .chain(self.list("remote_statuses"))
            .enumerate()
        {
            self.status(i64::try_from(number).unwrap() + 1, status)
                .await;
        }
        for uri in self.list("tombstones") {
            self.run(
                "INSERT INTO tombstones (uri, created_at) VALUES ($1, '2026-07-01')",
                &[uri],
            )
            .await;
        }
        for (number, follow) in self.list("follows").enumerate() {
            let table = if follow["state"] == "pending" {
                "follow_requests"
            } else {
                "follows"
            };
            self.relation(
                table,
                ("follower_id", "followee_id"),
                number,
                [&follow["id"], &follow["follower"], &follow["followee"]],
            )
            .await;
        }
        for (number, block) in self.list("blocks").enumerate() {
            self.relation(
                "blocks",
                ("blocker_id", "blocked_id"),
                number,
                [&block["id"], &block["actor"], &block["target"]],
            )
            .await;
        }
        for (number, like) in self.list("likes").enumerate() {
            let sql = format!(
                "INSERT INTO favourites (id, account_id, status_id, uri, created_at)
                 SELECT {number} + 1, a.id, s.id, $1, '2026-07-20' FROM accounts a, statuses s WHERE a.uri = $2 AND s.uri = $3"
            );
            self.run(&sql, &[&like["id"], &like["actor"], &like["target"]])
                .await;
        }
        for (number, boost) in self.list("boosts").enumerate() {
            let sql = format!(
                "INSERT INTO statuses (id, uri, url, account_id, local, boost_of_id, visibility, created_at)
                 SELECT {number} + 500, $1, $1, a.id, false, s.id, 'public', '2026-07-20' FROM accounts a, statuses s
                 WHERE a.uri = $2 AND s.uri = $3"
            );
            self.run(&sql, &[&boost["id"], &boost["actor"], &boost["target"]])
                .await;
        }
    }

    fn list(&self, key: &str) -> impl Iterator<Item = &Value> {
        self.world[key].as_array().unwrap().iter()
    }

    /// A member whose URLs are of the older kind.
    async fn member(&self, server: &World, number: usize, account: &Value) {
        if account["type"] == "Application" {
            return;
        }
        let name = account["acct"].as_str().unwrap().split('@').next().unwrap();
        let member = server.app.member(name).await;
        let uri = account["uri"].as_str().unwrap();
        sqlx::query(
            "UPDATE accounts SET uri = $2, uri_scheme = 0, inbox_url = $2 || '/inbox', locked = $3,
                followers_url = $2 || '/followers' WHERE id = $1",
        )
        .bind(member.id.get())
        .bind(uri)
        .bind(account["locked"].as_bool().unwrap_or(false))
        .execute(self.pool)
        .await
        .unwrap_or_else(|error| panic!("member {number}: {error}"));
        sqlx::query("UPDATE public_keys SET key_id = $2 || '#main-key' WHERE account_id = $1")
            .bind(member.id.get())
            .bind(uri)
            .execute(self.pool)
            .await
            .unwrap();
    }

    async fn remote(&self, id: i64, uri: &str, actor: &Value, pem: &str) {
        let (name, domain) = actor["acct"].as_str().unwrap().split_once('@').unwrap();
        sqlx::query(
            "INSERT INTO accounts (id, username, domain, uri, url, inbox_url, shared_inbox_url, followers_url,
                following_url, featured_url, actor_type, also_known_as, created_at, updated_at, fetched_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13, $13)",
        )
        .bind(id)
        .bind(name)
        .bind(domain)
        .bind(uri)
        .bind(actor["url"].as_str())
        .bind(actor["inbox"].as_str())
        .bind(actor["shared_inbox"].as_str())
        .bind(actor["followers"].as_str())
        .bind(actor["following"].as_str())
        .bind(actor["featured"].as_str())
        .bind(actor["type"].as_str())
        .bind(actor["also_known_as"].as_array().unwrap().iter().filter_map(Value::as_str).collect::<Vec<_>>())
        .bind(self.now)
        .execute(self.pool)
        .await
        .unwrap_or_else(|error| panic!("{uri}: {error}"));
        let keys = [
            (actor["key_id"].as_str().unwrap().to_owned(), pem.to_owned()),
            (key_id(uri), key().public_pem().unwrap()),
        ];
        for (key_id, pem) in keys {
            sqlx::query("INSERT INTO public_keys (key_id, account_id, pem, fetched_at) VALUES ($1, $2, $3, $4)")
                .bind(key_id)
                .bind(id)
                .bind(pem)
                .bind(self.now)
                .execute(self.pool)
                .await
                .unwrap();
        }
    }

    async fn status(&self, number: i64, status: &Value) {
        let uri = status["uri"].as_str().unwrap();
        let local = uri.starts_with("https://moot.example/");
        let id = uri
            .rsplit('/')
            .next()
            .and_then(|id| id.parse::<i64>().ok())
            .filter(|_| local);
        let published =
            instant(&status["published"]).unwrap_or(self.now - time::Duration::days(10));
        sqlx::query(
            "INSERT INTO statuses (id, uri, url, account_id, local, in_reply_to_uri, content, visibility, created_at, edited_at)
             SELECT $1, $2, $2, a.id, $4, $5, $6, $7, $8, $9 FROM accounts a WHERE a.uri = $3",
        )
        .bind(id.unwrap_or(number + 100))
        .bind(uri)
        .bind(status["actor"].as_str())
        .bind(local)
        .bind(status["in_reply_to"].as_str())
        .bind(format!("<p>{}</p>", status["content_text"].as_str().unwrap_or("a post")))
        .bind(status["visibility"].as_str())
        .bind(published)
        .bind(instant(&status["edited_at"]))
        .execute(self.pool)
        .await
        .unwrap_or_else(|error| panic!("{uri}: {error}"));
    }

    async fn relation(
        &self,
        table: &str,
        columns: (&str, &str),
        number: usize,
        values: [&Value; 3],
    ) {
        let sql = format!(
            "INSERT INTO {table} (id, uri, {}, {}, created_at)
             SELECT {number} + 1, $1, one.id, other.id, '2026-07-01' FROM accounts one, accounts other
             WHERE one.uri = $2 AND other.uri = $3",
            columns.0, columns.1
        );
        self.run(&sql, &values).await;
    }

    /// A statement that must touch one row.
    async fn run(&self, sql: &str, values: &[&Value]) {
        let mut query = sqlx::query(sqlx::AssertSqlSafe(sql.to_owned()));
        for value in values {
            query = query.bind(value.as_str().map(str::to_owned));
        }
        let done = query
            .execute(self.pool)
            .await
            .unwrap_or_else(|error| panic!("{sql}: {error}"));
        assert_eq!(done.rows_affected(), 1, "{sql} with {values:?}");
    }
}

/// The one public key that all actors of the cases have.
fn pem_of_cases() -> String {
    let actor: Value = serde_json::from_slice(&fixture("actor-mastodon-person.json")).unwrap();
    actor["publicKey"]["publicKeyPem"]
        .as_str()
        .unwrap()
        .to_owned()
}
