# Shared by the *-up.sh and *-down.sh scripts. Source it, then: bk_init NAME DIR
# State of one backend lives under $D:
#   pid/<proc>   "<pid> <starttime>" of each daemon we started (starttime guards against pid reuse)
#   log/<proc>   its output
#   endpoint     the endpoint, exactly as printed on the last line of -up
#   env          shell-sourceable KEY='value' lines for a test suite
#   real         where the rest of this is, when DIR can not be reached by the uid that the backend runs as
#   sockdir      where its unix sockets are (elsewhere when DIR is too long for one)
# Every -up DIR may be called again: it prints the endpoint of what runs, or starts again what died, with the same
# ports and data. Every -down DIR may be called again too; -down DIR --purge removes DIR. Last line of -up: the endpoint.
# Exit codes of every -up: 0 ready, 69 packages are missing (treat as "skip"), 1 anything else.

bk_log() { printf '%s\n' "$*" >&2; }
bk_die() { printf 'error: %s\n' "$*" >&2; exit 1; }

# bk_init NAME DIR : sets D (data), S (short directory for unix sockets) and takes the lock
bk_init() {
  umask 022; BK_NAME=$1; D=${2:?directory}
  while :; do
    mkdir -p "$D"; D=$(cd "$D" && pwd -P)
    case $D in *[[:space:]]*) bk_die "no white space in the directory, please: $D" ;; esac
    exec 9>"$D/lock"
    flock -w 300 9 || bk_die "another $BK_NAME-up/-down holds $D/lock"
    [ "/proc/$BASHPID/fd/9" -ef "$D/lock" ] && break   # else a -down --purge was faster: once more
  done
  # A directory made by mkdtemp is closed to other uids. A backend that runs as an ordinary uid (BK_REACH=1) then keeps
  # its state in a directory below /tmp, named in DIR/real; DIR still gets "env" and "endpoint".
  D0=$D
  if [ -s "$D/real" ]; then D=$(cat "$D/real"); mkdir -p "$D"
  elif [ "${BK_REACH:-0}" = 1 ] && [ "$(id -u)" = 0 ]; then
    chmod 711 "$D"
    if ! setpriv "--reuid=${BK_UID:-65534}" "--regid=${BK_GID:-65534}" --clear-groups test -x "$D"; then
      D=$(mktemp -d "/tmp/bk-$BK_NAME.XXXXXX"); echo "$D" >"$D0/real"
    fi
  fi
  [ "$D" = "$D0" ] || chmod 711 "$D"
  mkdir -p "$D/pid" "$D/log"
  # a unix socket path may have at most 107 bytes
  if [ -s "$D/sockdir" ]; then S=$(cat "$D/sockdir"); mkdir -p "$S"
  elif [ "${#D}" -le 70 ]; then S=$D/s; mkdir -p "$S"; echo "$S" >"$D/sockdir"
  else S=$(mktemp -d "/tmp/bk-$BK_NAME.XXXXXX"); echo "$S" >"$D/sockdir"; fi
  chmod 755 "$S"
}

# bk_down NAME DIR : bk_init for a -down; nothing to do where there is no DIR
bk_down() { [ -d "${2:?usage: $1-down DIR [--purge]}" ] || exit 0; bk_init "$1" "$2"; }

# bk_up_dir NAME [DIR] : the directory of an -up (mktemp without an argument)
bk_up_dir() { if [ -n "${2:-}" ]; then printf '%s' "$2"; else mktemp -d "/tmp/$1.XXXXXX"; fi; }

# bk_need "pkg pkg ..." cmd... : exit 69 with the apt line when a command is missing.
# With BK_INSTALL=1 it installs first.
bk_need() {
  local pkgs=$1 c missing=; shift
  _bk_missing() { missing=; for c in "$@"; do [ -e "$c" ] || command -v "$c" >/dev/null 2>&1 || missing="$missing $c"; done; }
  PATH=$PATH:/usr/sbin:/sbin
  _bk_missing "$@"
  if [ -n "$missing" ] && [ "${BK_INSTALL:-0}" = 1 ]; then
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
      -o DPkg::Lock::Timeout=300 $pkgs >&2 9>&- || bk_die "apt-get install failed"
    hash -r; _bk_missing "$@"
  fi
  [ -z "$missing" ] && return 0
  bk_log "missing:$missing"; bk_log "apt-get install -y --no-install-recommends $pkgs"; exit 69
}

# bk_need_root : these daemons are started by root only
bk_need_root() { [ "$(id -u)" = 0 ] || { bk_log "$BK_NAME: only root can start it"; exit 69; }; }

# bk_has_overlay : whether this machine can lay one file system over another below $D
bk_has_overlay() {
  local t; t=$(mktemp -d "$D/overlay.XXXXXX"); mkdir "$t"/{l,u,w,m}
  if mount -t overlay overlay -o "lowerdir=$t/l,upperdir=$t/u,workdir=$t/w" "$t/m" 2>/dev/null; then umount "$t/m"; rm -rf "$t"; return 0; fi
  rm -rf "$t"; return 1
}

