-- Writes a status and counts it. $1 places it in time (its id); $2 is when it says it was published.
-- $3: written here, so that its addresses are made from its id.
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
    RETURNING id, uri, account_id, visibility, created_at, in_reply_to_id, in_reply_to_account_id, boost_of_id
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
)
SELECT i.id AS "id!",
       i.uri AS "uri!",
       i.in_reply_to_id,
       i.in_reply_to_account_id
  FROM inserted i
