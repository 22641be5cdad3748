#!/usr/bin/env bash
# Keeps what a test process started no longer than that process lives, and makes hosts of network namespaces.
#   hosts.sh STATE TAG     (run by startHosts.ts, which speaks to it over stdin and stdout)
# Each line of stdin is a verb, answered by "VERB HOST ok" or "VERB HOST failed: reason":
#   switch NUMBER | boot NAME I | crash NAME I | link NAME I up|down
# When stdin ends, because of `stop()` or because the test process died, everything goes: hosts, processes that carry TAG, STATE.
# Every process here is bound to its parent (--pdeathsig, --kill-child) and no namespace has a name, so even a killed hosts.sh
# leaves no sshd, namespace, network device or mount.
# SSHD_HIDE (a:b): directories that the hosts see empty, each with a file system of its own.
set -uo pipefail
export LC_ALL=C

# The reserved range for tests of networks (RFC 2544): 198.18.NUMBER.0/24, host I is .I, the test process is .254.
subnet() { printf '198.18.%s' "$NUMBER"; }

# Stages of a host, run by this script's own `exec`s: first in its own network, where the pids are still everybody's ...
stage_network() { # NAME I STATE SWITCH NUMBER
  NAME=$1 STATE=$3 NUMBER=$5
  trap 'echo "boot $NAME failed: $(tail -n 2 "$STATE/hosts.log" | tr "\n" " ")" >&3' EXIT
  ip link add eth0 address "02:00:c6:12:$(printf '%02x:%02x' "$NUMBER" "$2")" type veth peer name "port$2" netns "$4" || exit 1
  ip -batch - <<IP || exit 1
link set lo up
addr add $(subnet).$2/24 dev eth0
link set eth0 up
IP
  nsenter -t "$4" -n ip link set "port$2" master switch up || exit 1
  exec unshare --mount --uts --ipc --pid --fork --kill-child --mount-proc bash "$0" --init "$1" "$3"
}

# ... then as its first process: reaps orphans, and the host dies with it.
stage_init() { # NAME STATE
  NAME=$1
  local log=hosts.log
  trap 'echo "boot $NAME failed: $(tail -n 2 "$log" | tr "\r\n" "  ")" >&3' EXIT
  cd "$2" && hostname "$1" || exit 1
  mount --bind hosts /etc/hosts && mount --bind "$1.passwd" /etc/passwd && mount --bind shadow /etc/shadow || exit 1
  mount -t tmpfs -o mode=1777 tmpfs /dev/shm
  hide "$2"
  log=$1.log
  rm -f "$2/$1.pid"
  /usr/sbin/sshd -D -E "$2/$1.log" -f "$2/$1.conf" 3>&- &
  # sshd writes it once it listens.
  until [ -s "$2/$1.pid" ]; do kill -0 $! || exit 1; sleep 0.01; done
  trap - EXIT
  echo "boot $1 ok" >&3
  exec 3>&-
  trap 'exit 0' TERM
  while :; do sleep 3600 & wait $!; done
}

hide() { # STATE: which stays visible also where a parent of it is hidden
  local dir dirs
  IFS=: read -ra dirs <<<"${SSHD_HIDE:-}"
  for dir in "${dirs[@]}"; do
    mount -t tmpfs tmpfs "$dir" || exit 1
  done
  [ -e "$1/hosts" ] || { mkdir -p "$1" && mount -c --bind /proc/self/cwd "$1" && cd "$1" || exit 1; }
}

case ${1:-} in
  --network) shift; stage_network "$@" ;;
  --init) shift; stage_init "$@" ;;
esac

STATE=$1
TAG=$2
NUMBER=
SWITCH=
declare -A PIDS=()
# fd 3 carries the answers; what programs print is the log.
exec 3>&1 >>"$STATE/hosts.log" 2>&1

# For commands in the background, whose pid is then $!.
bound() { exec setpriv --pdeathsig KILL "$@" </dev/null; }

