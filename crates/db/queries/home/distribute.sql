-- Writes a status into the homes of the members who follow its author, and of the author, and tells those who
-- asked to be told of each post. The rules are Mastodon's (FeedManager).
-- $1: the status. $2: members last seen before this are not written to. $3: now. $4: it may have entered homes before.
-- $5: how near to the top of a home a post keeps boosts of it away.
WITH post AS (
    SELECT s.id,
           s.account_id,
           s.visibility,
           s.language,
           s.in_reply_to_uri,
           s.in_reply_to_account_id,
           s.boost_of_id,
           coalesce(s.boost_of_id, s.id) AS original_id,
           o.account_id AS original_author_id
      FROM statuses s
      LEFT JOIN statuses o ON o.id = s.boost_of_id AND o.deleted_at IS NULL
     WHERE s.id = $1
       AND s.deleted_at IS NULL
       AND (s.boost_of_id IS NULL OR o.id IS NOT NULL)
), followers AS MATERIALIZED (
    SELECT f.follower_id,
           f.notifies,
           f.shows_boosts,
           f.languages,
           -- Looked up and not joined: PostgreSQL would read all members to find sixty. Nothing for whoever is no member.
           (SELECT coalesce(m.last_active_at, m.created_at) FROM members m WHERE m.account_id = f.follower_id) AS seen_at
      FROM post p
      JOIN follows f ON f.followee_id = p.account_id
), concerned AS (
    -- Who writes, is boosted or named: one of them being unwanted is enough.
    SELECT p.account_id FROM post p
     UNION ALL
    SELECT p.original_author_id FROM post p WHERE p.original_author_id IS NOT NULL
     UNION ALL
    SELECT m.account_id FROM post p JOIN mentions m ON m.status_id = p.original_id AND NOT m.silent
), apart AS (
    -- Asked once, not for each follower. (OFFSET 0: look each up, do not read all blocks.)
    SELECT b.account_id
      FROM concerned c
     CROSS JOIN LATERAL (SELECT b.blocker_id AS account_id FROM blocks b WHERE b.blocked_id = c.account_id OFFSET 0) b
     UNION ALL
    SELECT u.account_id
      FROM concerned c
     CROSS JOIN LATERAL (SELECT u.muter_id AS account_id FROM mutes u WHERE u.muted_id = c.account_id OFFSET 0) u
     UNION ALL
    SELECT b.account_id
      FROM (SELECT p.account_id FROM post p
             UNION ALL
            SELECT p.original_author_id FROM post p) p
     CROSS JOIN LATERAL (SELECT b.blocked_id AS account_id FROM blocks b WHERE b.blocker_id = p.account_id OFFSET 0) b
), audience AS (
    SELECT f.follower_id AS account_id,
           f.notifies AND p.boost_of_id IS NULL
                      AND (p.in_reply_to_uri IS NULL OR p.in_reply_to_account_id = p.account_id) AS is_told
      FROM post p
     CROSS JOIN followers f
     WHERE f.seen_at >= $2
       AND (   p.visibility IN ('public', 'unlisted', 'private')
            OR EXISTS (SELECT 1 FROM mentions n WHERE n.status_id = p.id AND n.account_id = f.follower_id))
       AND (p.boost_of_id IS NULL OR f.shows_boosts)
       AND (p.language IS NULL OR cardinality(f.languages) = 0 OR p.language = ANY (f.languages))
       -- Answers to others only where the member follows both, or is the one who is answered.
       AND (   p.in_reply_to_uri IS NULL
            OR p.in_reply_to_account_id IN (p.account_id, f.follower_id)
            OR EXISTS (SELECT 1 FROM follows g
                        WHERE g.follower_id = f.follower_id AND g.followee_id = p.in_reply_to_account_id))
       AND f.follower_id NOT IN (SELECT account_id FROM apart)
     UNION ALL
    SELECT p.account_id, false
      FROM post p
     WHERE EXISTS (SELECT 1 FROM members m WHERE m.account_id = p.account_id)
), entered AS (
    -- Without ON CONFLICT, which costs a look before and a note after each row: what is new is in no home yet.
    INSERT INTO home_entries (account_id, status_id, original_id, author_id)
    SELECT a.account_id, p.id, p.original_id, p.account_id
      FROM post p
     CROSS JOIN audience a
     WHERE (   NOT $4
            OR NOT EXISTS (SELECT 1 FROM home_entries h WHERE h.account_id = a.account_id AND h.status_id = p.id))
       AND (   p.boost_of_id IS NULL
            OR NOT EXISTS (
                   SELECT 1
                     -- The post itself, or a boost of it: an index each.
                     FROM (SELECT o.status_id
                             FROM home_entries o
                            WHERE o.account_id = a.account_id AND o.status_id = p.original_id
                            UNION ALL
                           SELECT b.status_id
                             FROM home_entries b
                            WHERE b.account_id = a.account_id
                              AND b.original_id = p.original_id
                              AND b.original_id <> b.status_id) h
                    WHERE (SELECT count(*)
                             FROM (SELECT 1 FROM home_entries n
                                    WHERE n.account_id = a.account_id AND n.status_id > h.status_id
                                    LIMIT $5) newer) < $5))
 RETURNING account_id
), told AS (
    INSERT INTO notifications (id, account_id, kind, from_id, status_id, created_at)
    SELECT snowflake($3), a.account_id, 'status', p.account_id, p.id, $3
      FROM post p
     CROSS JOIN audience a
     WHERE a.is_told
        ON CONFLICT DO NOTHING
)
SELECT (SELECT count(*) FROM entered) AS "entered!",
       EXISTS (SELECT 1 FROM followers f WHERE f.seen_at IS NULL) AS "is_followed_elsewhere!"
