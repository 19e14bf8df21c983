MATCH (statement:CountStatement)-[:ABOUT]->(about:Platform|Programme) WHERE $about IS NULL OR about.iri = $about
OPTIONAL MATCH (statement)-[:STATUS]->(status)
WITH * WHERE (status IS NULL OR status.notation IN ['stated', 'inferred'])
OPTIONAL MATCH (statement)-[:MEMBER_CLASS]->(member_class)
OPTIONAL MATCH (statement)-[:BODY_CATEGORY]->(body_category)
// Only counts of members or participants: those of a class or category, and the wholes that such parts add up to.
WITH * WHERE member_class IS NOT NULL OR body_category IS NOT NULL
  OR EXISTS { (statement)<-[:PART_OF_COUNT]-()-[:MEMBER_CLASS|BODY_CATEGORY]->() }
UNWIND statement.count AS stated
UNWIND statement.counted_ja AS counted
UNWIND coalesce(statement.fiscalYear, [null]) AS fiscal_year
OPTIONAL MATCH (about)<-[:ORGANIZATION|PROGRAMME]-(record:PlatformMembership|ProgrammeParticipation)-[:MEMBER]->(member)
  WHERE EXISTS { MATCH (record)-[:STATUS]->(known) WHERE known.notation IN ['stated', 'inferred'] } AND NOT member:UnnamedGroup
    AND (member_class IS NULL OR EXISTS { (record)-[:MEMBER_CLASS]->(member_class) })
    AND (body_category IS NULL OR EXISTS { (record)-[:BODY_CATEGORY]->(body_category) })
    AND (fiscal_year IS NULL OR coalesce(fiscal_year IN [] + record.fiscalYear, false))
    AND NOT coalesce(record.validFrom > statement.asOf, false) AND NOT coalesce(record.validTo <= statement.asOf, false)
WITH statement, about, counted, fiscal_year, statement.asOf AS as_of, stated, count(DISTINCT member) AS named
RETURN about, counted, fiscal_year, as_of, stated, named, stated - named AS gap
ORDER BY about.iri, coalesce(fiscal_year, -1), as_of IS NOT NULL, as_of, stated DESC, counted
