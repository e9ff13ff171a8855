-- What links say: numbers in parts, conflicts between mentions, posts told twice, the cascade, coverage, places in time.

ALTER TABLE documents ADD COLUMN number_key TEXT;
ALTER TABLE documents ADD COLUMN scope TEXT;
ALTER TABLE documents ADD COLUMN series TEXT;
ALTER TABLE documents ADD COLUMN sequence INTEGER;
ALTER TABLE documents ADD COLUMN year INTEGER;
CREATE INDEX documents_by_series ON documents (scope, series, year, sequence);
CREATE INDEX documents_by_year ON documents (issuer_id, year, type_symbol);
CREATE INDEX plans_by_province_then ON plans (province_id, issued);

CREATE TABLE document_conflicts (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('date', 'year', 'issuer')),
    number TEXT NOT NULL,
    province TEXT,
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    value TEXT NOT NULL,
    mentions INTEGER NOT NULL,
    other_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    other_value TEXT NOT NULL,
    other_mentions INTEGER NOT NULL
) STRICT;
CREATE INDEX document_conflicts_by_document ON document_conflicts (document_id);
CREATE INDEX document_conflicts_by_other ON document_conflicts (other_id);

CREATE TABLE post_sketches (
    post_id TEXT PRIMARY KEY REFERENCES posts (id) ON DELETE CASCADE,
    sketch TEXT NOT NULL
) STRICT;

CREATE TABLE post_copies (
    post_id TEXT PRIMARY KEY REFERENCES posts (id) ON DELETE CASCADE,
    original_id TEXT NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    similarity REAL NOT NULL
) STRICT;
CREATE INDEX post_copies_by_original ON post_copies (original_id);

-- One row for each basis that a plan names: what carries out what.
CREATE VIEW cascade AS
SELECT
    basis.number AS basis_number,
    basis.issued AS basis_issued,
    basis_issuer.name AS basis_issuer,
    basis_issuer.level AS basis_level,
    basis.type_symbol AS basis_type,
    basis_plan.id AS basis_plan_id,
    coalesce(basis_plan.title, basis_post.title) AS basis_title,
    plans.number,
    plans.issued,
    plans.issuer,
    issuers.level,
    plans.province,
    today.name AS province_today,
    coalesce(plans.title, posts.title) AS title,
    citations.quote,
    posts.url,
    plans.id AS plan_id,
    plans.document_id,
    basis.id AS basis_id
FROM citations
JOIN plans
    ON plans.post_id = citations.post_id AND plans.attachment_id IS citations.attachment_id AND plans.leads = 1
    AND plans.document_id IS NOT citations.document_id
JOIN documents AS basis ON basis.id = citations.document_id
JOIN posts ON posts.id = plans.post_id
LEFT JOIN issuers ON issuers.id = plans.issuer_id
LEFT JOIN issuers AS basis_issuer ON basis_issuer.id = basis.issuer_id
LEFT JOIN plans AS basis_plan ON basis_plan.document_id = basis.id AND basis_plan.leads = 1
LEFT JOIN posts AS basis_post ON basis_post.id = basis_plan.post_id
LEFT JOIN provinces AS today ON today.id = plans.province_today_id
WHERE citations.role = 'basis';

-- Targets of a plan beside those of the plan it carries out: same indicator, same measure, same unit, same year.
CREATE VIEW promises AS
SELECT
    indicators.code AS indicator_code,
    indicators.name AS indicator,
    told.measure,
    told.value_unit AS unit,
    told.year,
    basis.number AS basis_number,
    basis.issuer AS basis_issuer,
    basis_issuer.level AS basis_level,
    CASE indicators.better
        WHEN 'lower' THEN coalesce(asked.value_high, asked.value_low)
        ELSE coalesce(asked.value_low, asked.value_high)
    END AS basis_value,
    plans.number,
    plans.issuer,
    issuers.level,
    plans.province,
    today.name AS province_today,
    CASE indicators.better
        WHEN 'lower' THEN coalesce(told.value_high, told.value_low)
        ELSE coalesce(told.value_low, told.value_high)
    END AS value,
    CASE
        WHEN indicators.better = 'none' THEN NULL
        WHEN coalesce(told.value_low, told.value_high) IS NULL OR coalesce(asked.value_low, asked.value_high) IS NULL
        THEN NULL
        WHEN indicators.better = 'lower' THEN CASE
            WHEN coalesce(told.value_high, told.value_low) < coalesce(asked.value_high, asked.value_low) THEN 'more'
            WHEN coalesce(told.value_high, told.value_low) > coalesce(asked.value_high, asked.value_low) THEN 'less'
            ELSE 'equal'
        END
        WHEN coalesce(told.value_low, told.value_high) > coalesce(asked.value_low, asked.value_high) THEN 'more'
        WHEN coalesce(told.value_low, told.value_high) < coalesce(asked.value_low, asked.value_high) THEN 'less'
        ELSE 'equal'
    END AS promise,
    told.qualifier,
    told.quote,
    asked.quote AS basis_quote,
    told.id AS target_id,
    asked.id AS basis_target_id,
    plans.id AS plan_id,
    basis.id AS basis_plan_id
FROM citations
JOIN plans
    ON plans.post_id = citations.post_id AND plans.attachment_id IS citations.attachment_id AND plans.leads = 1
    AND plans.document_id IS NOT citations.document_id
