//! No list grows with the size of the server: each is read from an index, however many rows there are.
//!
//! PostgreSQL itself counts, per transaction, how often a table was read from end to end and how many rows were
//! taken from it. That says what EXPLAIN says, about exactly the statements that are run.

use db::{
    home::Entry,
    notifications::NotificationList,
    search::PeopleSearch,
    statuses::{Sight, Stranger, ThreadLimits},
    timelines::{AccountTimeline, TagTimeline},
};
use model::{AccountId, Page, StatusId, Viewer, timeline::Reach};
use sqlx::{Connection, PgConnection};
use testkit::TestDatabase;

/// Accounts 1 to 400 exist, every second one a member; 20,000 statuses, 50 of each; everybody follows 40 people.
const SEED: &str = "
    INSERT INTO accounts (id, username, domain, uri, url, inbox_url, created_at, updated_at)
    SELECT n, 'a' || n, CASE WHEN n % 2 = 1 THEN 'peer' || (n % 40) || '.example' END, 'https://x/' || n, '', '', now(), now()
      FROM generate_series(1, 400) n;
    INSERT INTO members (account_id, created_at, last_active_at, approved_at, confirmed_at)
    SELECT n, now(), now(), now(), now() FROM generate_series(2, 400, 2) n;
    INSERT INTO statuses (id, uri, url, account_id, local, visibility, created_at, in_reply_to_id, in_reply_to_account_id, in_reply_to_uri, content)
    SELECT 1000 + n, 'https://x/s/' || n, '', 1 + n % 400, (1 + n % 400) % 2 = 0,
           (ARRAY['public', 'unlisted', 'private', 'direct'])[1 + (n / 7) % 4], now(),
           CASE WHEN n % 5 = 0 AND n > 100 THEN 1000 + n - 50 END,
           CASE WHEN n % 5 = 0 AND n > 100 THEN 1 + (n - 50) % 400 END,
           CASE WHEN n % 5 = 0 AND n > 100 THEN 'https://x/s/' || (n - 50) END,
           repeat('words and more words ', 20)
      FROM generate_series(1, 20000) n;
    INSERT INTO follows (id, follower_id, followee_id, uri, created_at)
    SELECT n * 1000 + k, n, 1 + (n + k * 7) % 400, '', now()
      FROM generate_series(1, 400) n, generate_series(1, 40) k
     WHERE n <> 1 + (n + k * 7) % 400
        ON CONFLICT DO NOTHING;
    INSERT INTO tags (name, display_name, created_at)
    SELECT 'tag' || n, 'tag' || n, now() FROM generate_series(1, 200) n;
    INSERT INTO status_tags (tag_id, status_id)
    SELECT t.id, s.id FROM statuses s JOIN tags t ON t.name = 'tag' || (1 + s.id % 200);
    INSERT INTO home_entries (account_id, status_id, original_id, author_id)
    SELECT m.account_id, s.id, s.id, s.account_id
      FROM members m
      JOIN follows f ON f.follower_id = m.account_id
      JOIN statuses s ON s.account_id = f.followee_id AND s.visibility = 'public' AND s.id > 10000;
    INSERT INTO notifications (id, account_id, kind, from_id, status_id, created_at)
    SELECT n, 2 + 2 * (n % 200), 'favourite', 1 + n % 399, 1001 + n % 20000, now() FROM generate_series(1, 20000) n
        ON CONFLICT DO NOTHING;
    INSERT INTO favourites (id, account_id, status_id, uri, created_at)
    SELECT n, 1 + n % 400, 1001 + (n * 31) % 20000, '', now() FROM generate_series(1, 20000) n
        ON CONFLICT DO NOTHING;
    INSERT INTO bookmarks (id, account_id, status_id, created_at)
    SELECT id, account_id, status_id, created_at FROM favourites;
    INSERT INTO blocks (id, blocker_id, blocked_id, uri, created_at)
    SELECT n, n, 1 + (n + 3) % 400, '', now() FROM generate_series(1, 400) n;
    INSERT INTO mutes (id, muter_id, muted_id, created_at)
    SELECT n, n, 1 + (n + 5) % 400, now() FROM generate_series(1, 400) n;
    INSERT INTO mentions (status_id, account_id)
    SELECT id, 1 + (id * 13) % 400 FROM statuses WHERE id % 3 = 0;
    ANALYZE;
