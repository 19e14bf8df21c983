#!/usr/bin/env bash
# Installs the programs that some tests drive for real: Chromium, a Japanese font, LibreOffice Calc and Writer, and Java with
# Maven, by which the servers of `scripts/fetch_servers.sh` are fetched and run, Node, which checks
# the TypeScript of the map, and R with sna, a peer of the tests.
# On a machine without apt-get or without the right to install, says what is missing and goes on:
# the tests that need a missing part are skipped with a reason there, and fail where CI is set.
set -u
missing=()
command -v chromium >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 || missing+=(chromium)
command -v soffice >/dev/null 2>&1 || command -v libreoffice >/dev/null 2>&1 || missing+=(libreoffice-calc-nogui)
ls /usr/lib/libreoffice/program/libswlo.so /opt/libreoffice*/program/libswlo.so >/dev/null 2>&1 || missing+=(libreoffice-writer-nogui)
if command -v fc-list >/dev/null 2>&1 && [ -n "$(fc-list :lang=ja 2>/dev/null | head -n 1)" ]; then :; else missing+=(fontconfig fonts-noto-cjk); fi
if ! command -v java >/dev/null 2>&1; then
  java=$(apt-cache search --names-only '^openjdk-(17|21)-jre-headless$' 2>/dev/null | cut -d ' ' -f 1 | sort | head -n 1)
  missing+=("${java:-default-jre-headless}")
fi
command -v mvn >/dev/null 2>&1 || missing+=(maven)
command -v npm >/dev/null 2>&1 || missing+=(nodejs npm)
command -v Rscript >/dev/null 2>&1 && Rscript -e 'library(sna)' >/dev/null 2>&1 || missing+=(r-cran-sna)
[ ${#missing[@]} -eq 0 ] && exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if sudo -n true 2>/dev/null; then as_root=(sudo -n); else as_root=(none); fi
fi
if ! command -v apt-get >/dev/null 2>&1 || [ "${as_root[0]:-}" = none ]; then
  echo "Not installed here: ${missing[*]}. Install them by hand to run every test; the tests that need them will be skipped." >&2
  exit 0
fi
echo "Installing ${missing[*]} ..."
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -qq >/dev/null 2>&1
if ! "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null 2>&1; then
  echo "Could not install: ${missing[*]}. The tests that need them will be skipped, or fail where CI is set." >&2
fi
exit 0
