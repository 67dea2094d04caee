-- What is the same for everybody who sees a status or an account is rendered once and kept by whoever renders it, by id and
-- version. A version is never used twice, not even after a rollback, so what is kept under it is never wrong and nobody
-- has to be told to forget it. Triggers give it, so that no statement can forget to.
CREATE SEQUENCE versions;
ALTER TABLE accounts ADD COLUMN version bigint NOT NULL DEFAULT 0;
ALTER TABLE statuses ADD COLUMN version bigint NOT NULL DEFAULT 0;

CREATE FUNCTION take_new_version() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    NEW.version := nextval('versions');
    RETURN NEW;
END
$$;

-- Counters, and when somebody was fetched, are no part of a version; a test goes through the columns of both tables.
CREATE TRIGGER accounts_have_versions
    BEFORE UPDATE OF username, domain, uri, url, uri_scheme, inbox_url, shared_inbox_url, outbox_url, followers_url,
                     following_url, featured_url, display_name, note, note_source, fields, emojis, actor_type, locked,
                     discoverable, indexable, hides_collections, memorial, avatar_url, avatar_description, header_url,
                     header_description, also_known_as, moved_to_id, suspended_at, suspension_origin, silenced_at,
                     sensitised_at, created_at
    ON accounts
    FOR EACH ROW
    -- A peer's document is written down whenever it is fetched, mostly as it was.
    WHEN ((OLD.username, OLD.domain, OLD.uri, OLD.url, OLD.uri_scheme, OLD.inbox_url, OLD.shared_inbox_url, OLD.outbox_url,
           OLD.followers_url, OLD.following_url, OLD.featured_url, OLD.display_name, OLD.note, OLD.note_source, OLD.fields,
           OLD.emojis, OLD.actor_type, OLD.locked, OLD.discoverable, OLD.indexable, OLD.hides_collections, OLD.memorial,
           OLD.avatar_url, OLD.avatar_description, OLD.header_url, OLD.header_description, OLD.also_known_as,
           OLD.moved_to_id, OLD.suspended_at, OLD.suspension_origin, OLD.silenced_at, OLD.sensitised_at, OLD.created_at)
          IS DISTINCT FROM
          (NEW.username, NEW.domain, NEW.uri, NEW.url, NEW.uri_scheme, NEW.inbox_url, NEW.shared_inbox_url, NEW.outbox_url,
           NEW.followers_url, NEW.following_url, NEW.featured_url, NEW.display_name, NEW.note, NEW.note_source, NEW.fields,
           NEW.emojis, NEW.actor_type, NEW.locked, NEW.discoverable, NEW.indexable, NEW.hides_collections, NEW.memorial,
           NEW.avatar_url, NEW.avatar_description, NEW.header_url, NEW.header_description, NEW.also_known_as,
           NEW.moved_to_id, NEW.suspended_at, NEW.suspension_origin, NEW.silenced_at, NEW.sensitised_at, NEW.created_at))
    EXECUTE FUNCTION take_new_version();

CREATE TRIGGER statuses_have_versions
    BEFORE UPDATE OF uri, url, account_id, local, in_reply_to_id, in_reply_to_account_id, in_reply_to_uri, boost_of_id,
                     source, content, title, spoiler, visibility, sensitive, language, conversation_uri, emojis,
                     attachments, tags, application_id, created_at, edited_at
    ON statuses
    FOR EACH ROW
    EXECUTE FUNCTION take_new_version();

-- Statuses show the names of others: of people they mention and of the app they were written with. Names change seldom, but
-- one of them may stand in fifty thousand statuses. So they have one version together: after any change, whatever
-- shows names is rendered again when it is next looked at.
CREATE TABLE names_version (
    version  bigint PRIMARY KEY
);

CREATE FUNCTION names_have_changed() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    new_version bigint := nextval('versions');
BEGIN
    INSERT INTO names_version VALUES (new_version);
    -- Only the newest counts. Nobody waits for anybody here.
    DELETE FROM names_version
     WHERE version IN (SELECT n.version FROM names_version n WHERE n.version < new_version FOR UPDATE SKIP LOCKED);
    RETURN NULL;
END
$$;

CREATE TRIGGER accounts_have_names
    AFTER UPDATE OF username, domain, uri, url ON accounts
    FOR EACH ROW
    WHEN ((OLD.username, OLD.domain, OLD.uri, OLD.url) IS DISTINCT FROM (NEW.username, NEW.domain, NEW.uri, NEW.url))
    EXECUTE FUNCTION names_have_changed();
CREATE TRIGGER accounts_had_names
    AFTER DELETE ON accounts
    FOR EACH ROW
    EXECUTE FUNCTION names_have_changed();
CREATE TRIGGER applications_have_names
    AFTER UPDATE OF name, website ON applications
    FOR EACH ROW
    EXECUTE FUNCTION names_have_changed();

-- As before (0009), but most people are blocked by nobody: that is asked once a query, and only the others are looked for
-- among each author's blocks.
CREATE OR REPLACE FUNCTION statuses_visible_to(viewer bigint) RETURNS SETOF statuses
LANGUAGE sql STABLE AS $$
    SELECT s.*
      FROM statuses s
     WHERE s.deleted_at IS NULL
       AND NOT EXISTS (
               SELECT 1 FROM accounts a
                WHERE a.id = s.account_id AND a.suspended_at IS NOT NULL)
       AND (   s.account_id = viewer
            OR (    (   NOT EXISTS (
                            SELECT 1 FROM blocks b
                             WHERE b.blocked_id = viewer)
                     OR NOT EXISTS (
                            SELECT 1 FROM blocks b
                             WHERE b.blocker_id = s.account_id AND b.blocked_id = viewer
                            OFFSET 0))
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