JOIN plans AS basis ON basis.document_id = citations.document_id AND basis.leads = 1
JOIN targets AS told ON told.plan_id = plans.id AND told.indicator_code IS NOT NULL
JOIN targets AS asked
    ON asked.plan_id = basis.id AND asked.indicator_code = told.indicator_code AND asked.measure = told.measure
    AND asked.value_unit IS told.value_unit AND asked.year IS told.year AND asked.qualifier IS told.qualifier
JOIN indicators ON indicators.code = told.indicator_code
LEFT JOIN issuers ON issuers.id = plans.issuer_id
LEFT JOIN issuers AS basis_issuer ON basis_issuer.id = basis.issuer_id
LEFT JOIN provinces AS today ON today.id = plans.province_today_id
WHERE citations.role = 'basis';

-- Documents by authority, year and type: those with a text here, and those only cited.
CREATE VIEW coverage_overview AS
SELECT
    issuers.name AS issuer,
    issuers.level,
    issuers.province,
    counted.year,
    counted.type_symbol AS type,
    counted.seen + counted.only_cited AS documents,
    counted.seen,
    counted.only_cited,
    counted.issuer_id
FROM (
    SELECT
        documents.issuer_id,
        documents.year,
        documents.type_symbol,
        sum(EXISTS (SELECT 1 FROM plans WHERE plans.document_id = documents.id)) AS seen,
        sum(NOT EXISTS (SELECT 1 FROM plans WHERE plans.document_id = documents.id)) AS only_cited
    FROM documents
    GROUP BY documents.issuer_id, documents.year, documents.type_symbol
) AS counted
LEFT JOIN issuers ON issuers.id = counted.issuer_id;

-- A researcher's list of what to look for: cited here, with no text here.
CREATE VIEW unseen_documents AS
SELECT
    documents.number,
    documents.issued,
    documents.year,
    documents.type_symbol AS type,
    issuers.name AS issuer,
    issuers.level,
    documents.province,
    (SELECT count(*) FROM citations WHERE citations.document_id = documents.id) AS times_cited,
    (SELECT citations.quote FROM citations WHERE citations.document_id = documents.id ORDER BY citations.id LIMIT 1)
    AS quote,
    (
        SELECT posts.url FROM citations JOIN posts ON posts.id = citations.post_id
        WHERE citations.document_id = documents.id ORDER BY citations.id LIMIT 1
    ) AS url,
    documents.id AS document_id
FROM documents
LEFT JOIN issuers ON issuers.id = documents.issuer_id
WHERE NOT EXISTS (SELECT 1 FROM plans WHERE plans.document_id = documents.id);

-- Numbers run from 1 each year: between two known numbers of one series lie documents that nothing here mentions.
CREATE VIEW series_gaps AS
SELECT
    documents.scope,
    documents.province,
    documents.series,
    documents.year,
    documents.sequence AS after_sequence,
    documents.next_sequence AS before_sequence,
    documents.next_sequence - documents.sequence - 1 AS missing,
    documents.number AS after_number,
    documents.issued AS after_issued,
    documents.document_id
FROM (
    SELECT
        scope, province, series, year, sequence, number, issued, id AS document_id,
        lead(sequence) OVER (PARTITION BY scope, series, year ORDER BY sequence) AS next_sequence
    FROM documents
    WHERE sequence IS NOT NULL AND year IS NOT NULL AND scope IS NOT NULL
) AS documents
WHERE documents.next_sequence > documents.sequence + 1;

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
    (SELECT count(*) FROM posts WHERE posts.portal_id = portals.id) AS posts,
    (SELECT max(posts.published) FROM posts WHERE posts.portal_id = portals.id) AS newest_post,
    (
        SELECT count(*) FROM plans JOIN posts ON posts.id = plans.post_id
        WHERE posts.portal_id = portals.id AND plans.leads = 1
    ) AS plans
FROM portals;

-- Each plan under the province as it was, and under the one that holds its territory today.
CREATE VIEW plans_of_place AS
SELECT
    provinces.name AS place,
    provinces.code,
    'then' AS as_of,
    plans.province AS as_named,
    plans.number,
    plans.issued,
    plans.issuer,
    coalesce(plans.title, posts.title) AS title,
    plans.period_begin,
    plans.period_end,
    posts.url,
    plans.id AS plan_id,
    provinces.id AS province_id
FROM plans
JOIN provinces ON provinces.id = plans.province_id
JOIN posts ON posts.id = plans.post_id
WHERE plans.leads = 1
UNION ALL
SELECT
    provinces.name,
    provinces.code,
    'today',
    plans.province,
    plans.number,
    plans.issued,
    plans.issuer,
    coalesce(plans.title, posts.title),
    plans.period_begin,
    plans.period_end,
    posts.url,
    plans.id,
    provinces.id
FROM plans
JOIN provinces ON provinces.id = plans.province_today_id
JOIN posts ON posts.id = plans.post_id
WHERE plans.leads = 1;

CREATE VIEW province_overview AS
SELECT
    provinces.name,
    provinces.code,
    provinces.type,
    provinces.valid_from,
    provinces.valid_to,
    today.name AS name_today,
    today.code AS code_today,
    (SELECT count(*) FROM plans WHERE plans.province_id = provinces.id AND plans.leads = 1) AS plans_then,
    (SELECT count(*) FROM plans WHERE plans.province_today_id = provinces.id AND plans.leads = 1) AS plans_today,
    provinces.id AS province_id,
    provinces.today_id
FROM provinces
JOIN provinces AS today ON today.id = provinces.today_id;
