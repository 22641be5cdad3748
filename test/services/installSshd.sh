#!/usr/bin/env bash
# Installs what real SSH hosts need (OpenSSH's server and client, iproute2, util-linux) from Debian's packages where it is missing.
# Exit status 0: all there. Otherwise the last line of stderr says why not; the tests then take a mode that needs less.
set -uo pipefail
export DEBIAN_FRONTEND=noninteractive LC_ALL=C

missing() {
  [ -x /usr/sbin/sshd ] || echo openssh-server
  command -v ssh >/dev/null || echo openssh-client
  command -v ip >/dev/null && command -v ss >/dev/null || echo iproute2
  command -v unshare >/dev/null && command -v setpriv >/dev/null || echo util-linux
  command -v ps >/dev/null || echo procps
}

give_up() { echo "$*" >&2; exit 1; }

# Debian's sshd wants it; its own start script would make it.
run_directory() { [ "$(id -u)" != 0 ] || mkdir -p /run/sshd; }

[ -n "$(missing)" ] || { run_directory; exit 0; }
[ "$(id -u)" = 0 ] || give_up "not root, and missing: $(missing | xargs)"
command -v apt-get >/dev/null || give_up "no apt-get, and missing: $(missing | xargs)"

# One at a time: several test files may start together.
exec 9<"$0"
flock -w 300 9 || give_up "another installation takes too long"
packages=$(missing | xargs)
[ -n "$packages" ] || { run_directory; exit 0; }

# The packages must not start a server of their own.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  trap 'rm -f "$policy"' EXIT
  printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod 755 "$policy"
fi
apt=(timeout 240 apt-get -qq -o Acquire::Retries=1 -o Acquire::http::Timeout=20 -o DPkg::Lock::Timeout=120)
for attempt in 1 2 3; do
  # The lists lock has no wait option, so retry.
  # shellcheck disable=SC2086
  "${apt[@]}" update >/dev/null 9>&- && "${apt[@]}" install -y --no-install-recommends $packages >/dev/null 9>&- && break
  sleep 2
done
[ -z "$(missing)" ] || give_up "apt-get could not install $(missing | xargs)"
run_directory
