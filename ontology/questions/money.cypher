MATCH (statement:MoneyStatement)-[:ABOUT]->(about)
WHERE ($about IS NULL OR about.iri = $about) AND ($fiscal_year IS NULL OR statement.fiscalYear = $fiscal_year)
MATCH (statement)-[:MONEY_KIND]->(money_kind)
OPTIONAL MATCH (statement)-[:BODY_CATEGORY]->(body_category)
OPTIONAL MATCH (statement)-[:STATED_IN]->(place)-[:HAS_SOURCE*0..1]->(document:SourceDocument)
OPTIONAL MATCH (place)-[:HAS_SELECTOR]->(selector) WHERE selector.exact IS NOT NULL
UNWIND coalesce(statement.per_ja, [null]) AS per
RETURN DISTINCT about, statement.fiscalYear AS fiscal_year, money_kind, body_category, per, statement.amount AS amount,
  toFloat(statement.share) AS share, document, place.line AS line, selector.exact AS quote
ORDER BY about.iri, coalesce(fiscal_year, -1), money_kind.iri, coalesce(amount, -1) DESC, coalesce(line, -1)
