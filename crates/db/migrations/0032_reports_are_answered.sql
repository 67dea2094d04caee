-- One Flag can be about several people, and is a report about each.
DROP INDEX reports_uri_key;
CREATE UNIQUE INDEX reports_uri_key ON reports (uri, target_account_id) WHERE uri IS NOT NULL;

-- A question to somebody concerned is answered once.
ALTER TABLE case_notes ADD COLUMN answers_id bigint CONSTRAINT case_notes_answers_fkey REFERENCES case_notes ON DELETE CASCADE;
CREATE UNIQUE INDEX case_notes_answers_key ON case_notes (answers_id) WHERE answers_id IS NOT NULL;

-- Moderators are told of a report.
ALTER TABLE notifications ADD COLUMN report_id bigint CONSTRAINT notifications_report_fkey REFERENCES reports ON DELETE CASCADE;
CREATE INDEX notifications_report_idx ON notifications (report_id) WHERE report_id IS NOT NULL;
DROP INDEX notifications_once_key;
CREATE UNIQUE INDEX notifications_once_key ON notifications (account_id, kind, from_id, coalesce(status_id, report_id, 0));

-- Whether an account is a person's: theirs by their office, by the id that the directory knows them by, or by their own word
-- (it has moved there, or names it as an alias). What the account itself says of others is not believed.
CREATE FUNCTION is_account_of(account bigint, person bigint) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
               SELECT 1
                 FROM accounts t
                 JOIN accounts own
                   ON own.id IN (
                          SELECT p.account_id FROM persons p WHERE p.id = person
                           UNION ALL
                          SELECT i.account_id
                            FROM persons p
                            JOIN identities i ON i.source = p.source AND i.subject = p.subject
                           WHERE p.id = person)
                WHERE t.id = account
                  AND (own.id = t.id OR own.moved_to_id = t.id OR t.uri = ANY (own.also_known_as)))
$$;
