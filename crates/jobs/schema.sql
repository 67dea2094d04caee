-- The queue's one big table, two small ones beside it, and the one function that hands out work.
-- Runs whole, as one transaction, and any number of times: `jobs::migrate` sends it when the version
-- at its end is higher than the one recorded. The README explains what the columns mean.

SELECT pg_advisory_xact_lock(7091270611);

CREATE TABLE IF NOT EXISTS jobs (
    id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT jobs_pkey PRIMARY KEY,
    kind text NOT NULL,
    -- json and not jsonb: what peers send may hold \u0000, which jsonb refuses.
    payload json NOT NULL,
    -- Smaller runs first.
    priority smallint NOT NULL,
    lane text CONSTRAINT jobs_lane_has_a_name CHECK (lane <> ''),
    dedup_key text,
    -- The epoch means "as soon as possible, whatever the clock says".
    run_at timestamptz NOT NULL DEFAULT 'epoch',
    -- Counted when a job is claimed, so that one which kills its process runs out of them too.
    attempts integer NOT NULL DEFAULT 0,
    max_attempts integer NOT NULL,
    leased_until timestamptz,
    lease_id bigint,
    last_error text,
    created_at timestamptz NOT NULL DEFAULT now(),
    dead_at timestamptz,
    CONSTRAINT jobs_lease_is_whole CHECK ((lease_id IS NULL) = (leased_until IS NULL)),
    CONSTRAINT jobs_dead_hold_no_lease CHECK (dead_at IS NULL OR lease_id IS NULL)
) WITH (
    fillfactor = 90,
    -- Every row is soon dead: clean after a thousand, however large the table, and without naps.
    autovacuum_vacuum_scale_factor = 0.0,
    autovacuum_vacuum_threshold = 1000,
    autovacuum_vacuum_cost_delay = 0,
    autovacuum_analyze_scale_factor = 0.0,
    autovacuum_analyze_threshold = 10000
);

CREATE SEQUENCE IF NOT EXISTS job_leases;

-- In the order in which work is handed out.
CREATE INDEX IF NOT EXISTS jobs_ready ON jobs (priority, run_at, id)
    WHERE lease_id IS NULL AND dead_at IS NULL;
-- The same within each lane, for when the front of the queue belongs to full lanes. '' is "no lane".
CREATE INDEX IF NOT EXISTS jobs_ready_by_lane ON jobs (coalesce(lane, ''), priority, run_at, id)
    WHERE lease_id IS NULL AND dead_at IS NULL;
-- What runs now. By end of lease, so that live leases are found without reading over ended ones.
CREATE INDEX IF NOT EXISTS jobs_leased ON jobs (leased_until)
    WHERE lease_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS jobs_dead ON jobs (id)
    WHERE dead_at IS NOT NULL;
CREATE UNIQUE INDEX IF NOT EXISTS jobs_dedup_key ON jobs (kind, dedup_key)
    WHERE dedup_key IS NOT NULL AND dead_at IS NULL;

-- Only lanes that are paused, or were.
CREATE TABLE IF NOT EXISTS job_lanes (
    lane text CONSTRAINT job_lanes_pkey PRIMARY KEY,
    paused_until timestamptz NOT NULL
);

CREATE TABLE IF NOT EXISTS job_recurring (
    kind text NOT NULL,
    dedup_key text NOT NULL,
    schedule text NOT NULL,
    next_at timestamptz NOT NULL,
    last_enqueued_at timestamptz,
    last_success_at timestamptz,
    CONSTRAINT job_recurring_pkey PRIMARY KEY (kind, dedup_key)
);

-- Takes up to `wanted` jobs for one lease, never more than `lane_limit` of one lane among all workers.
--
-- A function, because under READ COMMITTED each of its statements sees what was committed before that
-- statement began: so counting leases *after* waiting for the lock is right, and still costs the caller
-- one round trip. The settings make a stale plan (made when the table was empty) impossible.
CREATE OR REPLACE FUNCTION jobs_claim(
    the_now timestamptz,
    lease_end timestamptz,
    kinds text[],
    wanted integer,
    lane_limit integer,
    -- Whether to look behind a wall of full lanes: with thousands of paused lanes, tens of milliseconds.
    look_behind boolean DEFAULT true
) RETURNS SETOF jobs
LANGUAGE plpgsql
SET enable_seqscan = off
SET enable_bitmapscan = off
AS $$
DECLARE
    lease bigint := nextval('job_leases');
    -- How far to read into one priority before asking lane by lane instead.
    reach CONSTANT integer := 500;
    level smallint;
    seen integer;
    picked bigint[];
    taken bigint[] := '{}';
