-- Statuses with all that is needed to show them but their authors; and likewise what they boost.
-- (OFFSET 0: look each up, do not read all of the viewer's; see statuses_visible_to.)
-- $1: who looks, NULL for anybody. $2: ids. $3: all of them, whoever may see them, even deleted ones.
WITH wanted AS MATERIALIZED (
    SELECT given.id
      FROM unnest($2::bigint[]) AS given (id)
     UNION
    SELECT (SELECT b.boost_of_id FROM statuses b WHERE b.id = given.id)
      FROM unnest($2::bigint[]) AS given (id)
), seen AS (
    SELECT s.*
      FROM wanted w
      JOIN statuses_visible_to($1) s ON s.id = w.id
     WHERE NOT $3::boolean
     UNION ALL
    SELECT s.*
      FROM wanted w
      JOIN statuses s ON s.id = w.id
     WHERE $3::boolean
)
SELECT s.id AS "id!",
       s.uri AS "uri!",
       s.url AS "url!",
       s.account_id AS "account_id!",
       s.local AS "local!",
       s.in_reply_to_id,
       s.in_reply_to_account_id,
       s.in_reply_to_uri,
       s.boost_of_id,
       s.source AS "source!",
       s.content AS "content!",
       s.title,
       s.spoiler AS "spoiler!",
       s.visibility AS "visibility!",
       s.sensitive AS "sensitive!",
       s.language,
       s.conversation_uri,
       s.emojis AS "emojis!: Json<Vec<Emoji>>",
       s.attachments AS "attachments!: Json<Vec<Attachment>>",
       s.tags AS "tags!: Json<Vec<TagView>>",
       s.application_id,
       s.created_at AS "created_at!",
       s.edited_at,
       s.replies_count AS "replies_count!",
       s.boosts_count AS "boosts_count!",
       s.favourites_count AS "favourites_count!",
       (SELECT json_agg(
                   json_build_object('id', a.id, 'username', a.username, 'domain', a.domain, 'url', a.url, 'uri', a.uri)
                   ORDER BY m.position, m.account_id)
          FROM mentions m
          JOIN accounts a ON a.id = m.account_id
         WHERE m.status_id = s.id
           AND NOT m.silent) AS "mentions?: Json<Vec<MentionRow>>",
       p.name AS "application_name?",
       p.website AS "application_website?",
       EXISTS (SELECT 1 FROM favourites f WHERE f.account_id = $1 AND f.status_id = s.id OFFSET 0) AS "favourited!",
       EXISTS (SELECT 1 FROM statuses b
                WHERE b.account_id = $1 AND b.boost_of_id = s.id AND b.deleted_at IS NULL OFFSET 0) AS "boosted!",
       EXISTS (SELECT 1 FROM bookmarks k WHERE k.account_id = $1 AND k.status_id = s.id OFFSET 0) AS "bookmarked!",
       EXISTS (SELECT 1 FROM status_pins n WHERE n.account_id = $1 AND n.status_id = s.id OFFSET 0) AS "pinned!"
  FROM seen s
  LEFT JOIN applications p ON p.id = s.application_id
