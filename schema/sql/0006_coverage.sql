-- Coverage, what is unseen and gaps over a hundred thousand plans take a second to count: counted once, after linking
-- (see schema/derived.py), under the names and with the columns the views had.

DROP VIEW coverage_overview;
DROP VIEW unseen_documents;
DROP VIEW series_gaps;
DROP VIEW portal_freshness;

CREATE TABLE coverage_overview (
    issuer TEXT,
    level TEXT,
    province TEXT,
    year INTEGER,
    type TEXT,
    documents INTEGER NOT NULL,
    seen INTEGER NOT NULL,
    only_cited INTEGER NOT NULL,
    issuer_id TEXT REFERENCES issuers (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX coverage_overview_by_documents ON coverage_overview (documents);
CREATE INDEX coverage_overview_by_province ON coverage_overview (province, year);
CREATE INDEX coverage_overview_by_issuer ON coverage_overview (issuer_id);

CREATE TABLE unseen_documents (
    number TEXT NOT NULL,
    issued TEXT,
    year INTEGER,
    type TEXT,
    issuer TEXT,
    level TEXT,
    province TEXT,
    times_cited INTEGER NOT NULL,
    quote TEXT,
    url TEXT,
    document_id TEXT PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX unseen_documents_by_cited ON unseen_documents (times_cited);
CREATE INDEX unseen_documents_by_province ON unseen_documents (province, times_cited);

CREATE TABLE series_gaps (
    scope TEXT NOT NULL,
    province TEXT,
    series TEXT NOT NULL,
    year INTEGER NOT NULL,
    after_sequence INTEGER NOT NULL,
    before_sequence INTEGER NOT NULL,
    missing INTEGER NOT NULL,
    after_number TEXT NOT NULL,
    after_issued TEXT,
    document_id TEXT PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX series_gaps_by_missing ON series_gaps (missing);
CREATE INDEX series_gaps_by_province ON series_gaps (province, year);

CREATE TABLE portal_counts (
    portal TEXT PRIMARY KEY REFERENCES portals (id),
    posts INTEGER NOT NULL,
    newest_post TEXT,
    plans INTEGER NOT NULL
) STRICT;

CREATE VIEW portal_freshness AS
SELECT
    portals.id AS portal,
    portals.publisher,
    portals.province,
    (
        SELECT max(coalesce(portal_runs.finished, portal_runs.started)) FROM portal_runs
        WHERE portal_runs.portal = portals.id AND portal_runs.outcome IN ('ok', 'accepted')
    ) AS last_good,
    (SELECT max(portal_runs.started) FROM portal_runs WHERE portal_runs.portal = portals.id) AS last_tried,
    (
        SELECT portal_runs.outcome FROM portal_runs WHERE portal_runs.portal = portals.id
        ORDER BY portal_runs.run_id DESC LIMIT 1
    ) AS last_outcome,
    coalesce(portal_counts.posts, 0) AS posts,
    portal_counts.newest_post,
    coalesce(portal_counts.plans, 0) AS plans
FROM portals
LEFT JOIN portal_counts ON portal_counts.portal = portals.id;

CREATE INDEX plans_led_by_province ON plans (province_id, leads);
CREATE INDEX plans_led_by_province_today ON plans (province_today_id, leads);