";

/// What a transaction has read so far.
struct Reading {
    table: String,
    scans: i64,
    rows: i64,
}

/// Tables that are large on a large server. Reading one of them from end to end is never right.
const LARGE: [&str; 10] = [
    "statuses",
    "home_entries",
    "notifications",
    "favourites",
    "bookmarks",
    "follows",
    "mentions",
    "status_tags",
    "accounts",
    "blocks",
];

async fn readings(connection: &mut PgConnection) -> Vec<Reading> {
    let rows: Vec<(String, i64, i64)> = sqlx::query_as(
        "SELECT relname::text, coalesce(seq_scan, 0), coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)
           FROM pg_stat_xact_user_tables",
    )
    .fetch_all(connection)
    .await
    .unwrap();
    rows.into_iter()
        .filter(|(table, _, _)| LARGE.contains(&table.as_str()))
        .map(|(table, scans, rows)| Reading { table, scans, rows })
        .collect()
}

/// Runs a query often enough that PostgreSQL settles for a plan, then counts what one run of it reads.
async fn reads_at_most(
    most: i64,
    name: &str,
    connection: &mut PgConnection,
    query: impl AsyncFn(&mut PgConnection) -> usize,
) {
    for _ in 0..7 {
        query(connection).await;
    }
    let mut tx = connection.begin().await.unwrap();
    // The counters go on counting until the server finds time to gather them.
    let before = readings(&mut tx).await;
    let found = query(&mut tx).await;
    for mut reading in readings(&mut tx).await {
        if let Some(before) = before.iter().find(|before| before.table == reading.table) {
            reading.scans -= before.scans;
            reading.rows -= before.rows;
        }
        assert_eq!(reading.scans, 0, "{name} reads all of {}", reading.table);
        assert!(
            reading.rows <= most,
            "{name} reads {} rows of {}",
            reading.rows,
            reading.table
        );
    }
    tx.rollback().await.unwrap();
    assert!(
        found > 0,
        "{name} has found nothing, so it has shown nothing"
    );
}

#[tokio::test]
async fn every_list_walks_an_index() {
    let database = TestDatabase::new().await;
    let mut connection = database.pool().acquire().await.unwrap();
    let connection = &mut *connection;
    sqlx::raw_sql(SEED).execute(&mut *connection).await.unwrap();
    let member = AccountId::new(20);
    let viewer = Viewer::Account(member);
    let pages = [
        Page::newest(20),
        Page {
            max_id: Some(15_000),
            ..Page::newest(20)
        },
        Page {
            min_id: Some(12_000),
            ..Page::newest(20)
        },
    ];
    let own = |page: Page| Page {
        max_id: page.max_id,
        min_id: page.min_id.map(|_| 1),
        ..page
    };

    for page in pages {
        reads_at_most(40, "home", connection, async |connection| {
            db::home::page(connection, member, page)
                .await
                .unwrap()
                .len()
        })
        .await;
        for viewer in [viewer, Viewer::Anybody] {
            for reach in [Reach::Everybody, Reach::Local, Reach::Remote] {
                reads_at_most(1000, "public", connection, async |connection| {
                    db::timelines::public(connection, viewer, reach, false, page)
                        .await
                        .unwrap()
                        .len()
                })
                .await;
            }
            let wanted = AccountTimeline {
                of: AccountId::new(31),
                excludes_replies: false,
                excludes_boosts: false,
                only_media: false,
                only_pinned: false,
                tag: None,
            };
            reads_at_most(400, "account", connection, async |connection| {
                db::timelines::account(connection, viewer, &wanted, page)
                    .await
                    .unwrap()
                    .len()
            })
            .await;
        }
        let wanted = TagTimeline {
            name: "tag7".to_owned(),
            any: Vec::new(),
            all: Vec::new(),
            none: Vec::new(),
            reach: Reach::Everybody,
            only_media: false,
        };
        reads_at_most(400, "tag", connection, async |connection| {
            db::timelines::tag(connection, viewer, &wanted, page)
                .await
                .unwrap()
                .len()
        })
        .await;
        let wanted = NotificationList {
            of: member,
            kinds: Vec::new(),
            excluded: Vec::new(),
            from: None,
        };
        reads_at_most(200, "notifications", connection, async |connection| {
            db::notifications::list(connection, &wanted, own(page))
                .await
                .unwrap()
                .len()
        })
        .await;
        reads_at_most(400, "favourites", connection, async |connection| {
            db::statuses::favourites_of(connection, member, own(page))
                .await
                .unwrap()
                .len()
        })
        .await;
        reads_at_most(400, "bookmarks", connection, async |connection| {
            db::statuses::bookmarked_by(connection, member, own(page))
                .await
                .unwrap()
                .len()
        })
        .await;
    }
}

