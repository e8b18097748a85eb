#!/bin/sh
# Installs the browsers that the browser tests drive, from Debian's packages, when they are missing.
set -eu
wanted=""
command -v chromium >/dev/null || wanted="chromium"
command -v firefox-esr >/dev/null || command -v firefox >/dev/null || wanted="$wanted firefox-esr"
[ -n "$wanted" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing $(echo $wanted) for the browser tests (once)..."
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $wanted >/dev/null
else
  echo "The browser tests need: $(echo $wanted). Install it, for example: sudo apt-get install $wanted" >&2
  exit 1
fi
