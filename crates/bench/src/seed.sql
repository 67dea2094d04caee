-- The bench's data set, made in bulk beside the members that the command line has already made (they alone have keys and
-- tokens, and are the ones who ask and post). Times are relative to now, so that timelines are as fresh as they would be.
-- $LOCAL, $REMOTE, $PEOPLE (their sum), $STATUSES, $FOLLOWS, $WEB, $SINK_PORT and $PEER are put in by the program.

SET synchronous_commit = off;
-- No foreign key is checked row by row: all of them are right by how the rows are made.
SET session_replication_role = replica;
SET work_mem = '256MB';
SELECT setseed(0.42);

-- Everybody: remote people on 500 hosts, local ones without keys. The first 50 remote hosts are addresses of the sink.
INSERT INTO accounts (id, username, domain, uri, url, inbox_url, shared_inbox_url, followers_url, display_name, note,
                      indexable, discoverable, created_at, updated_at, fetched_at)
SELECT snowflake(now() - interval '2 years' + n * interval '30 minutes'),
       'remote' || n,
       host,
       'http://' || host || '/users/remote' || n,
       'http://' || host || '/@remote' || n,
       'http://' || host || '/users/remote' || n || '/inbox',
       'http://' || host || '/inbox',
       'http://' || host || '/users/remote' || n || '/followers',
       'Remote person ' || n,
       '<p>Says things on a server of their own, number ' || n || '.</p>',
       true, true, now() - interval '1 year', now(), now()
  FROM (SELECT n, CASE WHEN n % 500 < 50 THEN '127.0.1.' || (n % 500 + 1) || ':$SINK_PORT'
                       ELSE 'peer' || n % 500 || '.example' END AS host
          FROM generate_series(1, $REMOTE) n) remote;

INSERT INTO accounts (id, username, uri, url, inbox_url, shared_inbox_url, outbox_url, followers_url, following_url,
                      display_name, note, indexable, discoverable, created_at, updated_at)
SELECT id, 'local' || n, uri, '$WEB/@local' || n, uri || '/inbox', '$WEB/inbox', uri || '/outbox', uri || '/followers',
       uri || '/following', 'Member ' || n, '<p>One of us, number ' || n || '.</p>', true, true, now() - interval '1 year', now()
  FROM (SELECT n, id, '$WEB/ap/users/' || id AS uri
          FROM (SELECT n, snowflake(now() - interval '1 year' + n * interval '1 hour') AS id
                  FROM generate_series(1, $LOCAL - (SELECT count(*) FROM members)) n) ids) local;
INSERT INTO members (account_id, confirmed_at, approved_at, last_active_at, created_at)
SELECT id, now(), now(), now(), created_at FROM accounts WHERE username LIKE 'local%' AND domain IS NULL;

CREATE TEMPORARY TABLE people AS
SELECT id, domain IS NULL AND username <> 'instance.actor' AS local, row_number() OVER (ORDER BY id) AS n
  FROM accounts WHERE domain IS NOT NULL OR id IN (SELECT account_id FROM members);
CREATE UNIQUE INDEX ON people (n);
CREATE TEMPORARY TABLE bench_members AS
SELECT id, row_number() OVER (ORDER BY id) AS n FROM accounts WHERE username LIKE 'bench%' AND domain IS NULL;
ANALYZE people;

-- 200 follows per member, over everybody.
INSERT INTO follows (id, follower_id, followee_id, uri, created_at)
SELECT snowflake(now() - random() * interval '300 days'), pick.follower, p.id,
       '$WEB/bench/follows/' || pick.follower || '/' || p.id, now()
  FROM (SELECT account_id AS follower, 1 + floor(random() * $PEOPLE)::bigint AS n
          FROM members CROSS JOIN generate_series(1, $FOLLOWS)) pick
  JOIN people p ON p.n = pick.n
 WHERE p.id <> pick.follower
    ON CONFLICT DO NOTHING;

-- One member of the bench is followed by 200 people at the sink's 50 hosts.
INSERT INTO follows (id, follower_id, followee_id, uri, created_at)
SELECT snowflake(now() - random() * interval '300 days'), a.id, b.id, a.uri || '/follows/' || b.id, now()
  FROM bench_members b
  JOIN LATERAL (SELECT id, uri FROM accounts WHERE domain LIKE '127.%' AND b.n = 1 ORDER BY id LIMIT 200) a ON true
    ON CONFLICT DO NOTHING;

