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

# ari METHOD PATH [JSON]: one request to the instance's ARI; sets ari_status and
# ari_body, and fails only when there is no answer at all.
ari() {
  local length=0 line=
  ari_status='' ari_body=''
  { exec 3<> "/dev/tcp/127.0.0.1/$ARI_PORT"; } 2> /dev/null || return 1
  printf '%s /ari/%s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic %s\r\nConnection: close\r\n' \
    "$1" "$2" YWdlbnQ6YWdlbnQ= >&3   # agent:agent
  if [[ -n ${3-} ]]; then
    printf 'Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s' "$(LC_ALL=C; echo ${#3})" "$3" >&3
  else
    printf '\r\n' >&3
  fi
  { read -r -t 10 line <&3 || true; } 2> /dev/null   # the connection may be reset
  line=${line#* } ari_status=${line%% *}
  while read -r -t 10 line <&3 && [[ $line != $'\r' ]]; do
    [[ ${line,,} == content-length:* ]] && { line=${line#*:} length=${line//[!0-9]/}; }
  done
  (( length == 0 )) || LC_ALL=C read -r -t 10 -N "$length" ari_body <&3 || true
  exec 3>&-
  [[ -n $ari_status ]]
}

# ari_again METHOD PATH: the same, up to three times, for what does no harm when it is done twice.
# When an AudioSocket connection is refused, Asterisk 22 closes its socket twice, and the
# second time that may be a socket of its HTTP server.
ari_again() { ari "$@" || { sleep 0.1; ari "$@"; } || { sleep 0.1; ari "$@"; }; }

# json STRING: the string in quotes, for a JSON body.
json() {
  local text=${1//\\/\\\\}
  text=${text//\"/\\\"}
  printf '"%s"' "$text"
}

# ms SECONDS: in milliseconds; 2, 0.35 and .5 are numbers of seconds.
ms() {
  [[ $1 =~ ^([0-9]*)(\.([0-9]{1,3}))?$ && $1 == *[0-9]* ]] || die "'$1' is not a number of seconds"
  local fraction=${BASH_REMATCH[3]}000
  echo $((10#0${BASH_REMATCH[1]} * 1000 + 10#${fraction:0:3}))
}

# number FILE OFFSET BYTES: a little-endian number in a file.
number() { od -An -t "u$3" -j "$2" -N "$3" --endian=little "$1" | tr -d ' '; }

# wav_rate FILE: the sample rate; fails when it is no 16-bit mono WAV.
wav_rate() {
  [[ -f $1 ]] || die "no such file: $1"
  [[ $(head -c 4 "$1") == RIFF && $(number "$1" 22 2)/$(number "$1" 34 2) == 1/16 ]] || die "$1 is not a 16-bit mono WAV"
  number "$1" 24 4
}

# wav_header RATE CHANNELS BYTES: of 16-bit audio of that many bytes.
wav_header() {
  printf 'RIFF'; little_endian $(($3 + 36)) 4
  printf 'WAVEfmt '; little_endian 16 4; little_endian 1 2; little_endian "$2" 2
  little_endian "$1" 4; little_endian $(($1 * $2 * 2)) 4; little_endian $(($2 * 2)) 2; little_endian 16 2
  printf 'data'; little_endian "$3" 4
}
little_endian() {
  local i bytes=
  for ((i = 0; i < $2; i++)); do printf -v bytes '%s\\x%02x' "$bytes" $(($1 >> 8 * i & 255)); done
  printf '%b' "$bytes"
}

# stereo LEFT RIGHT: one WAV of two mono recordings, as long as the shorter one.
stereo() {
  local bytes right; bytes=$(stat -c %s "$1") right=$(stat -c %s "$2")
  (( bytes < right )) || bytes=$right
  bytes=$((bytes - 44))
  wav_header "$(number "$1" 24 4)" 2 $((2 * bytes))
  paste -d '' <(samples "$1" $bytes) <(samples "$2" $bytes) | tr -d '\n' | basenc -d --base16
}
samples() { od -An -v -t x1 -w2 -j 44 -N "$2" "$1" | tr -d ' ' | tr a-f A-F; }
