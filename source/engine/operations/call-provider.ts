import {type OperationResult} from '../../core/operation.ts';
import {type Outcome} from '../../core/failure/outcome.ts';
import {type PluginHost, type PluginProgress} from '../../core/ports/plugin-host.ts';
import {targetOf} from './resource-target.ts';
import {convergeMs} from './verify.ts';
import {type Work} from './work.ts';

type Options = {
	readonly host: PluginHost;
	readonly work: Pick<Work, 'action' | 'source' | 'resource' | 'spec' | 'controller'>;
	readonly onProgress?: (progress: PluginProgress) => void;
};

/** Asks the provider to do it. The answer says it was accepted, not that it is done. */
export const callProvider = ({
	host,
	work: {action, source, resource, spec, controller},
	onProgress,
}: Options): Promise<Outcome<OperationResult>> =>
	host.call<OperationResult>({
		plugin: source.contribution.plugin.id,
		method: `provider.${action}`,
		args: resource ? [targetOf(resource)] : [source.contribution.provider, spec],
		signal: controller.signal,
		// A provider may take as long to accept as its type says it may take to get there.
		deadlineMs: convergeMs(source),
		onProgress,
	});
