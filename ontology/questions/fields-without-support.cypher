// An absence says something only where a list is complete: one of services for the areas that it names, or one of
// members for the reach of its platform; and only of the fields of a scheme that the list speaks in.
MATCH (area:Resource {iri: $area})
CALL (area) {
  CALL () {
    MATCH (list:SourceDocument)-[:LIST_COMPLETENESS]->(:Resource {iri: 'https://w3id.org/tsunagari/scheme/list-completeness/closed'})
    MATCH (service:SupportService)-[:STATED_IN]->()-[:HAS_SOURCE*0..1]->(list)
    MATCH (service)-[:SERVICE_AREA]->(reached)
    MATCH (service)-[:SUPPORT_FIELD]->()-[:IN_SCHEME]->(scheme:FieldScheme)
    RETURN DISTINCT list, reached, scheme
    UNION
    MATCH (membership:PlatformMembership)-[:ORGANIZATION]->(platform)-[:REACH]->(reached)
    MATCH (membership)-[:MEMBER]->()-[:SUPPORT_FIELD]->()-[:IN_SCHEME]->(scheme:FieldScheme)
    CALL (membership, platform) {
      MATCH (membership)-[:STATED_IN]->()-[:HAS_SOURCE*0..1]->(list:SourceDocument)
      RETURN list
      UNION
      RETURN platform AS list
    }
    MATCH (list)-[:LIST_COMPLETENESS]->(:Resource {iri: 'https://w3id.org/tsunagari/scheme/list-completeness/closed'})
    RETURN DISTINCT list, reached, scheme
  }
  WITH * WHERE reached = area OR EXISTS { (area)-[:IN_PREFECTURE]->(reached) }
  MATCH (field)-[:IN_SCHEME]->(scheme)
  RETURN field, list
  UNION
  // A survey says of its own fields that somebody looked, from its day on, unless it found support.
  MATCH (survey:CoverageSurvey)-[:SURVEYED_AREA]->(reached)
  WHERE (reached = area OR (EXISTS { (area)-[:IN_PREFECTURE]->(reached) } AND coalesce(survey.includesParts, true)))
    AND NOT coalesce(survey.foundSupport, false) AND coalesce(survey.asOf <= $at, true)
  MATCH (survey)-[:SUPPORT_FIELD]->(field)
  MATCH (survey)-[:STATED_IN]->()-[:HAS_SOURCE*0..1]->(list:SourceDocument)
  WHERE NOT EXISTS {
    MATCH (other:CoverageSurvey {foundSupport: true})-[:SURVEYED_AREA]->(area)
    MATCH (other)-[:SUPPORT_FIELD]->(field)
    WHERE coalesce(other.asOf <= $at, true)
  }
  RETURN field, list
}
WITH DISTINCT area, field, list
// Of what a public edition does not show, it does not say that there is nothing.
WHERE NOT EXISTS { (field)<-[:SUPPORT_FIELD]-(:UnpublishedCells)-[:UNPUBLISHED_IN|UNDETERMINED_IN]->(area) }
AND NOT EXISTS {
  MATCH (offer)-[:SUPPORT_FIELD]->(field)
  CALL (offer) {
    MATCH (offer:SupportService)-[:SERVICE_AREA]->(unit) RETURN unit
    UNION
    MATCH (offer:SupportService)-[:PROVIDED_BY]->()-[:MUNICIPALITY]->(unit) RETURN unit
    UNION
    MATCH (offer:CommunitySupport|Consultation)-[:CARRIED_OUT_BY]->()-[:MUNICIPALITY]->(unit) RETURN unit
    UNION
    MATCH (offer)-[:MUNICIPALITY]->(unit) RETURN unit
  }
  WITH * WHERE unit = area OR unit.iri = 'https://w3id.org/tsunagari/id/area/00000' OR EXISTS { (area)-[:IN_PREFECTURE]->(unit) }
    OR EXISTS { (unit)<-[:ORGANIZATION]-(:PartnershipMembership)-[:MEMBER]->()-[:MUNICIPALITY]->(area) }
  OPTIONAL MATCH (offer)-[:STATUS]->(status)
  WITH * WHERE (status IS NULL OR status.notation IN ['stated', 'inferred'])
    AND coalesce(coalesce(offer.validFromNotBefore, offer.validFrom) <= $at, true)
    AND coalesce($at < coalesce(offer.validToNotAfter, offer.validTo), true)
  RETURN offer
}
RETURN area, field, list AS complete_list
ORDER BY area.iri, field.iri
