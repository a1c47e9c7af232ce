"""The tables in which summaries are kept, and the orders in which they are asked for."""

#: Amounts stand in `data` exactly; `yuan` is what they are ordered by.
SCHEMA = """
CREATE TABLE disclosure (
  id TEXT PRIMARY KEY, department TEXT, year INTEGER, kind TEXT, province TEXT, city TEXT,
  region TEXT, level TEXT, bureau TEXT, yuan REAL, head BLOB, data BLOB
) WITHOUT ROWID;
CREATE TABLE department (
  id TEXT PRIMARY KEY, latest TEXT, year INTEGER, kind TEXT, name TEXT, province TEXT, city TEXT,
  region TEXT, level TEXT, bureau TEXT, yuan REAL
) WITHOUT ROWID;
CREATE TABLE spent (
  classification TEXT, code TEXT, year INTEGER, kind TEXT, yuan REAL, disclosure TEXT, data BLOB
);
CREATE TABLE units (code TEXT, disclosure TEXT, data BLOB);
CREATE TABLE project (
  disclosure TEXT, number INTEGER, department TEXT, year INTEGER, kind TEXT, province TEXT,
  bureau TEXT, name TEXT, yuan REAL, data BLOB
);
CREATE TABLE amount (
  subject TEXT, disclosure TEXT, department TEXT, year INTEGER, kind TEXT, yuan REAL, exact TEXT,
  line TEXT
);
CREATE TABLE stated (
  subject TEXT, disclosure TEXT, year INTEGER, yuan REAL, was REAL, exact TEXT, was_exact TEXT,
  line TEXT
);
CREATE TABLE term (disclosure TEXT, number INTEGER, data BLOB);
CREATE TABLE contradiction (language TEXT, disclosure TEXT, number INTEGER, yuan REAL, data BLOB);
CREATE TABLE remark (language TEXT, disclosure TEXT, number INTEGER, data BLOB);
CREATE INDEX by_place ON department (province, city, region);
CREATE INDEX by_bureau ON department (bureau, level);
CREATE INDEX by_department ON disclosure (department, year, kind);
CREATE INDEX by_code ON spent (classification, code, year, kind);
CREATE INDEX by_unit ON units (disclosure, code);
CREATE INDEX by_subject ON amount (subject, department, kind, year);
CREATE INDEX by_statement ON stated (disclosure, subject);
CREATE VIEW moved AS
  SELECT subject, disclosure, year, yuan, was, exact, was_exact, line, '' AS earlier,
    '' AS earlier_line FROM stated
  UNION ALL
  SELECT a.subject, a.disclosure, a.year, a.yuan, b.yuan, a.exact, b.exact, a.line, b.disclosure,
    b.line
  FROM amount a JOIN amount b ON b.subject = a.subject AND b.department = a.department
    AND b.kind = a.kind AND b.year = a.year - 1
  WHERE NOT EXISTS
    (SELECT 1 FROM stated s WHERE s.disclosure = a.disclosure AND s.subject = a.subject);
CREATE INDEX by_size ON project (yuan DESC, disclosure, number);
"""
#: The orders of a list of departments, by the names that their addresses have.
DEPARTMENT_ORDERS = {
    "by-place": "province, city, region, name, id",
    "by-amount": "yuan IS NULL, yuan DESC, id",
    "by-name": "name, id",
}
#: Those of a list of projects.
PROJECT_ORDERS = {
    "by-amount": "yuan IS NULL, yuan DESC, year DESC, disclosure, number",
    "by-year": "year DESC, kind, yuan IS NULL, yuan DESC, disclosure, number",
    "by-name": "name, year DESC, kind, disclosure, number",
}
