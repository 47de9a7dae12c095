import {type Manifest} from '../../../core/manifest.ts';
import {type ManifestProblem} from '../problem.ts';

/** A login can only keep secrets that the plugin asks for. */
export function loginProblems({
	contributes = {},
	permissions = {},
}: Pick<Manifest, 'contributes' | 'permissions'>): readonly ManifestProblem[] {
	const asked = new Set((permissions.secrets ?? []).map(({name}) => name));
	return (contributes.authProviders ?? []).flatMap(({secrets = []}, at) =>
		secrets.flatMap((name, index) =>
			asked.has(name)
				? []
				: [
						{
							pointer: `/contributes/authProviders/${at}/secrets/${index}`,
							message: `\`${name}\` is no secret of the plugin`,
							fix: 'Ask for it in `permissions.secrets`, or leave it out.',
						},
					],
		),
	);
}
