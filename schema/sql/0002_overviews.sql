-- The views a researcher begins with: each plan once, as its fullest text tells it, under readable columns.

CREATE VIEW plan_overview AS
SELECT
    plans.province,
    dated.code AS province_code,
    today.name AS province_today,
    plans.issuer,
    plans.number,
    plans.issued,
    CASE
        WHEN plans.period_begin = plans.period_end THEN CAST(plans.period_begin AS TEXT)
        ELSE plans.period_begin || '–' || plans.period_end
    END AS period,
    coalesce(plans.title, posts.title) AS title,
    (SELECT count(*) FROM targets WHERE targets.plan_id = plans.id) AS targets,
    (SELECT count(*) FROM requirements WHERE requirements.plan_id = plans.id) AS requirements,
    (SELECT count(*) FROM milestones WHERE milestones.plan_id = plans.id) AS milestones,
    CASE
        WHEN plans.document_id IS NULL THEN 1
        ELSE (SELECT count(*) FROM plans AS told WHERE told.document_id = plans.document_id)
    END AS texts,
    coalesce(attachments.kind, posts.kind) AS kind,
    posts.published,
    portals.publisher,
    posts.url,
    attachments.url AS file,
    plans.id AS plan_id,
    plans.document_id,
    plans.post_id,
    plans.attachment_id
FROM plans
JOIN posts ON posts.id = plans.post_id
JOIN portals ON portals.id = posts.portal_id
LEFT JOIN attachments ON attachments.id = plans.attachment_id
LEFT JOIN provinces AS dated ON dated.id = plans.province_id
LEFT JOIN provinces AS today ON today.id = plans.province_today_id
WHERE plans.leads = 1;

CREATE VIEW target_overview AS
SELECT
    plans.province,
    targets.indicator,
    targets.direction,
    CASE
        WHEN targets.min IS NULL AND targets.max IS NULL THEN NULL
        WHEN targets.min = targets.max THEN printf('%.15g', targets.min)
        WHEN targets.max IS NULL THEN '≥ ' || printf('%.15g', targets.min)
        WHEN targets.min IS NULL THEN '≤ ' || printf('%.15g', targets.max)
        ELSE printf('%.15g', targets.min) || '–' || printf('%.15g', targets.max)
    END AS value,
    targets.unit,
    targets.per,
    targets.by_when,
    targets.quote,
    plans.number AS plan_number,
    plans.issued,
    plans.issuer,
    today.name AS province_today,
    coalesce(plans.title, posts.title) AS plan_title,
    posts.url,
    attachments.url AS file,
    targets.min,
    targets.max,
    targets.rule,
    targets.confidence,
    targets.id AS target_id,
    targets.plan_id
FROM targets
JOIN plans ON plans.id = targets.plan_id
JOIN posts ON posts.id = plans.post_id
LEFT JOIN attachments ON attachments.id = plans.attachment_id
LEFT JOIN provinces AS today ON today.id = plans.province_today_id
WHERE plans.leads = 1;
