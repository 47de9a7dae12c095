const denied = ['fs.read', 'fs.write', 'child', 'worker', 'addon', 'wasi', 'inspector', 'ffi', 'net'] as const;

/**
Proves that Node denies what the sandbox relies on, before any plugin code is there. Permissions of a single worker are not a
documented promise, so a Node that ignores them must stop here.
*/
export function assertConfined(): void {
	const permission = process.permission as typeof process.permission | undefined;
	const open = denied.filter(scope => (scope !== 'net' || canDenyNetwork()) && (permission?.has(scope) ?? true));
	if (open.length > 0) {
		throw new Error(`the sandbox cannot be closed: Node allows ${open.join(', ')}`);
	}
}

/** Node 24 has no such permission; there the network is closed by taking away everything that reaches it. */
const canDenyNetwork = (): boolean => Number(process.versions.node.split('.')[0]) >= 25;
