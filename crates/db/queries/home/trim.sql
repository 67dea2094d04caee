-- Cuts back the next homes, in the order of accounts. $1: those after this account. $2: at most so many homes. $3: entries a home keeps.
WITH RECURSIVE homes AS (
    -- From home to home: the entries between are not read.
    SELECT (SELECT min(h.account_id) FROM home_entries h WHERE h.account_id > $1) AS account_id, 1 AS place
     UNION ALL
    SELECT (SELECT min(h.account_id) FROM home_entries h WHERE h.account_id > homes.account_id), homes.place + 1
      FROM homes
     WHERE homes.account_id IS NOT NULL
       AND homes.place < $2
), edges AS MATERIALIZED (
    -- Of a home whose member is gone nothing stays.
    SELECT homes.account_id,
           CASE WHEN EXISTS (SELECT 1 FROM members m WHERE m.account_id = homes.account_id)
                THEN (SELECT h.status_id
                        FROM home_entries h
                       WHERE h.account_id = homes.account_id
                       ORDER BY h.status_id DESC
                      OFFSET $3::bigint - 1
                       LIMIT 1)
                ELSE 9223372036854775807
           END AS oldest
      FROM homes
     WHERE homes.account_id IS NOT NULL
), gone AS (
    -- By where they lie: entries are never updated, and PostgreSQL cannot be led to read all homes.
    DELETE FROM home_entries h
     WHERE h.ctid = ANY (ARRAY(SELECT x.place
                                 FROM edges e
                                CROSS JOIN LATERAL (SELECT x.ctid AS place
                                                      FROM home_entries x
                                                     WHERE x.account_id = e.account_id
                                                       AND x.status_id < e.oldest
                                                    OFFSET 0) x))
 RETURNING 1
)
SELECT (SELECT max(account_id) FROM edges) AS last_account_id,
       (SELECT count(*) FROM gone) AS "gone!"
