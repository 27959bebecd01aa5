#!/bin/sh
# Debian packages that the tests need: installed where this is root or has sudo, else named.
need=""
command -v redis-server >/dev/null || need="$need redis-server"
command -v chromium-headless-shell >/dev/null || need="$need chromium-headless-shell"
command -v git >/dev/null || need="$need git"
command -v ip >/dev/null || [ -x /usr/sbin/ip ] || need="$need iproute2"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || need="$need postgresql"
command -v nginx >/dev/null || [ -x /usr/sbin/nginx ] || need="$need nginx-light"
[ -z "$need" ] && exit 0
as_root=""
[ "$(id -u)" = 0 ] || as_root="sudo -n"
if ! $as_root true 2>/dev/null; then
  echo "The tests need Debian packages: sudo apt-get install$need" >&2
  exit 1
fi
echo "Installing$need ..."
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -qq && $as_root apt-get install -y -qq --no-install-recommends $need >/dev/null
