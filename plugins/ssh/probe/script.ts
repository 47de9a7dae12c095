/** Last line of every answer. */
export const endOfAnswer = 'cws-end';

/**
What runs on a machine: POSIX shell functions that start as few programs as they can and change nothing. They go in by the standard
input of `sh`, so that it does not matter which shell the person has there. One fact a line.
*/
export const defineProbe = String.raw`
cws_look() {
	echo "cws-probe 1"
	if [ -r /proc/stat ]; then
		read -r _ a b c d e f g h _ < /proc/stat && echo "cpu $a $b $c $d $e $f $g $h"
		while read -r k v _; do case $k in MemTotal:) echo "memory-total-kb $v";; MemAvailable:) echo "memory-available-kb $v"; break;; esac; done < /proc/meminfo
		read -r v _ < /proc/loadavg && echo "load $v"
		read -r v _ < /proc/uptime && echo "uptime $v"
	elif [ "$cws_sysctl" ]; then
		v=$(sysctl -n vm.loadavg 2>/dev/null) && set -- $v && echo "load $2"
		[ "$cws_boot" ] && echo "uptime $(($(date +%s)-cws_boot))"
	fi
	echo "$cws_facts"
	df -Pk / 2>/dev/null </dev/null | { read -r _; read -r _ t u _ && echo "disk-kb $t $u"; }
	who 2>/dev/null </dev/null | { n=0; s=; while read -r u _; do n=$((n+1)); case " $s " in *" $u "*) ;; *) s="$s $u";; esac; done; echo "users $n$s"; }
	if [ "$cws_gpu" ]; then
		nvidia-smi --query-gpu=name,utilization.gpu,memory.used,memory.total --format=csv,noheader,nounits 2>/dev/null </dev/null | while read -r line; do echo "gpu $line"; done
	fi
	echo "cws-end"
}
cws_facts=$(
	echo "kernel $(uname -srm)"
	if [ -r /proc/cpuinfo ]; then
		n=0; while read -r k _; do case $k in processor) n=$((n+1));; esac; done < /proc/cpuinfo; [ "$n" -gt 0 ] && echo "cores $n"
		while IFS='=' read -r k v; do [ "$k" = PRETTY_NAME ] && echo "system $v" && break; done < /etc/os-release 2>/dev/null
	elif command -v sysctl >/dev/null 2>&1; then
		v=$(sysctl -n hw.memsize 2>/dev/null || sysctl -n hw.physmem 2>/dev/null) && echo "memory-total-kb $((v/1024))"
		v=$(sysctl -n hw.ncpu 2>/dev/null) && echo "cores $v"
		command -v sw_vers >/dev/null 2>&1 && echo "system macOS $(sw_vers -productVersion)"
	fi
)
cws_sysctl=$(command -v sysctl); cws_gpu=$(command -v nvidia-smi)
[ -r /proc/stat ] || cws_boot=$(sysctl -n kern.boottime 2>/dev/null | sed -n 's/.*sec = \([0-9]*\).*/\1/p')
`;

export const askProbe = 'cws_look\n';
