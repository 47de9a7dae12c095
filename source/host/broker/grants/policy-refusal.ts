import {failure, type Failure} from '../../../core/failure/failure.ts';
import {type PermissionSet} from '../../../core/manifest/permissions.ts';
import {type PluginPolicy} from '../../../core/permissions/policy.ts';
import {type PluginOrigin} from '../../../core/plugin.ts';

type Asked = {
	readonly id: string;
	readonly version: string;
	readonly origin: PluginOrigin;
	readonly permissions: PermissionSet;
	readonly isSigned: boolean;
};

/** Why the administrator's policy lets a plugin not run, whatever the person grants; undefined when it does. */
export async function policyRefusal(
	policy: PluginPolicy,
	{id, version, origin, permissions, isSigned}: Asked,
): Promise<Failure | undefined> {
	const {allow, deny = [], minimumVersions = {}, requireSigned = false, forbidPermissions = []} = policy;
	const isForeign = origin !== 'bundled';
	if (deny.includes(id)) {
		return refusal(policy, `The plugin \`${id}\` is denied`);
	}

	if (isForeign && allow !== undefined && !allow.includes(id)) {
		return refusal(policy, `The plugin \`${id}\` is not among the allowed ones`);
	}

	if (isForeign && requireSigned && !isSigned) {
		return refusal(policy, `The plugin \`${id}\` is not signed, which it has to be`);
	}

	const forbidden = forbidPermissions.filter(kind => permissions[kind] !== undefined);
	if (isForeign && forbidden.length > 0) {
		return refusal(policy, `The plugin \`${id}\` asks for \`${forbidden.join('`, `')}\`, which no plugin may have`);
	}

	const minimum = Object.hasOwn(minimumVersions, id) ? minimumVersions[id] : undefined;
	if (minimum !== undefined) {
		const {default: lessThan} = await import('semver/functions/lt.js');
		const {default: valid} = await import('semver/functions/valid.js');
		if (valid(version) === null || valid(minimum) === null || lessThan(version, minimum)) {
			return refusal(policy, `The plugin \`${id}\` ${version} is older than ${minimum}, the oldest version that may run`);
		}
	}

	return undefined;
}

const refusal = ({file}: PluginPolicy, what: string): Failure =>
	failure('CWS_PLUGIN_DENIED', {
		message: `${what} by the policy of this machine.`,
		...(file !== undefined && {cause: `\`${file}\` says so`}),
		fix: 'Ask the administrator of this machine.',
		retryable: false,
	});
