-- Members are told of decisions about them, and of follows that a measure has cut. Each is told of once.
ALTER TABLE notifications ADD COLUMN strike_id bigint
    CONSTRAINT notifications_strike_fkey REFERENCES strikes ON DELETE CASCADE;
ALTER TABLE notifications ADD COLUMN severance_id bigint
    CONSTRAINT notifications_severance_fkey REFERENCES severances ON DELETE CASCADE;
CREATE INDEX notifications_strike_idx ON notifications (strike_id) WHERE strike_id IS NOT NULL;
CREATE INDEX notifications_severance_idx ON notifications (severance_id) WHERE severance_id IS NOT NULL;
DROP INDEX notifications_once_key;
CREATE UNIQUE INDEX notifications_once_key
    ON notifications (account_id, kind, from_id, coalesce(status_id, report_id, strike_id, severance_id, 0));
