/**
Programs that run other programs or code, or that a file or flag can make do so: allowing one allows everything the person's account can.
Not complete, and cannot be; the docs say so.
*/
const powerful: ReadonlySet<string> = new Set(
	`
		sh bash dash zsh fish ksh csh tcsh busybox toybox pwsh cmd powershell env xargs find fd parallel sudo su doas runuser
		nohup setsid timeout time nice ionice watch script screen tmux expect at batch crontab systemd-run systemctl flock
		strace gdb unshare nsenter chroot bwrap firejail proot fakeroot stdbuf setpriv capsh pkexec start-stop-daemon node
		nodejs deno bun npm npx pnpm yarn tsx corepack python pip pipx uv uvx poetry conda perl ruby gem bundle irb php composer
		lua luajit tclsh wish java jshell groovy scala kotlin go cargo rustc gcc g++ cc clang make cmake ninja bazel gradle mvn
		ant just task rake awk gawk mawk sed ed ex vi vim nvim view emacs nano less more man pager m4 bc tar zip unzip 7z cpio
		rsync scp sftp ssh sshfs ftp lftp curl wget socat nc ncat openssl git hg svn gh glab docker podman nerdctl buildah lxc
		incus virsh vagrant qemu-img kubectl helm kustomize terraform tofu terragrunt pulumi ansible ansible-playbook packer
		nomad consul nix guix brew apt apt-get dpkg rpm yum dnf pacman snap flatpak sqlite3 psql mysql mongosh osascript open
		xdg-open launchctl defaults dd tee cp mv ln install chmod chown rm mount
	`
		.trim()
		.split(/\s+/),
);

/** Whether allowing the command allows everything; also for versions of a program (`python3.12`, `gcc-13`) and for paths. */
export function isPowerful(command: string): boolean {
	const name = command
		.slice(Math.max(command.lastIndexOf('/'), command.lastIndexOf('\\')) + 1)
		.toLowerCase()
		.replace(/\.(?:exe|cmd|bat|ps1)$/, '');
	return powerful.has(name) || powerful.has(name.replace(/-?\d[\d.]*$/, '')) || name.startsWith('qemu-system');
}
