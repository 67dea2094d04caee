-- Somebody can be called @name@club.example and live at social.club.net: a rule about either reaches them.
CREATE FUNCTION hosts_of(domain text, uri text) RETURNS text[]
LANGUAGE sql IMMUTABLE AS $$
    SELECT ARRAY[split_part(domain, ':', 1), lower(substring(uri FROM '^https?://([^/?#:]+)'))]
$$;

CREATE FUNCTION is_at_or_below(hosts text[], above text) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
    SELECT EXISTS (SELECT 1
                     FROM unnest(hosts) AS host
                    WHERE host = above
                       OR right(host, length(above) + 1) = '.' || above)
$$;
