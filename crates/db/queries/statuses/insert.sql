-- Writes a status with all that hangs on it, in one statement: its place in its author's and its parent's counters, whom it
-- names, its tags, and the key under which it was asked for.
-- $1 places it in time (its id); $2 is when it says it was published. $3: written here, so that its addresses are made from
-- its id. $26 and $27: who is named, and whether silently. $28 and $29: tags, as they are compared and as they are shown. $30: now.
-- $31: the key. $32: a key that was last used before this is free again.
WITH made AS (
    SELECT snowflake($1) AS id
), parent AS (
    SELECT p.id, p.account_id, p.conversation_uri
      FROM statuses p
     WHERE p.uri = $8
       AND p.deleted_at IS NULL
), inserted AS (
    INSERT INTO statuses (
        id, uri, url, account_id, local, created_at,
        in_reply_to_id, in_reply_to_account_id, in_reply_to_uri, boost_of_id,
        source, content, title, spoiler, visibility, sensitive, language, conversation_uri,
        emojis, attachments, tags, application_id, edited_at, favourites_count, boosts_count)
    SELECT made.id,
           CASE WHEN $3 THEN $4::text || made.id || $5::text ELSE $4 END,
           CASE WHEN $3 THEN $6::text || made.id ELSE $6 END,
           $7, $3, $2,
           parent.id, parent.account_id, $8, $9,
           $10, $11, $12, $13, $14, $15, $16,
           coalesce($17, parent.conversation_uri, $18::text || made.id || ':objectType=Conversation'),
           $19, $20, $21, $22, $23, $24, $25
      FROM made
      LEFT JOIN parent ON true
        ON CONFLICT DO NOTHING
    RETURNING id, uri, url, account_id, local, visibility, created_at, conversation_uri,
              in_reply_to_id, in_reply_to_account_id, in_reply_to_uri, boost_of_id
), author AS (
    -- Direct messages are nobody else's business, so they are not counted where everybody can see it (S36).
    UPDATE accounts a
       SET statuses_count = a.statuses_count + CASE WHEN i.visibility = 'direct' THEN 0 ELSE 1 END,
           last_status_on = CASE WHEN i.visibility = 'direct' THEN a.last_status_on
                                 ELSE greatest(a.last_status_on, (i.created_at AT TIME ZONE 'UTC')::date) END
      FROM inserted i
     WHERE a.id = i.account_id
), answered AS (
    UPDATE statuses p
       SET replies_count = p.replies_count + 1
      FROM inserted i
     WHERE p.id = i.in_reply_to_id
       AND i.visibility IN ('public', 'unlisted')
), boosted AS (
    UPDATE statuses o
       SET boosts_count = o.boosts_count + 1
      FROM inserted i
     WHERE o.id = i.boost_of_id
), named AS (
    INSERT INTO mentions (status_id, account_id, silent, position)
    SELECT i.id, given.account_id, bool_and(given.silent), min(given.place)::smallint
      FROM inserted i
     CROSS JOIN unnest($26::bigint[], $27::boolean[]) WITH ORDINALITY AS given (account_id, silent, place)
      JOIN accounts a ON a.id = given.account_id
     GROUP BY i.id, given.account_id
), new_tags AS (
    -- No tag that exists is locked, so that posts of a popular tag do not wait for each other.
    INSERT INTO tags (name, display_name, created_at)
    SELECT given.name, given.display_name, $30
      FROM inserted i
     CROSS JOIN unnest($28::text[], $29::text[]) AS given (name, display_name)
     WHERE NOT EXISTS (SELECT 1 FROM tags t WHERE t.name = given.name)
        ON CONFLICT (name) DO NOTHING
    RETURNING id
), tagged AS (
    INSERT INTO status_tags (tag_id, status_id)
    SELECT t.id, i.id
      FROM inserted i
     CROSS JOIN (SELECT n.id FROM new_tags n
                  UNION ALL
                 SELECT t.id FROM tags t WHERE t.name = ANY ($28)) t
    RETURNING 1
), remembered AS (
    INSERT INTO idempotency_keys (account_id, key, status_id, created_at)
    SELECT i.account_id, $31, i.id, $30
      FROM inserted i
     WHERE $31::text IS NOT NULL
        ON CONFLICT (account_id, key) DO UPDATE
                SET status_id = excluded.status_id, created_at = excluded.created_at
              WHERE idempotency_keys.created_at <= $32
    RETURNING 1
)
SELECT i.id AS "id!",
       i.uri AS "uri!",
       i.url AS "url!",
       i.conversation_uri,
       i.in_reply_to_id,
       i.in_reply_to_account_id,
       (SELECT count(*) FROM tagged) AS "tags!",
       EXISTS (SELECT 1 FROM remembered) AS "is_remembered!",
       -- Nobody answers what has just got its id.
       NOT i.local AND EXISTS (SELECT 1 FROM statuses w
                                WHERE w.in_reply_to_uri = i.uri AND w.in_reply_to_id IS NULL) AS "is_waited_for!",
           i.in_reply_to_uri IS NOT NULL
       AND i.in_reply_to_id IS NULL
       AND NOT EXISTS (SELECT 1 FROM tombstones t WHERE t.uri = i.in_reply_to_uri) AS "waits_for_parent!"
  FROM inserted i
