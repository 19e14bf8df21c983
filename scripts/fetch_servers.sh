#!/usr/bin/env bash
# Fetches the servers that some tests talk to, Neo4j Community and Apache Jena Fuseki, from Maven Central into a cache
# outside of the tree (TSUNAGARI_SERVERS, else ~/.cache/tsunagari-tests). They serve tests only and are never shipped.
# Where Java or Maven is missing, or nothing can be fetched, it says so and goes on: the tests that need a server are
# skipped with a reason there, and fail where CI is set.
set -u
here=$(cd "$(dirname "$0")/servers" && pwd)
cache=${TSUNAGARI_SERVERS:-${XDG_CACHE_HOME:-$HOME/.cache}/tsunagari-tests}

for name in neo4j fuseki; do
  folder=$cache/$name-$(sed -n 's:.*<server.version>\(.*\)</server.version>.*:\1:p' "$here/$name.xml")
  [ -e "$folder/.whole" ] && continue
  if ! command -v mvn >/dev/null 2>&1 || ! command -v java >/dev/null 2>&1; then
    echo "Not fetched: $name, because Java 17 or Maven is missing; the tests that need it will be skipped." >&2
    continue
  fi
  echo "Fetching $name from Maven Central into $folder ..."
  mkdir -p "$cache"
  new=$(mktemp -d "$cache/.$name-XXXXXX")
  cp "$here/$name.xml" "$new/pom.xml"
  if mvn -B -q -f "$new/pom.xml" dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$new/lib" >"$new/log" 2>&1; then
    touch "$new/.whole"
    rm -rf "$folder"
    mv -T "$new" "$folder" 2>/dev/null || mv "$new" "$folder"
  else
    echo "Could not fetch $name: $(grep -m 1 ERROR "$new/log"); the tests that need it will be skipped." >&2
    rm -rf "$new"
  fi
done
exit 0
