/** Begins something with variables that it copies when it starts, as a plugin does, and puts the old ones back. */
export async function withEnvironment<Started>(
	variables: Readonly<Record<string, string>>,
	begin: () => Promise<Started>,
): Promise<Started> {
	const before = {...process.env};
	Object.assign(process.env, variables);
	try {
		return await begin();
	} finally {
		for (const name of Object.keys(variables)) {
			if (before[name] === undefined) {
				delete process.env[name];
			} else {
				process.env[name] = before[name];
			}
		}
	}
}
