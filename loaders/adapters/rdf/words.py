"""Which words of ORG, SKOS, schema.org, FOAF, DCTERMS, CPSV-AP and their kin are read, and as what."""

from __future__ import annotations

from tsunagari.ontology.namespaces import CPSV, CV, DC, DCT, GEO, ORG, RDF, RDFS, SCHEMA, SKOS

ADMS = "http://www.w3.org/ns/adms#"
DCAT = "http://www.w3.org/ns/dcat#"
FOAF = "http://xmlns.com/foaf/0.1/"
IC = "http://imi.go.jp/ns/core/rdf#"
LOCN = "http://www.w3.org/ns/locn#"
REGORG = "http://www.w3.org/ns/regorg#"
TIME = "http://www.w3.org/2006/time#"
VCARD = "http://www.w3.org/2006/vcard/ns#"

TYPE = f"{RDF}type"
INSECURE_SCHEMA = "http://schema.org/"  # the same words as `SCHEMA`, as most files write them


def _words(namespace: str, names: str) -> tuple[str, ...]:
    return tuple(namespace + name for name in names.split())


# ---- classes ----

COLLABORATIONS = frozenset(_words(ORG, "OrganizationalCollaboration"))
UNITS = frozenset(_words(ORG, "OrganizationalUnit"))
CONSORTIA = frozenset(_words(SCHEMA, "Consortium"))
ORGANIZATIONS = frozenset(
    (
        *_words(ORG, "Organization FormalOrganization"),
        *_words(FOAF, "Organization Group"),
        *_words(CV, "PublicOrganisation"),
        *_words(REGORG, "RegisteredOrganization"),
        *_words(
            SCHEMA,
            "Organization NGO GovernmentOrganization EducationalOrganization MedicalOrganization "
            "Corporation Cooperative LocalBusiness LibrarySystem ResearchOrganization FundingAgency WorkersUnion "
            "CivicStructure School",
        ),
        *_words(IC, "組織型 法人型"),
    )
)
MEMBERSHIPS = frozenset((*_words(ORG, "Membership"), *_words(SCHEMA, "OrganizationRole Role ProgramMembership")))
SERVICES = frozenset(
    (*_words(CPSV, "PublicService"), *_words(CV, "PublicService"), *_words(SCHEMA, "Service GovernmentService"))
)
PERSONS = frozenset((*_words(FOAF, "Person"), *_words(SCHEMA, "Person"), *_words(VCARD, "Individual"), f"{IC}人型"))
CONCEPTS = frozenset(_words(SKOS, "Concept"))
SCHEMES = frozenset(_words(SKOS, "ConceptScheme"))

# ---- properties ----

NAMES = (
    *_words(SKOS, "prefLabel"),
    *_words(REGORG, "legalName"),
    *_words(SCHEMA, "legalName name"),
    *_words(FOAF, "name"),
    *_words(DCT, "title"),
    *_words(DC, "title"),
    *_words(VCARD, "fn organization-name"),
    *_words(RDFS, "label"),
)
OTHER_NAMES = (*_words(SKOS, "altLabel"), *_words(SCHEMA, "alternateName"), *_words(FOAF, "nick"), f"{DCT}alternative")
NUMBERS = (
    *_words(ORG, "identifier"),
    *_words(ADMS, "identifier"),
    *_words(SCHEMA, "identifier taxID"),
    *_words(DCT, "identifier"),
    *_words(REGORG, "registration"),
    *_words(SKOS, "notation"),
)
NUMBER_TEXTS = (*_words(SKOS, "notation"), *_words(SCHEMA, "value"), *_words(ADMS, "identifier"))
PAGES = (
    *_words(FOAF, "homepage page"),
    *_words(SCHEMA, "url sameAs"),
    *_words(RDFS, "seeAlso"),
    *_words(CV, "webPage"),
)
FIELDS = (
    *_words(SCHEMA, "knowsAbout category serviceType"),
    *_words(DCT, "subject"),
    *_words(DCAT, "theme"),
    *_words(CV, "thematicArea"),
)
AREAS = (*_words(SCHEMA, "areaServed serviceArea"), *_words(DCT, "spatial"), *_words(GEO, "sfWithin"))
SITES = (*_words(ORG, "hasPrimarySite hasSite hasRegisteredSite"), *_words(SCHEMA, "location"))
ADDRESSES = (
    *_words(SCHEMA, "address"),
    *_words(ORG, "siteAddress"),
    *_words(LOCN, "address"),
    *_words(VCARD, "hasAddress adr"),
)
PREFECTURES = (*_words(SCHEMA, "addressRegion"), *_words(LOCN, "adminUnitL1"), *_words(VCARD, "region"))
CITIES = (*_words(SCHEMA, "addressLocality"), *_words(LOCN, "adminUnitL2 postName"), *_words(VCARD, "locality"))
STREETS = (*_words(SCHEMA, "streetAddress"), *_words(VCARD, "street-address"), *_words(LOCN, "thoroughfare"))
FULL_ADDRESSES = (*_words(LOCN, "fullAddress"), *_words(VCARD, "label"))
PARENTS = (*_words(ORG, "unitOf subOrganizationOf"), *_words(SCHEMA, "parentOrganization"))

MEMBER_OF = (*_words(ORG, "memberOf"), *_words(SCHEMA, "memberOf"))
HAS_MEMBER = (*_words(ORG, "hasMember"), *_words(SCHEMA, "member"), *_words(FOAF, "member"))
MEMBER = (*_words(ORG, "member"), *_words(SCHEMA, "member"))
ORGANIZATION = (*_words(ORG, "organization"), *_words(SCHEMA, "memberOf hostingOrganization"))
HAS_MEMBERSHIP = (*_words(ORG, "hasMembership"),)
ROLES = (*_words(ORG, "role"), *_words(SCHEMA, "roleName"))
DURING = (*_words(ORG, "memberDuring"), *_words(DCT, "temporal"))
STARTS = (*_words(SCHEMA, "startDate foundingDate"), *_words(DCAT, "startDate"), *_words(TIME, "hasBeginning"))
ENDS = (*_words(SCHEMA, "endDate dissolutionDate"), *_words(DCAT, "endDate"), *_words(TIME, "hasEnd"))
INSTANTS = _words(TIME, "inXSDDate inXSDDateTime inXSDgYearMonth inXSDgYear inXSDDateTimeStamp")

PROVIDERS = (
    *_words(SCHEMA, "provider serviceOperator"),
    *_words(CV, "hasCompetentAuthority ownedBy"),
    *_words(CPSV, "hasCompetentAuthority"),
    *_words(DCT, "publisher creator"),
)
CHANNELS = (*_words(CV, "hasChannel"), *_words(SCHEMA, "availableChannel"))
TARGETS = (*_words(DCT, "audience"), *_words(SCHEMA, "audience"))
LIFE_EVENTS = (*_words(CV, "isGroupedBy"), *_words(CPSV, "isGroupedBy"))

IN_SCHEME = (*_words(SKOS, "inScheme topConceptOf"),)
BROADER = _words(SKOS, "broader")
NOTATION = _words(SKOS, "notation")
DEFINITION = _words(SKOS, "definition")


def plain(iri: str) -> str:
    """Return a word as it stands in the tables above, whichever way schema.org was written."""
    return SCHEMA + iri[len(INSECURE_SCHEMA) :] if iri.startswith(INSECURE_SCHEMA) else iri
