-- One row per member and status: home is read from here and nowhere else. Trimmed to 800 a member.
CREATE TABLE home_entries (
    account_id   bigint NOT NULL CONSTRAINT home_entries_account_fkey REFERENCES accounts ON DELETE CASCADE,
    status_id    bigint NOT NULL CONSTRAINT home_entries_status_fkey REFERENCES statuses ON DELETE CASCADE,
    -- For a boost the id of what is boosted, else its own: shows a post once per page of boosts.
    original_id  bigint NOT NULL,
    -- Whose following brought it here; unfollowing takes it away again.
    author_id    bigint NOT NULL,
    PRIMARY KEY (account_id, status_id)
);
CREATE INDEX home_entries_status_idx ON home_entries (status_id);
CREATE INDEX home_entries_author_idx ON home_entries (account_id, author_id);
CREATE INDEX home_entries_original_idx ON home_entries (account_id, original_id);
