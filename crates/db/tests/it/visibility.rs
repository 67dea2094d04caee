//! Who may see a status is written twice, in SQL for lists and in `model` for one status. Here the two are held
//! against each other in every case there is (S36).

use std::collections::BTreeSet;

use model::{AccountId, StatusId, Visibility, visibility::Sight};
use sqlx::PgConnection;
use testkit::TestDatabase;

const VIEWER: AccountId = AccountId::new(1);
const VISIBILITIES: [Visibility; 5] = [
    Visibility::Public,
    Visibility::Unlisted,
    Visibility::Private,
    Visibility::Limited,
    Visibility::Direct,
];

/// One author in one relation to the viewer, with one status.
#[derive(Clone, Copy, Debug)]
struct Case {
    number: i64,
    visibility: Visibility,
    suspended: bool,
    followed: bool,
    addressed: bool,
    blocks: bool,
}

fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for visibility in VISIBILITIES {
        for bits in 0..16_i64 {
            let number = i64::try_from(cases.len()).unwrap() + 100;
            let bit = |place: i64| bits & (1 << place) != 0;
            cases.push(Case {
                number,
                visibility,
                suspended: bit(0),
                followed: bit(1),
                addressed: bit(2),
                blocks: bit(3),
            });
        }
    }
    cases
}

async fn seen(connection: &mut PgConnection, viewer: Option<AccountId>) -> BTreeSet<i64> {
    let ids: Vec<i64> = sqlx::query_scalar("SELECT id FROM statuses_visible_to($1)")
        .bind(viewer.map(AccountId::get))
        .fetch_all(connection)
        .await
        .unwrap();
    ids.into_iter().collect()
}

fn allowed(case: Case, viewer: Option<AccountId>) -> bool {
    let is_the_viewer = viewer == Some(VIEWER);
    Sight {
        visibility: case.visibility,
        author: AccountId::new(case.number),
        author_is_suspended: case.suspended,
        viewer,
        viewer_follows_author: is_the_viewer && case.followed,
        viewer_is_addressed: is_the_viewer && case.addressed,
        author_blocks_viewer: is_the_viewer && case.blocks,
    }
    .is_allowed()
}

#[tokio::test]
async fn lists_show_exactly_what_the_rule_allows() {
    let database = TestDatabase::new().await;
    let mut connection = database.pool().acquire().await.unwrap();
    account(&mut connection, VIEWER.get(), false).await;
    let cases = cases();
    for case in &cases {
        write(&mut connection, *case).await;
    }
    let mut viewers = vec![None, Some(VIEWER)];
    viewers.extend(cases.iter().map(|case| Some(AccountId::new(case.number))));

    for viewer in viewers {
        let seen = seen(&mut connection, viewer).await;

        for case in &cases {
            let is_seen = seen.contains(&case.number);
            assert_eq!(
                is_seen,
                allowed(*case, viewer),
                "{viewer:?} looks at {case:?}"
            );
        }
    }
}

#[tokio::test]
async fn a_follow_that_was_not_accepted_shows_nothing() {
    // S11
    let database = TestDatabase::new().await;
    let mut connection = database.pool().acquire().await.unwrap();
    account(&mut connection, VIEWER.get(), false).await;
    let case = Case {
        number: 100,
        visibility: Visibility::Private,
        suspended: false,
        followed: false,
        addressed: false,
        blocks: false,
    };
    write(&mut connection, case).await;

    execute(
        &mut connection,
        "INSERT INTO follow_requests (id, follower_id, followee_id, uri, created_at) VALUES (1, 1, 100, '', now())",
    )
    .await;

    assert!(seen(&mut connection, Some(VIEWER)).await.is_empty());
}

#[tokio::test]
async fn what_was_deleted_is_seen_by_nobody() {
    let database = TestDatabase::new().await;
    let mut connection = database.pool().acquire().await.unwrap();
    let case = Case {
        number: 100,
        visibility: Visibility::Public,
        suspended: false,
        followed: false,
        addressed: false,
        blocks: false,
    };
    account(&mut connection, VIEWER.get(), false).await;
    write(&mut connection, case).await;
    let now = time::OffsetDateTime::UNIX_EPOCH;

    let was_there = db::statuses::mark_deleted(&mut connection, StatusId::new(100), now)
        .await
        .unwrap();
    let again = db::statuses::mark_deleted(&mut connection, StatusId::new(100), now)
        .await
        .unwrap();

    assert!(was_there);
    assert!(!again);
    assert!(seen(&mut connection, None).await.is_empty());
    assert!(
        seen(&mut connection, Some(AccountId::new(100)))
            .await
            .is_empty()
    );
}

async fn write(connection: &mut PgConnection, case: Case) {
    account(connection, case.number, case.suspended).await;
    sqlx::query(
        "INSERT INTO statuses (id, uri, url, account_id, local, visibility, created_at)
              VALUES ($1, 's' || $1, '', $1, false, $2, now())",
    )
    .bind(case.number)
    .bind(case.visibility.as_str())
    .execute(&mut *connection)
    .await
    .unwrap();
    for (holds, sql) in [
        (
            case.followed,
            "INSERT INTO follows (id, follower_id, followee_id, uri, created_at) VALUES ($1, 1, $1, '', now())",
        ),
        (
            case.addressed,
            "INSERT INTO mentions (status_id, account_id, silent) VALUES ($1, 1, $1 % 2 = 0)",
        ),
        (
            case.blocks,
            "INSERT INTO blocks (id, blocker_id, blocked_id, uri, created_at) VALUES ($1, $1, 1, '', now())",
        ),
    ] {
        if holds {
            sqlx::query(sql)
                .bind(case.number)
                .execute(&mut *connection)
                .await
                .unwrap();
        }
    }
}

async fn account(connection: &mut PgConnection, id: i64, suspended: bool) {
    sqlx::query(
        "INSERT INTO accounts (id, username, domain, uri, url, inbox_url, created_at, updated_at,
                               suspended_at, suspension_origin)
              VALUES ($1, 'a' || $1, 'peer.example', 'a' || $1, '', '', now(), now(),
                      CASE WHEN $2 THEN now() END, CASE WHEN $2 THEN 'local' END)",
    )
    .bind(id)
    .bind(suspended)
    .execute(connection)
    .await
    .unwrap();
}

async fn execute(connection: &mut PgConnection, sql: &'static str) {
    sqlx::query(sql).execute(connection).await.unwrap();
}
