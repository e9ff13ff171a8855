-- A post's states over time: what was seen when, which state counts, what has gone, what is one post at two addresses.

ALTER TABLE fetches ADD COLUMN seen_at TEXT;
ALTER TABLE fetches ADD COLUMN published TEXT;
ALTER TABLE fetches ADD COLUMN filled TEXT;
ALTER TABLE fetches ADD COLUMN same_as TEXT;
ALTER TABLE fetches ADD COLUMN gone_at TEXT;
ALTER TABLE fetches ADD COLUMN held INTEGER NOT NULL DEFAULT 0 CHECK (held IN (0, 1));
ALTER TABLE fetches ADD COLUMN is_current INTEGER NOT NULL DEFAULT 0 CHECK (is_current IN (0, 1));
UPDATE fetches SET seen_at = fetched_at;
CREATE INDEX fetches_current ON fetches (kind, portal) WHERE is_current = 1;
CREATE INDEX fetches_seen ON fetches (portal, kind, seen_at);

CREATE TABLE portal_runs (
    run_id INTEGER NOT NULL REFERENCES runs (id),
    portal TEXT NOT NULL REFERENCES portals (id),
    started TEXT NOT NULL,
    finished TEXT,
    outcome TEXT NOT NULL CHECK (outcome IN ('running', 'ok', 'failed', 'accepted', 'interrupted')),
    mode TEXT NOT NULL CHECK (mode IN ('sweep', 'news', 'backfill')),
    complete INTEGER NOT NULL DEFAULT 0 CHECK (complete IN (0, 1)),
    requests INTEGER NOT NULL DEFAULT 0,
    lists INTEGER NOT NULL DEFAULT 0,
    posts_found INTEGER NOT NULL DEFAULT 0,
    posts_new INTEGER NOT NULL DEFAULT 0,
    posts_changed INTEGER NOT NULL DEFAULT 0,
    posts_gone INTEGER NOT NULL DEFAULT 0,
    troubles TEXT,
    judged INTEGER NOT NULL DEFAULT 0,
    filled TEXT,
    reasons TEXT,
    PRIMARY KEY (run_id, portal)
) STRICT;
CREATE INDEX portal_runs_by_portal ON portal_runs (portal, run_id);
