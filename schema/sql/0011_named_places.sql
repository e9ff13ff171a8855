-- Plans by the name their text gives the province.
CREATE INDEX plans_by_name ON plans (province, issued);
