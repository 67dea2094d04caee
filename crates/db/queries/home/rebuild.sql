-- A member's home from nothing: the newest posts of each whom the member follows, and their own; then the newest 800.
-- $1: the member. $2: at most so many of each. $3: at most so many in all.
INSERT INTO home_entries (account_id, status_id, original_id, author_id)
SELECT $1, found.id, found.original_id, found.account_id
  FROM (SELECT DISTINCT ON (one.original_id) one.*
          FROM (SELECT $1::bigint AS followee_id, true AS shows_boosts, '{}'::text[] AS languages
                 UNION ALL
                SELECT f.followee_id, f.shows_boosts, f.languages FROM follows f WHERE f.follower_id = $1) followed
         CROSS JOIN LATERAL (
                SELECT s.id, coalesce(s.boost_of_id, s.id) AS original_id, s.account_id
                  FROM statuses_visible_to($1) s
                 WHERE s.account_id = followed.followee_id
                   AND (s.visibility IN ('public', 'unlisted', 'private') OR s.account_id = $1)
                   AND (s.language IS NULL OR cardinality(followed.languages) = 0 OR s.language = ANY (followed.languages))
                   AND (   s.in_reply_to_uri IS NULL
                        OR s.in_reply_to_account_id IN (s.account_id, $1)
                        OR s.account_id = $1
                        OR EXISTS (SELECT 1 FROM follows g
                                    WHERE g.follower_id = $1 AND g.followee_id = s.in_reply_to_account_id))
                   AND (   s.boost_of_id IS NULL
                        OR (    followed.shows_boosts
                            AND EXISTS (SELECT 1
                                          FROM statuses_visible_to($1) o
                                         WHERE o.id = s.boost_of_id
                                           AND NOT EXISTS (SELECT 1 FROM blocks b WHERE b.blocker_id = $1 AND b.blocked_id = o.account_id)
                                           AND NOT EXISTS (SELECT 1 FROM mutes u WHERE u.muter_id = $1 AND u.muted_id = o.account_id))))
                 ORDER BY s.id DESC
                 LIMIT $2) one
         -- Of a post and its boosts the oldest stays: that is what was seen first.
         ORDER BY one.original_id, one.id) found
 WHERE NOT EXISTS (SELECT 1 FROM mutes u WHERE u.muter_id = $1 AND u.muted_id = found.account_id)
 ORDER BY found.id DESC
 LIMIT $3
    ON CONFLICT DO NOTHING