BEGIN
    PERFORM pg_advisory_xact_lock(7091270612);

    SELECT min(j.priority) INTO level
    FROM jobs j
    WHERE j.lease_id IS NULL AND j.dead_at IS NULL;

    WHILE level IS NOT NULL AND wanted > cardinality(taken) LOOP
        -- The front of this priority, less what its lanes have no room for.
        WITH front AS MATERIALIZED (
            SELECT j.id, j.lane, j.run_at
            FROM jobs j
            WHERE j.lease_id IS NULL
              AND j.dead_at IS NULL
              AND j.priority = level
              AND j.run_at <= the_now
              AND j.kind = ANY (kinds)
            ORDER BY j.run_at, j.id
            LIMIT reach
        ),
        running AS MATERIALIZED (
            SELECT j.lane, count(*) AS busy
            FROM jobs j
            WHERE j.lease_id IS NOT NULL
              AND j.leased_until > the_now
              AND j.lane IS NOT NULL
            GROUP BY j.lane
        ),
        placed AS (
            SELECT f.id, f.run_at,
                   f.lane IS NULL
                   OR row_number() OVER (PARTITION BY f.lane ORDER BY f.run_at, f.id)
                      + coalesce(r.busy, 0) <= lane_limit AS fits
            FROM front f
            LEFT JOIN running r ON r.lane = f.lane
            WHERE NOT EXISTS (
                SELECT FROM job_lanes l WHERE l.lane = f.lane AND l.paused_until > the_now
            )
        )
        SELECT (SELECT count(*) FROM front),
               (SELECT array_agg(p.id) FROM (
                   SELECT placed.id FROM placed
                   WHERE placed.fits
                   ORDER BY placed.run_at, placed.id
                   LIMIT wanted - cardinality(taken)
               ) p)
        INTO seen, picked;

        WITH free AS (
            SELECT j.id FROM jobs j
            WHERE j.id = ANY (picked) AND j.lease_id IS NULL AND j.dead_at IS NULL
            FOR UPDATE SKIP LOCKED
        ),
        claimed AS (
            UPDATE jobs j
            SET lease_id = lease, leased_until = lease_end, attempts = j.attempts + 1
            FROM free
            WHERE j.id = free.id
            RETURNING j.id
        )
        SELECT taken || coalesce(array_agg(c.id), '{}') INTO taken FROM claimed c;

        -- The front was a wall of full lanes: look behind it, from lane to lane. One statement, because
        -- planning costs more than looking; it walks no further than it must to find enough.
        IF look_behind AND seen = reach AND wanted > cardinality(taken) THEN
            WITH RECURSIVE lanes AS (
                SELECT min(coalesce(j.lane, '')) AS name
                FROM jobs j
                WHERE j.lease_id IS NULL AND j.dead_at IS NULL
                UNION ALL
                SELECT (
                    SELECT min(coalesce(j.lane, ''))
                    FROM jobs j
                    WHERE j.lease_id IS NULL
                      AND j.dead_at IS NULL
                      AND coalesce(j.lane, '') > lanes.name
                )
                FROM lanes
                WHERE lanes.name IS NOT NULL
            ),
            running AS MATERIALIZED (
                SELECT j.lane, count(*) AS busy
                FROM jobs j
                WHERE j.lease_id IS NOT NULL
                  AND j.leased_until > the_now
                  AND j.lane IS NOT NULL
                GROUP BY j.lane
            )
            SELECT array_agg(p.id) INTO picked
            FROM (
                SELECT due.id
                FROM lanes
                CROSS JOIN LATERAL (
                    SELECT j.id
                    FROM jobs j
                    WHERE j.lease_id IS NULL
                      AND j.dead_at IS NULL
                      AND coalesce(j.lane, '') = lanes.name
                      AND j.priority = level
                      AND j.run_at <= the_now
                      AND j.kind = ANY (kinds)
                    ORDER BY j.run_at, j.id
                    LIMIT CASE
                        WHEN lanes.name = '' THEN wanted
                        WHEN EXISTS (
                            SELECT FROM job_lanes l
                            WHERE l.lane = lanes.name AND l.paused_until > the_now
                        ) THEN 0
                        ELSE greatest(lane_limit - coalesce(
                            (SELECT r.busy FROM running r WHERE r.lane = lanes.name), 0
                        ), 0)
                    END
                ) due
                LIMIT wanted - cardinality(taken)
            ) p;

            WITH free AS (
                SELECT j.id FROM jobs j
                WHERE j.id = ANY (picked) AND j.lease_id IS NULL AND j.dead_at IS NULL
                FOR UPDATE SKIP LOCKED
            ),
            claimed AS (
                UPDATE jobs j
                SET lease_id = lease, leased_until = lease_end, attempts = j.attempts + 1
                FROM free
                WHERE j.id = free.id
                RETURNING j.id
            )
            SELECT taken || coalesce(array_agg(c.id), '{}') INTO taken FROM claimed c;
        END IF;

        SELECT min(j.priority) INTO level
        FROM jobs j
        WHERE j.lease_id IS NULL AND j.dead_at IS NULL AND j.priority > level;
    END LOOP;

    RETURN QUERY
    SELECT j.* FROM jobs j WHERE j.id = ANY (taken) ORDER BY j.priority, j.run_at, j.id;
END
$$;

CREATE TABLE IF NOT EXISTS jobs_schema (
    version integer NOT NULL
);
DELETE FROM jobs_schema;
INSERT INTO jobs_schema (version) VALUES (2);
