#!/usr/bin/env bash
# Installs what `make up` (run) or the tests (all) need; quick when nothing changed.
set -euo pipefail
cd "$(dirname "$0")/../.."

readonly purpose="${1:-all}"
readonly cache="${JOINEDUP_CACHE_DIR:-$PWD/.cache}"
readonly web=services/gateway/web
readonly built=services/gateway/src/gateway/portal/static/manifest.json
readonly dressed=deploy/keycloak/themes/joinedup/login/assets.ftl
export PATH="$PWD/.cache/uv/bin:$HOME/.local/bin:$PATH"
mkdir -p "$cache/setup" .cache

say() { printf '%s\n' "$*" >&2; }
refuse() { say "$*"; exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

may_install() {
  has apt-get && { [ "$(id -u)" = 0 ] || { has sudo && sudo -n true 2>/dev/null; }; }
}

# install WHAT PACKAGE...: by apt where that is allowed, else say what to run.
install() {
  local what="$1"
  shift
  if ! may_install; then
    refuse "$what is missing: install it, on Debian with \`sudo apt-get install -y $*\`."
  fi
  say "Installing $what: $*"
  local log="$cache/setup/apt.log"
  as_root apt-get update -qq >"$log" 2>&1 || true
  as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "$@" >>"$log" 2>&1 ||
    refuse "$what could not be installed with \`apt-get install $*\`: see $log."
}

python_program() {
  local name
  for name in python3.11 python3.12 python3.13 python3; do
    if has "$name" && "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then
      command -v "$name"
      return
    fi
  done
  refuse "Python 3.11, 3.12 or 3.13 is missing: install one, on Debian with \`apt-get install python3 python3-venv\`."
}

uv_is_new_enough() {
  has uv && uv --version 2>/dev/null | awk '{ split($2, v, "."); exit !(v[1] > 0 || v[2] >= 8) }'
}

ensure_uv() {
  uv_is_new_enough && return
  say "Installing uv into .cache/uv"
  local python
  python="$(python_program)"
  if ! "$python" -m venv .cache/uv >/dev/null 2>&1; then
    rm -rf .cache/uv
    install "Python's venv" python3-venv
    "$python" -m venv .cache/uv
  fi
  .cache/uv/bin/python -m pip install --quiet --disable-pip-version-check "uv>=0.8,<1"
}

ensure_python_packages() {
  local log="$cache/setup/uv.log"
  # Compiled once here, not by each of a dozen processes that start together.
  uv sync --frozen --all-packages --all-groups --compile-bytecode --quiet >"$log" 2>&1 ||
    refuse "uv could not install the locked packages: $(tail -n 3 "$log")"
}

java_major() {
  local java=java
  [ -z "${JAVA_HOME:-}" ] || java="$JAVA_HOME/bin/java"
  "$java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1
}

ensure_keycloak() {
  local major
  major="$(java_major || true)"
  if [ "${major:-0}" -lt 17 ]; then
    install "Java 17" "$(java_package)"
  fi
  # The stack's own command knows the version, and where it keeps what it fetched.
  compgen -G "$cache/keycloak-[0-9]*" >/dev/null || has mvn || install Maven maven
  .venv/bin/joinedup fetch
}

java_package() {
  local name
  for name in openjdk-17-jre-headless openjdk-21-jre-headless; do
    if apt-cache show "$name" >/dev/null 2>&1; then
      printf '%s' "$name"
      return
    fi
  done
  printf 'openjdk-17-jre-headless'
}

web_digest() {
  find "$web" -path "$web/node_modules" -prune -o -type f -print0 |
    sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1
}

ensure_web() {
  local stamp="$cache/setup/web" digest log="$cache/setup/npm.log"
  digest="$(web_digest)"
  if [ -f "$built" ] && [ -f "$dressed" ] && [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$digest" ]; then
    return
  fi
  has npm || install Node.js nodejs npm
  say "Building the portal's styles and scripts"
  (cd "$web" && npm ci --no-audit --no-fund && npm run build) >"$log" 2>&1 ||
    refuse "The portal's styles and scripts could not be built: $(tail -n 3 "$log")"
  printf '%s' "$digest" >"$stamp"
}

# The browser without windows takes a quarter less of the processor for the same pages;
# where there is none to be had, that is remembered, and any Chromium will do.
ensure_browser() {
  local name none="$cache/setup/no-headless-shell"
  if has chromium-headless-shell; then return; fi
  if [ ! -f "$none" ] && may_install; then
    if (install 'a Chromium without windows' chromium-headless-shell); then return; fi
    touch "$none"
  fi
  for name in chromium chromium-browser google-chrome; do
    if has "$name"; then return; fi
  done
  install Chromium chromium
}

ensure_agent() {
  if has fusioninventory-agent; then return; fi
  install 'an inventory agent for the tests' fusioninventory-agent
}

ensure_pdf_checker() {
  local pom=tests/verapdf/pom.xml stamp="$cache/setup/verapdf" digest
  local log="$cache/setup/verapdf.log"
  digest="$(sha256sum "$pom")"
  if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$digest" ]; then return; fi
  has mvn || install Maven maven
  say "Fetching veraPDF"
  rm -rf "$cache/verapdf"
  mvn -q -B -f "$pom" dependency:copy-dependencies \
    -DoutputDirectory="$(cd "$cache" && pwd)/verapdf" >"$log" 2>&1 ||
    refuse "Maven could not fetch veraPDF: $(tail -n 3 "$log")"
  printf '%s' "$digest" >"$stamp"
}

ensure_uv
ensure_python_packages
ensure_web
ensure_keycloak
if [ "$purpose" = all ]; then
  ensure_browser
  ensure_agent
  ensure_pdf_checker
fi
