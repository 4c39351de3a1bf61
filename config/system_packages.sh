#!/bin/sh
# What pip cannot bring: root on Debian or Ubuntu gets it installed, anybody else reads which command to give.
#     sh config/system_packages.sh python|pango|chromium|age
set -eu
python=${PYTHON3:-python3}

case $1 in
python)
  what="Python 3.11 or newer with venv (another one than $python: PYTHON3=python3.12 make run)"
  packages="python3 python3-venv"
  present() { "$python" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }
  ;;
pango)
  what="Pango, which WeasyPrint needs to make PDFs"
  packages="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
  present() {
    for library in libpango-1.0.so.0 libpangoft2-1.0.so.0 libharfbuzz-subset.so.0; do
      "$python" -c 'import ctypes, sys; ctypes.CDLL(sys.argv[1])' $library 2>/dev/null || return 1
    done
  }
  ;;
chromium)
  what="Chromium, in which the tests use the pages"
  packages="chromium"
  present() { command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null
  ;;
age)
  what="age, which encrypts the backups"
  packages="age"
  present() { command -v age && command -v age-keygen; } >/dev/null
  ;;
esac

if present; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing $packages"
  export DEBIAN_FRONTEND=noninteractive
  apt-get -qq update && apt-get -qq install --yes --no-install-recommends $packages >/dev/null || true
  if present; then exit 0; fi
fi
echo "Missing: $what. On Debian or Ubuntu:" >&2
echo "    sudo apt-get install $packages" >&2
exit 1
