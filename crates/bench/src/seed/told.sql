-- What members find: their homes, their notifications; and the counters as they would have been kept.

-- The newest 800 of whom each follows, and their own; answers to others only where both are followed; a post or one boost of it.
INSERT INTO home_entries (account_id, status_id, original_id, author_id)
SELECT member, id, original_id, author_id
  FROM (SELECT once.*, row_number() OVER (PARTITION BY member ORDER BY id DESC) AS place
          FROM (SELECT DISTINCT ON (reader.id, coalesce(original.id, s.id))
                       reader.id AS member, s.id, coalesce(original.id, s.id) AS original_id, s.author_id
                  FROM plan s
                  LEFT JOIN plan original ON original.n = s.boosted
                  LEFT JOIN plan parent ON parent.n = s.parent
                 CROSS JOIN LATERAL (SELECT f.follower_id AS id FROM follows f WHERE f.followee_id = s.author_id
                                      UNION ALL SELECT s.author_id WHERE s.local) reader
                 WHERE s.n > $STATUSES - 45000
                   AND s.visibility <> 'direct'
                   AND (   parent.author_id IS NULL
                        OR parent.author_id IN (s.author_id, reader.id)
                        OR reader.id = s.author_id
                        OR EXISTS (SELECT 1 FROM follows g WHERE g.follower_id = reader.id AND g.followee_id = parent.author_id))
                   AND EXISTS (SELECT 1 FROM members m WHERE m.account_id = reader.id)
                 ORDER BY reader.id, coalesce(original.id, s.id), s.id) once) ranked
 WHERE place <= 800
 ORDER BY member, id;

INSERT INTO notifications (id, account_id, kind, from_id, status_id, created_at)
SELECT (extract(epoch FROM at) * 1000)::bigint << 16 | (row_number() OVER (ORDER BY at) & 65535), account_id, kind, from_id, status_id, at
  FROM (SELECT author_id AS account_id, 'favourite' AS kind, account_id AS from_id, status_id, at FROM liked WHERE local
         UNION ALL
        SELECT m.account_id, 'mention', s.author_id, s.id, s.at FROM named m JOIN plan s ON s.n = m.n JOIN people p ON p.id = m.account_id AND p.local
         UNION ALL
        SELECT original.author_id, 'reblog', s.author_id, original.id, s.at
          FROM plan s JOIN plan original ON original.n = s.boosted WHERE original.local AND original.author_id <> s.author_id
         UNION ALL
        SELECT f.followee_id, 'follow', f.follower_id, NULL, f.created_at FROM follows f JOIN people p ON p.id = f.followee_id AND p.local) told
    ON CONFLICT DO NOTHING;

-- Everybody blocks two people and mutes three, of those whom they do not follow, and keeps ten posts.
INSERT INTO blocks (id, blocker_id, blocked_id, uri, created_at)
SELECT m.n * 10 + k, m.id, p.id, m.uri || '/blocks/' || p.id, now()
  FROM people m CROSS JOIN generate_series(1, 2) k JOIN people p ON NOT p.local AND p.n = 1 + pg_temp.pick(m.n, 60 + k, $ACTIVE)
 WHERE m.local AND NOT EXISTS (SELECT 1 FROM follows f WHERE f.follower_id = m.id AND f.followee_id = p.id)
    ON CONFLICT DO NOTHING;
INSERT INTO mutes (id, muter_id, muted_id, created_at)
SELECT m.n * 10 + k, m.id, p.id, now()
  FROM people m CROSS JOIN generate_series(1, 3) k JOIN people p ON NOT p.local AND p.n = 1 + pg_temp.pick(m.n, 70 + k, $ACTIVE)
 WHERE m.local AND NOT EXISTS (SELECT 1 FROM follows f WHERE f.follower_id = m.id AND f.followee_id = p.id)
    ON CONFLICT DO NOTHING;
INSERT INTO bookmarks (id, account_id, status_id, created_at)
SELECT m.n * 100 + k, m.id, s.id, now()
  FROM people m CROSS JOIN generate_series(1, 10) k JOIN plan s ON s.n = $STATUSES - pg_temp.pick(m.n, 80 + k, 40000)
 WHERE m.local AND s.visibility = 'public' AND s.kind <> 'boost'
    ON CONFLICT DO NOTHING;

UPDATE accounts a
   SET followers_count = coalesce(followers.count, 0), following_count = coalesce(following.count, 0),
       statuses_count = coalesce(said.count, 0), last_status_on = said.newest
  FROM accounts x
  LEFT JOIN (SELECT followee_id, count(*) FROM follows GROUP BY 1) followers ON followers.followee_id = x.id
  LEFT JOIN (SELECT follower_id, count(*) FROM follows GROUP BY 1) following ON following.follower_id = x.id
  LEFT JOIN (SELECT author_id, count(*), max(at)::date AS newest FROM plan WHERE visibility <> 'direct' GROUP BY 1) said ON said.author_id = x.id
 WHERE a.id = x.id;

VACUUM ANALYZE;
CHECKPOINT;
