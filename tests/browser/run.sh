#!/usr/bin/env bash
# Builds the briefing and the site of every field, the latter once more with long words, and checks them in
# chromium.
#   run.sh                 every check
#   run.sh axe keyboard    only these
# BRIEFWIKI: the binary to build with (default: cargo run). CHROMIUM: the browser. SITES: a folder to build
# into and keep (default: a temporary one). Prints a line for each check; fails when one of them does.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
[ $# -gt 0 ] || set -- html walk file console landmarks narrow script sizes print keyboard features axe lighthouse

if ! CHROMIUM=$(command -v "${CHROMIUM:-chromium}"); then
  echo "The browser tests need chromium. Install it (apt-get install chromium) or set CHROMIUM." >&2
  exit 1
fi
export CHROMIUM

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export SITES=${SITES:-$scratch}

if [ ! -d "$here/node_modules" ]; then
  npm ci --prefix "$here" --no-audit --no-fund
fi

briefwiki() {
  if [ -n "${BRIEFWIKI:-}" ]; then "$BRIEFWIKI" "$@"; else
    cargo run --quiet --locked --manifest-path "$root/Cargo.toml" -- "$@"
  fi
}
# The addresses are read again in lib.mjs.
briefwiki build --content "$root/content" \
  --base-url https://example.org/some/where/ --output "$SITES/briefing" >"$scratch/log" 2>&1 ||
  { cat "$scratch/log" >&2; exit 1; }
briefwiki build --content "$root/tests/sites/every-field/content" \
  --base-url https://example.org/else/where/ --output "$SITES/every-field" >"$scratch/log" 2>&1 ||
  { cat "$scratch/log" >&2; exit 1; }

# A title of a page, and of the site, may be one word that is wider than a telephone.
long=Nord$(printf 'lands%.0s' {1..15})
cp -r "$root/tests/sites/every-field/content" "$scratch/long"
find "$scratch/long" -name '*.md' -exec sed -i -E \
  -e "s/(Norland|Lake talks|Lake accord|river strip|Crossings of the river)/\1$long/g; s/Norland$long/$long/g" {} +
sed -i -e "s/^title: \"/&$long /" "$scratch"/long/{sources,glossary,pages}/*.md
sed -i -e "s/^title: .*/title: $long/" "$scratch/long/site.yaml"
briefwiki build --content "$scratch/long" \
  --base-url https://example.org/long/ --output "$SITES/long-words" >"$scratch/log" 2>&1 ||
  { cat "$scratch/log" >&2; exit 1; }

node "$here/run.mjs" "$@"
