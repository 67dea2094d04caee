-- A post from elsewhere meets what is here. $1: its id. $2: its author. $3: the id of what it answers. $4: who is addressed. $5: followers
-- are counted no further than this. $6: now.
SELECT EXISTS (SELECT 1 FROM tombstones t WHERE t.uri = $1 AND (t.expires_at IS NULL OR t.expires_at > $6)) AS "is_gone!",
       k.id AS "id?",
       k.account_id AS "account_id?",
       k.local AS "local?",
       k.visibility AS "visibility?",
       k.boost_of_id AS "boost_of_id?",
       k.created_at AS "created_at?",
       k.edited_at AS "edited_at?",
       k.deleted_at AS "deleted_at?",
       a.suspended_at IS NOT NULL AS "author_is_suspended?",
       EXISTS (SELECT 1
                 FROM follows f
                 JOIN members m ON m.account_id = f.follower_id
                WHERE f.followee_id = $2) AS "is_followed!",
       EXISTS (SELECT 1
                 FROM statuses p
                WHERE p.uri = $3
                  AND p.deleted_at IS NULL
                  AND (   p.local
                       OR EXISTS (SELECT 1
                                    FROM follows f
                                    JOIN members m ON m.account_id = f.follower_id
                                   WHERE f.followee_id = p.account_id))) AS "answers_somebody!",
       EXISTS (SELECT 1 FROM members m WHERE m.account_id = ANY ($4)) AS "addresses_member!",
       (SELECT count(*) FROM (SELECT 1 FROM follows f WHERE f.followee_id = $2 LIMIT $5) f) AS "followers!"
  FROM (SELECT 1) one
  LEFT JOIN statuses k ON k.uri = $1
  LEFT JOIN accounts a ON a.id = $2
