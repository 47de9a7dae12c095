import {failure} from '../../source/core/failure/failure.ts';
import {failed, ok, type Outcome} from '../../source/core/failure/outcome.ts';
import {type InstallPreview, type PluginInstaller} from '../../source/core/ports/plugin-installer.ts';

export type FakeInstaller = PluginInstaller & {
	/** What lies at each path. */
	readonly sources: Map<string, InstallPreview>;
	/** What was done, in order: `stage /x`, `discard /x`, `commit /x`, `undo /x`, `keep /x`, `remove user/x`. */
	readonly done: string[];
	/** Answers the next removal in place of success. */
	readonly refuse: (outcome: Outcome<never>) => void;
};

/** An installer that writes down what it is asked for. */
export function createFakeInstaller(onPlaced: (preview: InstallPreview) => void = () => {}): FakeInstaller {
	const sources: FakeInstaller['sources'] = new Map();
	const done: string[] = [];
	let refusal: Outcome<never> | undefined;
	return {
		sources,
		done,
		refuse(outcome) {
			refusal = outcome;
		},
		async prepare(source) {
			const preview = sources.get(source);
			if (preview === undefined) {
				return failed(failure('CWS_FILE', {message: `no ${source}`}));
			}

			done.push(`stage ${source}`);
			return ok({
				preview,
				async commit() {
					done.push(`commit ${source}`);
					onPlaced(preview);
					return ok({
						directory: `/plugins/${preview.manifest.id}`,
						async undo() {
							done.push(`undo ${source}`);
							return ok(undefined);
						},
						async keep() {
							done.push(`keep ${source}`);
						},
					});
				},
				async discard() {
					done.push(`discard ${source}`);
				},
			});
		},
		async remove(_id, key) {
			done.push(`remove ${key}`);
			return refusal ?? ok(undefined);
		},
	};
}
