-- Follows and requests of these accounts come back as they were, where neither side is suspended here any more and nobody has
-- blocked the other meanwhile. $1: accounts.
WITH back AS (
    DELETE FROM severed_follows k
     USING accounts follower, accounts followee
     WHERE (k.follower_id = ANY ($1) OR k.followee_id = ANY ($1))
       AND follower.id = k.follower_id
       AND followee.id = k.followee_id
       AND follower.suspension_origin IS DISTINCT FROM 'local'
       AND followee.suspension_origin IS DISTINCT FROM 'local'
 RETURNING k.*
), usable AS (
    SELECT b.*
      FROM back b
     WHERE NOT EXISTS (SELECT 1
                         FROM blocks x
                        WHERE (x.blocker_id = b.follower_id AND x.blocked_id = b.followee_id)
                           OR (x.blocker_id = b.followee_id AND x.blocked_id = b.follower_id))
), followed AS (
    INSERT INTO follows (id, follower_id, followee_id, uri, shows_boosts, notifies, languages, created_at)
    SELECT u.id, u.follower_id, u.followee_id, u.uri, u.shows_boosts, u.notifies, u.languages, u.created_at
      FROM usable u
     WHERE NOT u.is_request
        ON CONFLICT DO NOTHING
 RETURNING follower_id, followee_id, uri, id
), asked AS (
    INSERT INTO follow_requests (id, follower_id, followee_id, uri, shows_boosts, notifies, languages, created_at)
    SELECT u.id, u.follower_id, u.followee_id, u.uri, u.shows_boosts, u.notifies, u.languages, u.created_at
      FROM usable u
     WHERE u.is_request
       AND NOT EXISTS (SELECT 1 FROM follows f WHERE f.follower_id = u.follower_id AND f.followee_id = u.followee_id)
        ON CONFLICT DO NOTHING
 RETURNING follower_id, followee_id, uri, id
), more AS (
    UPDATE accounts a
       SET followers_count = a.followers_count + won.followers,
           following_count = a.following_count + won.following
      FROM (SELECT p.id, sum(p.followers)::bigint AS followers, sum(p.following)::bigint AS following
              FROM (SELECT f.followee_id AS id, 1 AS followers, 0 AS following FROM followed f
                     UNION ALL
                    SELECT f.follower_id, 0, 1 FROM followed f) p
             GROUP BY p.id) won
     WHERE a.id = won.id
)
SELECT p.follower_id AS "follower_id!", p.followee_id AS "followee_id!", p.is_request AS "is_request!", p.uri AS "uri!"
  FROM (SELECT f.follower_id, f.followee_id, false AS is_request, f.uri, f.id FROM followed f
         UNION ALL
        SELECT r.follower_id, r.followee_id, true, r.uri, r.id FROM asked r) p
 ORDER BY p.id
