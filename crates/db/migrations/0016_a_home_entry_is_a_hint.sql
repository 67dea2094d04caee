-- A post enters sixty homes at once, and each entry made PostgreSQL look up, and lock, the member and the post that its two
-- foreign keys name: half of what a post cost. An entry guards nothing. It says where a post may be shown; whether it may is
-- decided when home is read, so one that leads nowhere shows nothing. Deleting a post takes it out of the homes that it
-- entered, removing an account takes its home along, and the sweep finds what a crash or a race has left.
ALTER TABLE home_entries
    DROP CONSTRAINT home_entries_account_fkey,
    DROP CONSTRAINT home_entries_status_fkey;
-- A post is found in the homes of those who follow its author, by the primary key.
DROP INDEX home_entries_status_idx;

-- Who has turned away from those whom a post concerns is asked once for the post, not once for each follower, and answered
-- from these indexes alone.
CREATE INDEX mutes_muted_idx ON mutes (muted_id, muter_id);
DROP INDEX blocks_blocked_idx;
CREATE INDEX blocks_blocked_idx ON blocks (blocked_id, blocker_id);
