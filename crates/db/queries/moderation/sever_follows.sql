-- Cuts follows and requests, and keeps them. $1: accounts that follow nobody any more. $2: nobody follows them either. $3: now.
WITH gone AS (
    DELETE FROM follows f
     WHERE f.follower_id = ANY ($1)
        OR ($2::boolean AND f.followee_id = ANY ($1))
 RETURNING f.*
), asked AS (
    DELETE FROM follow_requests r
     WHERE r.follower_id = ANY ($1)
        OR ($2::boolean AND r.followee_id = ANY ($1))
 RETURNING r.*
), cut AS (
    SELECT g.follower_id, g.followee_id, false AS is_request, g.id, g.uri, g.shows_boosts, g.notifies, g.languages, g.created_at
      FROM gone g
     UNION ALL
    SELECT r.follower_id, r.followee_id, true, r.id, r.uri, r.shows_boosts, r.notifies, r.languages, r.created_at
      FROM asked r
), kept AS (
    INSERT INTO severed_follows (
        follower_id, followee_id, is_request, id, uri, shows_boosts, notifies, languages, created_at, severed_at)
    SELECT c.*, $3 FROM cut c
        ON CONFLICT (follower_id, followee_id, is_request) DO UPDATE
                SET id = excluded.id,
                    uri = excluded.uri,
                    shows_boosts = excluded.shows_boosts,
                    notifies = excluded.notifies,
                    languages = excluded.languages,
                    created_at = excluded.created_at,
                    severed_at = excluded.severed_at
), fewer AS (
    UPDATE accounts a
       SET followers_count = greatest(0, a.followers_count - lost.followers),
           following_count = greatest(0, a.following_count - lost.following)
      FROM (SELECT p.id, sum(p.followers)::bigint AS followers, sum(p.following)::bigint AS following
              FROM (SELECT g.followee_id AS id, 1 AS followers, 0 AS following FROM gone g
                     UNION ALL
                    SELECT g.follower_id, 0, 1 FROM gone g) p
             GROUP BY p.id) lost
     WHERE a.id = lost.id
)
SELECT c.follower_id AS "follower_id!", c.followee_id AS "followee_id!", c.is_request AS "is_request!", c.uri AS "uri!"
  FROM cut c
 ORDER BY c.id
