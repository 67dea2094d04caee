-- The newest posts of somebody enter the home of a member who follows them from now on.
-- $1: the member. $2: who is followed. $3: at most so many.
INSERT INTO home_entries (account_id, status_id, original_id, author_id)
SELECT $1, s.id, coalesce(s.boost_of_id, s.id), s.account_id
  FROM statuses_visible_to($1) s
  JOIN follows f ON f.follower_id = $1 AND f.followee_id = s.account_id
 WHERE s.account_id = $2
   AND s.visibility IN ('public', 'unlisted', 'private')
   AND EXISTS (SELECT 1 FROM members m WHERE m.account_id = $1)
   AND (s.language IS NULL OR cardinality(f.languages) = 0 OR s.language = ANY (f.languages))
   AND (   s.in_reply_to_uri IS NULL
        OR s.in_reply_to_account_id IN (s.account_id, $1)
        OR EXISTS (SELECT 1 FROM follows g
                    WHERE g.follower_id = $1 AND g.followee_id = s.in_reply_to_account_id))
   AND (   s.boost_of_id IS NULL
        OR (    f.shows_boosts
            AND EXISTS (SELECT 1
                          FROM statuses_visible_to($1) o
                         WHERE o.id = s.boost_of_id
                           AND NOT EXISTS (SELECT 1 FROM blocks b WHERE b.blocker_id = $1 AND b.blocked_id = o.account_id)
                           AND NOT EXISTS (SELECT 1 FROM mutes u WHERE u.muter_id = $1 AND u.muted_id = o.account_id))
            -- The post itself, or a boost of it: an index each.
            AND NOT EXISTS (SELECT 1 FROM home_entries h WHERE h.account_id = $1 AND h.status_id = s.boost_of_id)
            AND NOT EXISTS (SELECT 1 FROM home_entries h
                             WHERE h.account_id = $1 AND h.original_id = s.boost_of_id AND h.original_id <> h.status_id)))
 ORDER BY s.id DESC
 LIMIT $3
    ON CONFLICT DO NOTHING