-- All of them follow the remote author whose deliveries are measured.
INSERT INTO follows (id, follower_id, followee_id, uri, created_at)
SELECT snowflake(now() - interval '1 day'), b.id, a.id, '$WEB/bench/follows/' || b.id || '/peer', now()
  FROM bench_members b JOIN accounts a ON a.username = '$PEER'
    ON CONFLICT DO NOTHING;

-- What they say: over 90 days, one in five answers somebody, one in twenty is for followers only.
CREATE TEMPORARY TABLE said AS
SELECT snowflake(at) AS id, at, n, author, 1 + floor(random() * 20)::int AS topic, random() AS kind, random() AS reach, random() AS answers
  FROM (SELECT n, now() - interval '90 days' + (n::double precision / $STATUSES) * interval '90 days' - interval '1 minute' AS at,
               1 + floor(random() * $PEOPLE)::bigint AS author
          FROM generate_series(1::bigint, $STATUSES) n) rows;
CREATE UNIQUE INDEX ON said (n);
ANALYZE said;

INSERT INTO statuses (id, uri, url, account_id, local, in_reply_to_id, in_reply_to_account_id, source, content, spoiler,
                      visibility, language, tags, created_at)
SELECT s.id,
       CASE WHEN p.local THEN '$WEB/ap/users/' || p.id || '/statuses/' || s.id ELSE a.uri || '/statuses/' || s.id END,
       a.url || '/' || s.id,
       p.id, p.local, earlier.id, earlier_by.id,
       CASE WHEN p.local THEN words ELSE '' END,
       '<p>' || words || ' <a href="https://tag.example/tags/topic' || s.topic || '" class="mention hashtag" rel="tag">#<span>topic'
             || s.topic || '</span></a></p>',
       CASE WHEN s.kind > 0.95 THEN 'careful' ELSE '' END,
       CASE WHEN s.reach < 0.88 THEN 'public' WHEN s.reach < 0.95 THEN 'unlisted' ELSE 'private' END,
       'en',
       jsonb_build_array(jsonb_build_object('name', 'topic' || s.topic, 'display_name', 'topic' || s.topic)),
       s.at
  FROM said s
  JOIN people p ON p.n = s.author
  JOIN accounts a ON a.id = p.id
  CROSS JOIN LATERAL (SELECT 'Post number ' || s.n || ': ' || repeat('what we did on an evening like any other ', 1 + (s.n % 6)::int) AS words) w
  LEFT JOIN said earlier ON s.answers < 0.2 AND earlier.n = greatest(1, s.n - 1 - (s.n % 97))
  LEFT JOIN people earlier_by ON earlier_by.n = earlier.author
 ORDER BY s.id;

-- One long thread, to be read as a whole: 35 posts that each answer the one before.
CREATE TEMPORARY TABLE thread AS
SELECT s.id, row_number() OVER (ORDER BY s.id) AS n
  FROM (SELECT id FROM statuses WHERE visibility = 'public' AND in_reply_to_id IS NULL ORDER BY id DESC LIMIT 35) s;
UPDATE statuses s SET conversation_uri = 'bench:thread' FROM thread t WHERE s.id = t.id;
UPDATE statuses s SET in_reply_to_id = before.id, in_reply_to_account_id = b.account_id
  FROM thread t JOIN thread before ON before.n = t.n - 1 JOIN statuses b ON b.id = before.id
 WHERE s.id = t.id;

INSERT INTO tags (name, display_name, created_at) SELECT 'topic' || n, 'topic' || n, now() FROM generate_series(1, 20) n;
INSERT INTO status_tags (tag_id, status_id) SELECT t.id, s.id FROM said s JOIN tags t ON t.name = 'topic' || s.topic;

-- Favourites, and boosts of one public post in twenty.
INSERT INTO favourites (id, account_id, status_id, uri, created_at)
SELECT snowflake(w.at), p.id, w.id, '$WEB/bench/likes/' || w.id || '/' || p.id, w.at
  FROM (SELECT id, at, 1 + (n * 7919 + k * 104729) % $PEOPLE AS pick FROM said CROSS JOIN generate_series(1, 3) k WHERE k <= n % 4) w
  JOIN people p ON p.n = w.pick
    ON CONFLICT DO NOTHING;
