/** Changes variables of the process, which the SDK reads by itself, until it is disposed. */
export function withEnv(values: Readonly<Record<string, string>>): Disposable {
	const before = Object.fromEntries(Object.keys(values).map(name => [name, process.env[name]]));
	Object.assign(process.env, values);
	return {
		[Symbol.dispose]() {
			for (const [name, value] of Object.entries(before)) {
				if (value === undefined) {
					delete process.env[name];
				} else {
					process.env[name] = value;
				}
			}
		},
	};
}
