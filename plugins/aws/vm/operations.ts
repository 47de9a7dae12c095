import {type EC2Client} from '@aws-sdk/client-ec2';
import {
	type CallContext,
	FailureError,
	type OperationResult,
	type ProviderPlan,
	type ResourceOperation,
	type ResourceTarget,
} from 'cws/sdk';
import {assertAllowed} from '../access/guard.ts';
import {ask} from '../clients/ask.ts';
import {type AwsState} from '../state.ts';
import {accountWords} from './deploy/place.ts';
import {findVm, type FoundVm, needVm} from './read.ts';

/** One request about one instance, in an account that may be used. */
async function order<Answer>(
	state: AwsState,
	{part: {account, region}}: FoundVm,
	doing: string,
	{signal}: CallContext,
	send: (client: EC2Client) => Promise<Answer>,
): Promise<Answer> {
	await assertAllowed(account, state.config, state.identities, signal);
	return ask({account, region, doing}, signal, async () => send(await state.clients.ec2(account, region)));
}

const result = (status: OperationResult['status'], {part, resource}: FoundVm, message?: string): OperationResult => ({
	status,
	id: resource.id,
	account: part.account.name,
	region: part.region,
	...(message !== undefined && {message}),
});

export async function startVm(state: AwsState, target: ResourceTarget, call: CallContext): Promise<OperationResult> {
	const found = await needVm(state, target, call.signal);
	if (found.resource.status === 'running') {
		return result('skipped', found, 'it is running');
	}

	const {StartInstancesCommand} = await import('../clients/ec2.ts');
	await order(state, found, `start \`${target.name}\``, call, async client =>
		client.send(new StartInstancesCommand({InstanceIds: [target.id]}), {abortSignal: call.signal}),
	);
	return result('started', found);
}

export async function stopVm(state: AwsState, target: ResourceTarget, call: CallContext, hibernate = false): Promise<OperationResult> {
	const found = await needVm(state, target, call.signal);
	if (found.resource.status === 'stopped' || found.resource.status === 'hibernated') {
		return result('skipped', found, 'it does not run');
	}

	const {StopInstancesCommand} = await import('../clients/ec2.ts');
	const doing = `${hibernate ? 'put to sleep' : 'stop'} \`${target.name}\``;
	await order(state, found, doing, call, async client =>
		client.send(new StopInstancesCommand({InstanceIds: [target.id], ...(hibernate && {Hibernate: true})}), {abortSignal: call.signal}),
	);
	return result('stopped', found);
}

export async function restartVm(state: AwsState, target: ResourceTarget, call: CallContext): Promise<OperationResult> {
	const found = await needVm(state, target, call.signal);
	const {RebootInstancesCommand} = await import('../clients/ec2.ts');
	await order(state, found, `restart \`${target.name}\``, call, async client =>
		client.send(new RebootInstancesCommand({InstanceIds: [target.id]}), {abortSignal: call.signal}),
	);
	return result('started', found);
}

/** Terminates it. What is gone, or goes between two looks, is `not_found`. */
export async function destroyVm(state: AwsState, target: ResourceTarget, call: CallContext): Promise<OperationResult> {
	const found = await findVm(state, target, call.signal);
	if (found === undefined) {
		return {status: 'not_found', id: target.id, message: 'it was gone already'};
	}

	const {TerminateInstancesCommand} = await import('../clients/ec2.ts');
	try {
		await order(state, found, `terminate \`${target.name}\``, call, async client =>
			client.send(new TerminateInstancesCommand({InstanceIds: [target.id]}), {abortSignal: call.signal}),
		);
	} catch (error) {
		if (error instanceof FailureError && error.failure.code === 'CWS_NOT_FOUND') {
			return {status: 'not_found', id: target.id};
		}

		throw error;
	}

	return result('deleted', found);
}

/** The dry run of a deed: whose account, what goes and what stays. */
export async function planVmAction(
	state: AwsState,
	action: ResourceOperation,
	target: ResourceTarget,
	{signal}: CallContext,
): Promise<ProviderPlan> {
	const found = await needVm(state, target, signal);
	const {instance, part, resource} = found;
	const words = await accountWords(state, part, signal);
	const lines = [
		{label: 'account', value: words.line},
		{label: 'instance', value: `${resource.name} (${resource.id}), ${resource.rawStatus}, ${resource.size ?? ''} in ${part.region}`},
	];
	const warnings = words.warning === undefined ? [] : [words.warning];
	const disks = (instance.BlockDeviceMappings ?? []).flatMap(({Ebs, DeviceName}) =>
		Ebs?.VolumeId === undefined ? [] : [{name: `volume ${Ebs.VolumeId} (${DeviceName ?? '?'})`, goes: Ebs.DeleteOnTermination === true}],
	);
	const hasLocalDisks = /^[a-z]+\d[a-z]*d[a-z]*\./.test(instance.InstanceType ?? '');
	switch (action) {
		case 'destroy': {
			const kept = disks.filter(({goes}) => !goes).map(({name}) => name);
			return {
				lines,
				warnings: [...warnings, ...(kept.length === 0 ? [] : ['volumes that stay go on costing'])],
				takes: [...disks.filter(({goes}) => goes).map(({name}) => name), ...(hasLocalDisks ? ['what is on its local disks'] : [])],
				keeps: [...kept, 'its elastic address, if it has one', 'snapshots'],
			};
		}

		case 'stop':
		case 'hibernate': {
			return {
				lines,
				warnings: [...warnings, 'its disks go on costing while it is stopped'],
				takes: [
					...(instance.PublicIpAddress === undefined
						? []
						: [`its public address ${instance.PublicIpAddress}, unless it is an elastic one`]),
					...(hasLocalDisks ? ['what is on its local disks'] : []),
				],
				keeps: disks.map(({name}) => name),
			};
		}

		default: {
			return {lines, warnings};
		}
	}
}
