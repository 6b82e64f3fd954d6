# Shared by the scripts beside it; sourced, not run.

lab=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${ASTERISK_CACHE:-$HOME/.cache/asterisk-lab}

die() { echo "${0##*/}: $*" >&2; exit 1; }

# root_exec ROOT PROGRAM ARGS...: becomes a program of an unpacked root, run by
# that root's own dynamic loader with that root's own libraries. The program
# keeps the pid of the (sub)shell that called this.
root_exec() {
  local root=$1 program=$2 loader path='' dir
  shift 2
  for loader in "$root"/{usr/,}lib/*/ld-linux-*.so.*; do [[ -e $loader ]] && break; done
  [[ -e $loader ]] || die "no dynamic loader under $root; run '$lab/setup' first"
  for dir in "$root"/{usr/,}lib/*-linux-gnu* "$root"/usr/lib; do
    [[ -d $dir ]] && path=${path:+$path:}$dir
  done
  exec "$loader" --inhibit-cache --library-path "$path" "$root$program" "$@"
}

# use_run DIR: the settings of an instance that 'start' made.
use_run() {
  run=$(cd "$1" 2> /dev/null && pwd) || die "no such run directory: $1"
  [[ -f $run/instance ]] || die "$run was not made by 'start'"
  . "$run/instance"
}

# need_running DIR: the same, and its Asterisk must be alive.
need_running() {
  use_run "$1"
  running || die "no Asterisk is running in $run; see $run/log"
}

# asterisk_cli COMMAND: one command on the instance's console.
asterisk_cli() { (root_exec "$root" /usr/sbin/asterisk -C "$run/etc/asterisk.conf" -rx "$1"); }

# running: whether the instance's process lives (and is still Asterisk: pids are used again).
running() {
  [[ -f $run/asterisk.pid ]] \
    && tr '\0' ' ' 2> /dev/null < "/proc/$(<"$run/asterisk.pid")/cmdline" | grep -q -F "$run/etc/asterisk.conf"
}

# sockets tcp|udp PORT: the inodes of the sockets that are bound to (udp) or
# listen on (tcp) a local port; nothing when the port is free.
sockets() {
  local state
  case $1 in tcp) state=0A ;; udp) state=07 ;; esac
  cat "/proc/net/$1" "/proc/net/${1}6" 2> /dev/null \
    | awk -v port="$(printf '%04X' "$2")" -v state=$state \
      '$2 ~ /^[0-9A-F]+:/ && substr($2, index($2, ":") + 1) == port && $4 == state { print $10 }'
}