#[tokio::test]
async fn threads_and_views_walk_indexes() {
    let database = TestDatabase::new().await;
    let mut connection = database.pool().acquire().await.unwrap();
    let connection = &mut *connection;
    sqlx::raw_sql(SEED).execute(&mut *connection).await.unwrap();
    let viewer = Viewer::Account(AccountId::new(20));
    let in_the_middle = StatusId::new(11_000);
    let limits = ThreadLimits {
        above: 40,
        below: 60,
        depth: 20,
    };
    let ids: Vec<StatusId> = (5_000..5_040).map(StatusId::new).collect();

    reads_at_most(700, "thread", connection, async |connection| {
        let ids = db::statuses::thread(connection, viewer, in_the_middle, limits)
            .await
            .unwrap();
        assert!(ids.ancestors.len() <= 40 && ids.descendants.len() <= 60);
        ids.ancestors.len() + ids.descendants.len()
    })
    .await;
    reads_at_most(400, "views", connection, async |connection| {
        db::statuses::views(connection, Sight::Of(viewer), &ids)
            .await
            .unwrap()
            .len()
    })
    .await;
    reads_at_most(400, "views for anybody", connection, async |connection| {
        db::statuses::views(connection, Sight::Of(Viewer::Anybody), &ids)
            .await
            .unwrap()
            .len()
    })
    .await;
}

#[tokio::test]
async fn what_happens_when_somebody_posts_or_reacts_walks_indexes() {
    let database = TestDatabase::new().await;
    let mut connection = database.pool().acquire().await.unwrap();
    let connection = &mut *connection;
    sqlx::raw_sql(SEED).execute(&mut *connection).await.unwrap();
    let now = time::OffsetDateTime::UNIX_EPOCH;
    let member = AccountId::new(20);
    let viewer = Viewer::Account(member);
    let status = StatusId::new(20_993);
    let uri = Some("https://x/s/77");

    reads_at_most(600, "distribution", connection, async |connection| {
        db::home::distribute(connection, status, Entry::Again, now, now)
            .await
            .unwrap();
        1
    })
    .await;
    reads_at_most(100, "meeting", connection, async |connection| {
        let stranger = Stranger {
            uri: "https://x/s/new",
            author: member,
            in_reply_to_uri: uri,
            addressed: &[member],
        };
        let met = db::statuses::meet(connection, stranger, 500, now)
            .await
            .unwrap();
        usize::from(met.relevance.is_some())
    })
    .await;
    reads_at_most(100, "favourited by", connection, async |connection| {
        let page = Page::newest(20);
        db::statuses::favourited_by(connection, StatusId::new(1_032), page)
            .await
            .unwrap()
            .len()
    })
    .await;
    reads_at_most(100, "people", connection, async |connection| {
        let wanted = PeopleSearch {
            words: "a37",
            only_followed: false,
            limit: 20,
            offset: 0,
        };
        db::search::people(connection, viewer, &wanted)
            .await
            .unwrap()
            .len()
    })
    .await;
    reads_at_most(80_000, "trimming", connection, async |connection| {
        let trimmed = db::home::trim(connection, AccountId::new(0)).await.unwrap();
        usize::from(trimmed.last.is_some())
    })
    .await;
    reads_at_most(200, "deleting", connection, async |connection| {
        db::statuses::mark_deleted(connection, status, now)
            .await
            .unwrap();
        1
    })
    .await;
}