INSERT INTO statuses (id, uri, url, account_id, local, boost_of_id, visibility, created_at)
SELECT id, uri, uri, account_id, local, boost_of_id, 'public', at
  FROM (SELECT snowflake(s.created_at + interval '1 minute') AS id, s.created_at + interval '1 minute' AS at, p.id AS account_id,
               p.local, s.id AS boost_of_id, '$WEB/bench/boosts/' || s.id AS uri
          FROM statuses s
          JOIN said w ON w.id = s.id
          JOIN people p ON p.n = 1 + (w.n * 15485863) % $PEOPLE
         WHERE s.visibility = 'public' AND w.n % 20 = 0) boosts
    ON CONFLICT DO NOTHING;

-- Counters, as they would have been kept.
UPDATE statuses s SET favourites_count = c.n FROM (SELECT status_id, count(*) AS n FROM favourites GROUP BY 1) c WHERE c.status_id = s.id;
UPDATE statuses s SET boosts_count = 1 FROM statuses b WHERE b.boost_of_id = s.id;
UPDATE statuses s SET replies_count = c.n
  FROM (SELECT in_reply_to_id, count(*) AS n FROM statuses WHERE in_reply_to_id IS NOT NULL GROUP BY 1) c WHERE c.in_reply_to_id = s.id;
UPDATE accounts a SET followers_count = coalesce(f.n, 0), following_count = coalesce(g.n, 0), statuses_count = coalesce(s.n, 0),
                      last_status_on = s.newest
  FROM accounts x
  LEFT JOIN (SELECT followee_id, count(*) AS n FROM follows GROUP BY 1) f ON f.followee_id = x.id
  LEFT JOIN (SELECT follower_id, count(*) AS n FROM follows GROUP BY 1) g ON g.follower_id = x.id
  LEFT JOIN (SELECT account_id, count(*) AS n, max(created_at)::date AS newest FROM statuses GROUP BY 1) s ON s.account_id = x.id
 WHERE a.id = x.id;
UPDATE members SET last_active_at = now();
ANALYZE statuses; ANALYZE follows;

-- Home, as it would have been written: the newest 800 of whom each member follows, and their own.
INSERT INTO home_entries (account_id, status_id, original_id, author_id)
SELECT m.account_id, newest.id, coalesce(newest.boost_of_id, newest.id), newest.account_id
  FROM members m
 CROSS JOIN LATERAL (
           SELECT s.id, s.boost_of_id, s.account_id
             FROM (SELECT followee_id AS author FROM follows WHERE follower_id = m.account_id
                    UNION ALL SELECT m.account_id) followed
            CROSS JOIN LATERAL (SELECT id, boost_of_id, account_id FROM statuses
                                 WHERE account_id = followed.author AND deleted_at IS NULL ORDER BY id DESC LIMIT 40) s
            ORDER BY s.id DESC LIMIT 800) newest
    ON CONFLICT DO NOTHING;

-- Notifications of the members that ask: favourites of their posts, follows, mentions.
INSERT INTO notifications (id, account_id, kind, from_id, status_id, created_at)
SELECT snowflake(at), b.id, CASE k % 3 WHEN 0 THEN 'favourite' WHEN 1 THEN 'mention' ELSE 'follow' END, p.id,
       CASE k % 3 WHEN 0 THEN own.id WHEN 1 THEN theirs.id END, at
  FROM bench_members b
 CROSS JOIN generate_series(1, 200) k
  JOIN people p ON p.n = 1 + (b.n * 1000 + k * 37) % $PEOPLE
 CROSS JOIN LATERAL (SELECT now() - k * interval '1 hour' AS at) t
  LEFT JOIN LATERAL (SELECT id FROM statuses WHERE account_id = b.id AND boost_of_id IS NULL AND deleted_at IS NULL ORDER BY id DESC LIMIT 1) own ON true
  LEFT JOIN LATERAL (SELECT id FROM statuses WHERE account_id = p.id AND visibility = 'public' AND boost_of_id IS NULL AND deleted_at IS NULL
                      ORDER BY id DESC LIMIT 1) theirs ON true
 WHERE p.id <> b.id AND (k % 3 <> 0 OR own.id IS NOT NULL) AND (k % 3 <> 1 OR theirs.id IS NOT NULL)
    ON CONFLICT DO NOTHING;
INSERT INTO mentions (status_id, account_id)
SELECT DISTINCT status_id, account_id FROM notifications WHERE kind = 'mention' ON CONFLICT DO NOTHING;

VACUUM ANALYZE;
