-- Ids as Mastodon's: 48 bits of milliseconds since 1970, 16 bits of a sequence. The time comes in as a
-- parameter, so that a remote status gets the id of the moment it was published.
CREATE SEQUENCE snowflake_sequence AS bigint CYCLE;

CREATE FUNCTION snowflake(at timestamptz) RETURNS bigint
LANGUAGE sql VOLATILE AS $$
    SELECT (floor(extract(epoch FROM at) * 1000)::bigint << 16)
         | (nextval('snowflake_sequence') & 65535)
$$;
