MATCH (rule:RuleStatement)-[:ABOUT]->(platform)
MATCH (rule)-[:APPLIES_TO]->(population)
OPTIONAL MATCH (rule)-[:MEMBER_CLASS]->(member_class)
OPTIONAL MATCH (rule)<-[:WAS_DERIVED_FROM]-(membership:PlatformMembership)
  WHERE EXISTS { (membership)-[:STATUS]->(:Resource {iri: 'https://w3id.org/tsunagari/scheme/claim-status/inferred'}) }
RETURN platform, collect(DISTINCT population) AS applies_to, member_class, count(DISTINCT membership) AS inferred,
  rule.asOf AS as_of, rule.iri AS rule_id
ORDER BY platform.iri, rule_id
