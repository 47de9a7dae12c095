import {registerHooks} from 'node:module';

/** From now on no module can be loaded in this thread, by whatever way. */
export function denyModules(): void {
	const deny = (specifier: string): never => {
		throw Object.assign(new Error(`module load denied: ${specifier.slice(0, 80)}`), {code: 'EPERM'});
	};

	registerHooks({resolve: deny, load: deny});
}
