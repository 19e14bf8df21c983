-- The contraction of relations: a membership, a role, a tie is a thing of its own, and here it has the ends that it joins.
SELECT subject AS id,
  min(CASE WHEN property = 'member' THEN object END) AS member,
  min(CASE WHEN property = 'organization' THEN object END) AS organization,
  min(CASE WHEN property = 'sub_organization_of' THEN object END) AS whole,
  min(CASE WHEN property = 'tie_from' THEN object END) AS tie_from,
  min(CASE WHEN property = 'tie_to' THEN object END) AS tie_to,
  min(CASE WHEN property = 'role' THEN object END) AS role
FROM links
WHERE property IN ('member', 'organization', 'sub_organization_of', 'tie_from', 'tie_to', 'role')
GROUP BY subject
