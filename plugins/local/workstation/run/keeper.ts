/**
The shim that outlives cws, in plain `sh` so that it costs under a megabyte. It is written beside the workstation and started in a
session of its own:

    sh keeper.sh keep DIR RUN CWD COMMAND…   starts the command in another session, waits, records how it ended
    sh keeper.sh log DIR                     keeps the log again when its first keeper was killed

The output goes through a named pipe that the command itself holds open for reading too: when the keeper is killed the command gets
no SIGPIPE, and a new logger can take over. The log is cut by renaming at 1.5 MB, and the pause before it makes a program that floods
wait instead of burning the processor and the disk.
*/
export const keeperScript = `#!/bin/sh
set -u
set -f

start_time() {
	if [ -r "/proc/$1/stat" ] && read -r line <"/proc/$1/stat"; then
		set -- \${line##*) }
		shift 19
		echo "$1"
	else
		LC_ALL=C ps -o lstart= -p "$1"
	fi
}

ring() {
	echo "$1" >"$dir/../.bell"
} 2>/dev/null

save() {
	printf '%s\\n' "$2" >"$dir/.$1" && mv -f "$dir/.$1" "$dir/$1"
} 2>/dev/null

say() {
	printf '[cws] %s\\n' "$1" >>"$dir/log"
} 2>/dev/null

# dd passes every read on at once and counts reads, so fewer than asked for means the last writer is gone.
keep_log() {
	trap '' HUP
	export LC_ALL=C
	size=0
	if [ -f "$dir/log" ]; then
		size=$(wc -c <"$dir/log")
	fi
	while :; do
		if [ "$size" -ge 1500000 ]; then
			sleep 1
			mv -f "$dir/log" "$dir/log.1"
			size=0
		fi
		if report=$(dd bs=16384 count=64 2>&1 >>"$dir/log"); then
			set -- $report
			# Some print a warning before the counts.
			while [ $# -gt 7 ] && [ "$2" != records ]; do
				shift
			done
			size=$((size + \${7:-0}))
			[ "$((\${1:-0}))" -eq 64 ] || return 0
		else
			[ -d "$dir" ] || exec cat >/dev/null
			sleep 1
		fi
	done
} 2>/dev/null

mode=$1
dir=$2
case $mode in
	keep)
		run=$3
		cwd=$4
		shift 4
		# What the starter of cws left open, a lock for example, must not stay open as long as the workstation.
		exec 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-
		rm -f "$dir/out" && mkfifo -m 600 "$dir/out" || {
			save exit "$run 71 $(date +%s)"
			exit 71
		}
		exec 3<>"$dir/out" 4<"$dir/out"
		say "started $(date '+%Y-%m-%d %H:%M:%S')"
		# Redirected by exec: on the call itself the shell would keep a copy of the writing end, and the log would never end.
		(
			exec <&4 3>&- 4<&-
			keep_log
		) &
		logger=$!
		# In a session of its own every descendant is found by it; without setsid the shell makes at least a group.
		starter=setsid
		command -v setsid >/dev/null 2>&1 || { starter=; set -m; }
		$starter sh "$dir/keeper.sh" run "$dir" "$run" "$$" "$logger" "$cwd" "$@" </dev/null 4<&-
		code=$?
		# Through the pipe, so that it comes after the last words; then a moment for the log to take them.
		if kill -0 "$logger" 2>/dev/null; then
			printf '[cws] %s\\n' "ended with exit status $code $(date '+%Y-%m-%d %H:%M:%S')" >&3
		fi
		exec 3>&- 4<&-
		for _ in 1 2 3 4 5; do
			kill -0 "$logger" 2>/dev/null && sleep 0.02 || break
		done
		# On a full disk the news waits for space as long as there is a workstation to tell it about.
		until save exit "$run $code $(date +%s)"; do
			[ -d "$dir" ] || exit 0
			sleep 5
		done
		ring "$run"
		;;
	run)
		run=$3
		boot=-
		[ -r /proc/sys/kernel/random/boot_id ] && read -r boot </proc/sys/kernel/random/boot_id
		save run "run=$run
pid=$$
start=$(start_time $$)
keeper=$4
keeperStart=$(start_time "$4")
logger=$5
loggerStart=$(start_time "$5")
boot=$boot" || exit 74
		ring "$run"
		# Not before: what the keeper's shell has to say about a killed command is not the program's output.
		exec >&3 2>&3 3>&-
		cd "$6" || exit 72
		shift 6
		CWS_WORKSTATION_RUN=$run
		export CWS_WORKSTATION_RUN
		exec "$@"
		;;
	log)
		exec 0<"$dir/out"
		printf 'logger=%s\\nloggerStart=%s\\n' "$$" "$(start_time $$)" >>"$dir/run"
		say "the log is kept again"
		keep_log
		;;
esac
`;
