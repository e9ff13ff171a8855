-- Words of plans, targets and requirements, for search without opening every row (see schema/item_search.py). Like
-- post_search the tables keep no texts; a rowid is the first 15 digits of the row's key as a number.
CREATE VIRTUAL TABLE plan_search USING fts5 (
    with_marks, without_marks,
    content = '', tokenize = "unicode61 remove_diacritics 0"
);
CREATE VIRTUAL TABLE target_search USING fts5 (
    with_marks, without_marks,
    content = '', tokenize = "unicode61 remove_diacritics 0"
);
CREATE VIRTUAL TABLE requirement_search USING fts5 (
    with_marks, without_marks,
    content = '', tokenize = "unicode61 remove_diacritics 0"
);
CREATE INDEX plans_by_issued ON plans (leads, issued);