_bk_start() { # starttime of a pid (field 22 of stat), empty if gone or zombie
  local s; s=$(cat "/proc/$1/stat" 2>/dev/null) || return 0
  s=${s##*) }; set -- $s; [ "$1" = Z ] || printf '%s' "${20}"
}
bk_note() { # bk_note PROC PID : remember a daemon that forked by itself
  printf '%s %s\n' "$2" "$(_bk_start "$2")" >"$D/pid/$1"; }
bk_alive() { # bk_alive PROC
  local p t; [ -s "$D/pid/$1" ] || return 1
  read -r p t <"$D/pid/$1" || return 1
  [ -n "$t" ] && [ "$(_bk_start "$p")" = "$t" ]
}
bk_pid() { local p _; read -r p _ <"$D/pid/$1" && printf '%s' "$p"; }

# bk_spawn PROC cmd... : in its own session, detached, no inherited lock fd
bk_spawn() {
  local n=$1; shift
  bk_alive "$n" && return 0
  setsid nohup "$@" >>"$D/log/$n" 2>&1 </dev/null 9>&- &
  bk_note "$n" $!
  disown 2>/dev/null || true
}
# bk_stop PROC [SECS] : TERM, then KILL after SECS (10)
bk_stop() {
  local p i; bk_alive "$1" || { rm -f "$D/pid/$1"; return 0; }
  p=$(bk_pid "$1"); kill -TERM "$p" 2>/dev/null || true
  for ((i = 0; i < ${2:-10} * 10; i++)); do bk_alive "$1" || break; sleep 0.1; done
  if bk_alive "$1"; then kill -KILL "$p" 2>/dev/null || true; sleep 0.2; fi
  rm -f "$D/pid/$1"
}
# bk_wait SECS WHAT cmd... : until cmd succeeds
bk_wait() {
  local n=$1 w=$2 end f; shift 2; end=$((SECONDS + n))
  until "$@" >/dev/null 2>&1; do
    # a daemon of ours that has died will not become ready
    for f in "$D"/pid/*; do [ -e "$f" ] || continue; bk_alive "${f##*/}" || { bk_log "$BK_NAME: ${f##*/} died"; end=0; }; done
    [ $SECONDS -lt $end ] || { bk_log "$BK_NAME: not ready ($n s allowed): $w"; tail -n 6 "$D"/log/* 2>/dev/null | cut -c1-300 >&2 || true; return 1; }
    sleep 0.2
  done
}
# bk_port [N] : N free loopback ports
bk_port() {
  node -e 'const net=require("net"),n=+process.argv[1],s=[];let k=0;for(let i=0;i<n;i++){const v=net.createServer();s.push(v);v.listen(0,"127.0.0.1",()=>{if(++k==n){console.log(s.map(x=>x.address().port).join(" "));s.forEach(x=>x.close())}})}' "${1:-1}"
}
# bk_env KEY VALUE... : write $D/env
bk_env() {
  : >"$D/env.new"
  while [ $# -ge 2 ]; do printf "%s='%s'\n" "$1" "${2//\'/\'\\\'\'}" >>"$D/env.new"; shift 2; done
  chmod 600 "$D/env.new"; mv "$D/env.new" "$D0/env"
}
# bk_done ENDPOINT : last lines of an -up
bk_done() { printf '%s\n' "$1" >"$D0/endpoint"; printf 'dir=%s\n%s\n' "$D0" "$1"; }
# bk_gone [--purge] : the end of a -down
bk_gone() {
  rm -f "$D0/endpoint" "$D0/env"
  [ "${1:-}" = --purge ] || return 0
  rm -rf --one-file-system "$S" "$D" "$D0"
}
# bk_already PROC... : prints the old endpoint if the named processes are all alive; forgets dead ones
bk_already() {
  local p; for p in "$D"/pid/*; do [ -e "$p" ] && { bk_alive "${p##*/}" || rm -f "$p"; }; done
  [ -s "$D0/endpoint" ] || return 1; for p in "$@"; do bk_alive "$p" || return 1; done
  printf 'dir=%s\n' "$D0"; cat "$D0/endpoint"; }
# bk_umount_under DIR : lazily unmount everything below DIR, deepest first
bk_umount_under() {
  local m; awk -v d="$1/" 'index($2"/", d)==1{print $2}' /proc/self/mounts | sort -r | while read -r m; do
    umount "$m" 2>/dev/null || umount -l "$m" 2>/dev/null || true; done
}
# bk_stop_ours COMM : TERM then KILL processes named COMM that name a path below $D or $S in their arguments
# (helpers that our daemon forked: conmon, containerd-shim, ...). By pid, one at a time.
bk_stop_ours() {
  local p sig
  for sig in TERM KILL; do
    for p in /proc/[0-9]*; do
      [ "$(cat "$p/comm" 2>/dev/null)" = "$1" ] || continue
      tr '\0' '\n' 2>/dev/null <"$p/cmdline" | grep -qF -e "$D/" -e "$S/" || continue
      kill "-$sig" "${p#/proc/}" 2>/dev/null || true
    done
    sleep 0.2
  done
}
# bk_as_user : fills the array AS with a prefix that runs a command as an ordinary uid when we are root (BK_UID:BK_GID, nobody)
bk_as_user() {
  BK_UID=${BK_UID:-65534}; BK_GID=${BK_GID:-65534}; AS=()
  if [ "$(id -u)" = 0 ]; then AS=(setpriv "--reuid=$BK_UID" "--regid=$BK_GID" --clear-groups env "HOME=$D"); else BK_UID=$(id -u); BK_GID=$(id -g); fi
}
# bk_own DIR... : make and hand to that uid
bk_own() { mkdir -p "$@"; [ "$(id -u)" != 0 ] || chown -R "$BK_UID:$BK_GID" "$@"; }
# bk_simple_down NAME DIR [--purge] [PROC...] : TERM every process we noted, newest first
bk_simple_down() {
  local p; bk_down "$1" "${2:-}"
  for p in $(ls -t "$D/pid"); do bk_stop "$p" 10; done
  bk_gone "${3:-}"
}