# The hosts' network switch has a namespace of its own; the test process reaches it over one cable, fpNUMBER.
switch() { # NUMBER: the first that may be free
  bound unshare --net bash -c "ip link add switch type bridge forward_delay 0 && ip link set switch up &&
    echo up >'$STATE/switch' && exec sleep infinity" 3>&- &
  SWITCH=$!
  local i
  for ((i = 0; i < 500; i++)); do [ -e "$STATE/switch" ] || ! kill -0 $SWITCH || { sleep 0.01; continue; }; break; done
  [ -e "$STATE/switch" ] || { SWITCH=; return 1; }
  # Adding a device is atomic: the first number that nobody has.
  for ((NUMBER = $1; NUMBER < 256; NUMBER++)); do
    ip link add "fp$NUMBER" type veth peer name uplink netns "$SWITCH" && break
  done
  [ "$NUMBER" -lt 256 ] || { NUMBER=; return 1; }
  nsenter -t "$SWITCH" -n ip link set uplink master switch up &&
    ip addr add "$(subnet).254/24" dev "fp$NUMBER" && ip link set "fp$NUMBER" up && echo "number $NUMBER" >&3
}

boot() { # NAME I: answered by stage_init
  if [ -n "${PIDS[$1]:-}" ] && kill -0 "${PIDS[$1]}"; then answer boot "$1" 0; return; fi
  # What a host that ended by itself may have left for a moment.
  nsenter -t "$SWITCH" -n ip link del "port$2"
  bound unshare --net bash "$0" --network "$1" "$2" "$STATE" "$SWITCH" "$NUMBER" &
  PIDS[$1]=$!
  echo "pid $1 $!" >&3
}

# Killing the first process of a host ends all others; unshare ends after them.
end() { # NAME
  local pid=${PIDS[$1]:-}
  [ -n "$pid" ] || return 0
  unset "PIDS[$1]"
  local init; read -r init _ <"/proc/$pid/task/$pid/children"
  kill -KILL "${init:-$pid}"
  wait "$pid"
}

link() { # I up|down
  nsenter -t "$SWITCH" -n ip link set "port$1" "$2"
}

# Power loss: the network is silent first, so nobody hears the processes end.
crash() { # NAME I
  [ -n "${PIDS[$1]:-}" ] || return 0
  link "$2" down
  end "$1"
  nsenter -t "$SWITCH" -n ip link del "port$2"
  return 0
}

answer() { # VERB HOST STATUS
  if [ "$3" -eq 0 ]; then echo "$1 $2 ok" >&3; else echo "$1 $2 failed: $(tail -n 3 "$STATE/hosts.log" | tr '\n' ' ')" >&3; fi
}

tagged() { grep -lzs "^FUTUREPLAN_TEST_HOST=$TAG/" /proc/[0-9]*/environ | cut -d/ -f3; }

cleanup() {
  local name i pids
  # Through open links, so that the clients hear of it.
  if [ -n "$SWITCH" ]; then
    for name in "${!PIDS[@]}"; do end "$name"; done
    [ -z "$NUMBER" ] || { ss -K dst "$(subnet).0/24"; ip link del "fp$NUMBER"; }
    kill "$SWITCH"; wait "$SWITCH"
  fi
  for ((i = 0; i < 50; i++)); do
    pids=$(tagged); [ -n "$pids" ] || break
    # shellcheck disable=SC2086
    kill -KILL $pids; sleep 0.02
  done
  rm -rf "$STATE"
}
trap cleanup EXIT
trap 'exit 1' TERM INT HUP

while read -r verb name index state; do
  case $verb in
    switch) switch "$name"; answer switch - $? ;;
    boot) boot "$name" "$index" ;;
    crash) crash "$name" "$index"; answer crash "$name" $? ;;
    link) link "$index" "$state"; answer link "$name" $? ;;
  esac
done
