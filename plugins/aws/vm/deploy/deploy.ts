import {setTimeout as sleep} from 'node:timers/promises';
import {type Instance} from '@aws-sdk/client-ec2';
import {type CallContext, type DeploySpec, type OperationResult, providerError} from 'cws/sdk';
import {assertAllowed} from '../../access/guard.ts';
import {type Part} from '../../access/parts.ts';
import {ask} from '../../clients/ask.ts';
import {type AwsState} from '../../state.ts';
import {instanceId} from '../map.ts';
import {placeOf} from './place.ts';
import {resolveVm, type VmSpec} from './resolve-spec.ts';
import {clientToken, runRequest} from './run-request.ts';

/** Launches an instance. The same token always gives the same one: AWS keeps it for us, and it is looked for first. */
export async function deployVm(state: AwsState, deploy: DeploySpec, {signal, progress}: CallContext): Promise<OperationResult> {
	signal.throwIfAborted();
	// The same request again wants what the cancelled one may have begun.
	state.undoing.get(deploy.token)?.abort();
	const spec = resolveVm(deploy);
	const place = await placeOf(state, deploy);
	progress({message: 'checking the account'});
	await assertAllowed(place.account, state.config, state.identities, signal);
	const [begun] = await find(state, place, {Name: 'client-token', Values: [clientToken(deploy.token)]}, signal);
	if (begun?.InstanceId !== undefined) {
		return created(place, spec, begun.InstanceId, `\`${spec.name}\` was created by the same request before`);
	}

	progress({message: 'looking for the name'});
	const named = await find(state, place, {Name: 'tag:Name', Values: [withoutWildcards(spec.name)]}, signal);
	// Between the two looks the same request may have made it, in another process.
	const twin = named.find(({ClientToken}) => ClientToken === clientToken(deploy.token));
	if (twin?.InstanceId !== undefined) {
		return created(place, spec, twin.InstanceId, `\`${spec.name}\` was created by the same request before`);
	}

	const [other] = named;
	if (other !== undefined) {
		throw providerError('CWS_NAME_TAKEN', {
			message: `An instance \`${spec.name}\` exists already in ${place.region}.`,
			cause: other.InstanceId ?? '',
			fix: 'choose another name, or destroy the old one',
			details: {field: 'name'},
		});
	}

	const device = await rootDeviceOf(state, place, spec, signal);
	progress({message: 'launching'});
	try {
		const {RunInstancesCommand} = await import('../../clients/ec2.ts');
		const {Instances: [instance] = []} = await ask({...place, doing: `launch \`${spec.name}\``}, signal, async () =>
			(await state.clients.ec2(place.account, place.region)).send(new RunInstancesCommand(runRequest(spec, deploy.token, device)), {
				abortSignal: signal,
			}),
		);
		if (!instanceId.test(instance?.InstanceId ?? '')) {
			throw providerError('CWS_PROVIDER_FAILED', {
				message: `AWS did not say which instance \`${spec.name}\` is.`,
				fix: 'look at the list before you try again',
			});
		}

		return created(place, spec, instance!.InstanceId!);
	} catch (error) {
		if (signal.aborted) {
			void undo(state, place, deploy.token);
		}

		throw error;
	}
}

const created = ({account, region}: Part, {instanceType}: VmSpec, id: string, message?: string): OperationResult => ({
	status: 'created',
	id,
	account: account.name,
	region,
	size: instanceType,
	...(message !== undefined && {message}),
});

type Filter = {readonly Name: string; readonly Values: string[]};

const living = {Name: 'instance-state-name', Values: ['pending', 'running', 'stopping', 'stopped']};

async function find(state: AwsState, {account, region}: Part, filter: Filter, signal: AbortSignal): Promise<readonly Instance[]> {
	const {DescribeInstancesCommand} = await import('../../clients/ec2.ts');
	const answer = await ask({account, region, doing: 'look for what is there'}, signal, async () =>
		(await state.clients.ec2(account, region)).send(new DescribeInstancesCommand({Filters: [filter, living]}), {abortSignal: signal}),
	);
	return (answer.Reservations ?? []).flatMap(({Instances = []}) => Instances);
}

// In a filter a star is any text.
const withoutWildcards = (name: string): string => name.replaceAll(/[*?\\]/g, String.raw`\$&`);

/** What the root disk is called, where it has to be said; known for our own images, asked for others. */
async function rootDeviceOf(state: AwsState, {account, region}: Part, spec: VmSpec, signal: AbortSignal): Promise<string | undefined> {
	const needsDisk = spec.diskGb !== undefined || spec.isEncrypted || spec.diskType !== 'gp3' || spec.image.rootDevice !== undefined;
	if (!needsDisk || spec.image.rootDevice !== undefined) {
		return spec.image.rootDevice;
	}

	const {id} = spec.image;
	if (!id.startsWith('ami-')) {
		throw providerError('CWS_INVALID_INPUT', {
			message: 'The disk of an image that is named by a parameter cannot be changed.',
			fix: 'name the image by its id, or leave the disk as it is',
			details: {field: 'diskGb'},
		});
	}

	const {DescribeImagesCommand} = await import('../../clients/ec2.ts');
	const {Images: [image] = []} = await ask({account, region, doing: `read the image ${id}`}, signal, async () =>
		(await state.clients.ec2(account, region)).send(new DescribeImagesCommand({ImageIds: [id]}), {abortSignal: signal}),
	);
	return image?.RootDeviceName ?? '/dev/xvda';
}

const undoMs = 30_000;
// EC2 may still be at work when the cancel comes, and shows what it made a moment later.
const looksAfterMs = [0, 500, 2000, 5000, 10_000];

// A cancel may come after AWS took the request: what nobody waits for must not go on costing money.
async function undo(state: AwsState, place: Part, token: string): Promise<void> {
	const stop = new AbortController();
	const signal = AbortSignal.any([stop.signal, AbortSignal.timeout(undoMs)]);
	state.undoing.set(token, stop);
	try {
		for (const ms of looksAfterMs) {
			await sleep(ms, undefined, {signal, ref: false});
			const [instance] = await find(state, place, {Name: 'client-token', Values: [clientToken(token)]}, signal);
			if (instance?.InstanceId !== undefined) {
				const {TerminateInstancesCommand} = await import('../../clients/ec2.ts');
				const client = await state.clients.ec2(place.account, place.region);
				await client.send(new TerminateInstancesCommand({InstanceIds: [instance.InstanceId]}), {abortSignal: signal});
				state.log.info(`what a cancelled launch had begun was terminated: ${instance.InstanceId}`);
				return;
			}
		}
	} catch {
		if (!stop.signal.aborted) {
			state.log.warn('a launch was cancelled and AWS does not say whether it had begun; look at the list');
		}
	} finally {
		state.undoing.delete(token);
	}
}
