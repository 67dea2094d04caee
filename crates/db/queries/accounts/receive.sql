INSERT INTO accounts (
    id, uri, url, username, domain, actor_type, inbox_url, shared_inbox_url, outbox_url, followers_url, following_url,
    featured_url, display_name, note, fields, emojis, locked, discoverable, indexable, memorial, suspended_at,
    suspension_origin, avatar_url, avatar_description, header_url, header_description, also_known_as, created_at,
    followers_count, following_count, statuses_count, hides_collections, updated_at, fetched_at, suspended_elsewhere_at
)
SELECT snowflake($31), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10,
       $11, $12, $13, $14, $15, $16, $17::boolean, $18, $19, CASE WHEN $20 THEN $31 END,
       CASE WHEN $20 THEN 'remote' END, $21, $22, $23, $24, $25, coalesce($26, $31),
       coalesce($27::bigint, 0), coalesce($28::bigint, 0), coalesce($29::bigint, 0), $30, $31, $31, CASE WHEN $20 THEN $31 END
ON CONFLICT (uri) DO UPDATE
   SET url = excluded.url,
       username = excluded.username,
       domain = excluded.domain,
       actor_type = excluded.actor_type,
       inbox_url = excluded.inbox_url,
       shared_inbox_url = excluded.shared_inbox_url,
       outbox_url = excluded.outbox_url,
       followers_url = excluded.followers_url,
       following_url = excluded.following_url,
       featured_url = excluded.featured_url,
       display_name = excluded.display_name,
       note = excluded.note,
       fields = excluded.fields,
       emojis = excluded.emojis,
       locked = excluded.locked,
       discoverable = excluded.discoverable,
       indexable = excluded.indexable,
       memorial = excluded.memorial,
       -- What its server says of it stands by itself; what follows from it and from what we have decided is settled after this.
       suspended_elsewhere_at = CASE WHEN $20 THEN coalesce(accounts.suspended_elsewhere_at, $31) END,
       avatar_url = excluded.avatar_url,
       avatar_description = excluded.avatar_description,
       header_url = excluded.header_url,
       header_description = excluded.header_description,
       also_known_as = excluded.also_known_as,
       followers_count = coalesce($27::bigint, accounts.followers_count),
       following_count = coalesce($28::bigint, accounts.following_count),
       statuses_count = coalesce($29::bigint, accounts.statuses_count),
       hides_collections = excluded.hides_collections,
       updated_at = excluded.updated_at,
       fetched_at = excluded.fetched_at
RETURNING id
