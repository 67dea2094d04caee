-- Whom members follow: three tenths are members, the rest remote people; everybody about as many times as everybody else.

INSERT INTO follows (id, follower_id, followee_id, uri, created_at)
SELECT (extract(epoch FROM at) * 1000)::bigint << 16 | (row_number() OVER (ORDER BY at) & 65535),
       follower, followee, uri || '/follows/' || followee, at
  FROM (SELECT m.id AS follower, m.uri, p.id AS followee, now() - pg_temp.pick(m.id, p.id, 400 * 86400) * interval '1 second' AS at
          FROM people m
         CROSS JOIN generate_series(0::bigint, $FOLLOWED_MEMBERS - 1) k
          JOIN people p ON p.local
                       AND p.n = 1 + k * ($LOCAL / $FOLLOWED_MEMBERS) + pg_temp.pick(m.n, k, $LOCAL / $FOLLOWED_MEMBERS)
         WHERE m.local AND p.id <> m.id
         UNION ALL
        SELECT m.id, m.uri, p.id, now() - pg_temp.pick(m.id, p.id, 400 * 86400) * interval '1 second'
          FROM people m
         CROSS JOIN generate_series(0::bigint, $FOLLOWED_REMOTE - 1) k
          JOIN people p ON NOT p.local
                       AND p.n = 1 + k * ($ACTIVE / $FOLLOWED_REMOTE) + pg_temp.pick(m.n, 1000 + k, $ACTIVE / $FOLLOWED_REMOTE)
         WHERE m.local) pairs;

-- The first member is followed from all of the sink's hosts, four people at each. No other member has followers elsewhere,
-- so that posting and delivering can be measured apart.
INSERT INTO follows (id, follower_id, followee_id, uri, created_at)
SELECT (extract(epoch FROM now() - interval '300 days') * 1000)::bigint << 16 | row_number() OVER (), a.id, p.id, a.uri || '/follows/1', now() - interval '300 days'
  FROM accounts a
  JOIN people p ON p.local AND p.n = 1
 WHERE a.domain LIKE '127.%';
ANALYZE follows;
