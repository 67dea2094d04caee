-- A member who writes, with the app they write with and the post that their key has given. $1: who. $2: the app. $3: the key. $4: since when
-- the key counts. All columns of accounts come first.
SELECT a.*,
       m.default_visibility,
       m.default_sensitive,
       m.default_language,
       m.locale,
       p.name,
       p.website,
       (SELECT k.status_id
          FROM idempotency_keys k
         WHERE k.account_id = $1 AND k.key = $3 AND k.created_at > $4)
  FROM accounts a
  JOIN members m ON m.account_id = a.id
  LEFT JOIN applications p ON p.id = $2
 WHERE a.id = $1
   AND a.suspended_at IS NULL
