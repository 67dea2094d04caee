-- Who may see a status, for lists: written once, here, in a form that PostgreSQL folds into the query
-- around it (LANGUAGE sql, STABLE, one SELECT, no SET). Its twin for one loaded status is
-- model::visibility::Sight; a test holds the two equal in every case. NULL is anybody.
--
-- OFFSET 0 keeps PostgreSQL from reading all follows or mentions of the viewer into a hash where it would look up a
-- few: a page has twenty rows, and somebody can be mentioned fifty thousand times.
CREATE FUNCTION statuses_visible_to(viewer bigint) RETURNS SETOF statuses
LANGUAGE sql STABLE AS $$
    SELECT s.*
      FROM statuses s
     WHERE s.deleted_at IS NULL
       AND NOT EXISTS (
               SELECT 1 FROM accounts a
                WHERE a.id = s.account_id AND a.suspended_at IS NOT NULL)
       AND (   s.account_id = viewer
            OR (    NOT EXISTS (
                        SELECT 1 FROM blocks b
                         WHERE b.blocker_id = s.account_id AND b.blocked_id = viewer
                        OFFSET 0)
                AND (   s.visibility IN ('public', 'unlisted')
                     OR (    s.visibility = 'private'
                         AND EXISTS (
                                 SELECT 1 FROM follows f
                                  WHERE f.follower_id = viewer AND f.followee_id = s.account_id
                                 OFFSET 0))
                     OR EXISTS (
                            SELECT 1 FROM mentions m
                             WHERE m.status_id = s.id AND m.account_id = viewer
                            OFFSET 0))))
$$;
