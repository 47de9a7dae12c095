import {addInstance, type CloudForTest, type InstanceForTest, look} from './cloud.ts';
import {AwsError, type Call} from './call.ts';
import {databaseActions} from './database-actions.ts';
import {type Xml} from './xml.ts';

/** What a call is answered with, or an `AwsError`. */
export function answerOf(cloud: CloudForTest, call: Call): Xml {
	const action = actions[`${call.service}:${call.action}`];
	if (action === undefined) {
		throw new AwsError(call.service === 'ec2' ? 'InvalidAction' : 'NotImplemented', `The action ${call.action} is not valid`, 501);
	}

	return action(cloud, call);
}

export type Action = (cloud: CloudForTest, call: Call) => Xml;

const listOf = (params: URLSearchParams, name: string): string[] => {
	const values: string[] = [];
	for (let index = 1; params.has(`${name}.${index}`); index++) {
		values.push(params.get(`${name}.${index}`)!);
	}

	return values;
};

const tagsOf = (params: URLSearchParams, prefix: string): Map<string, string> => {
	const tags = new Map<string, string>();
	for (let index = 1; params.has(`${prefix}.${index}.Key`); index++) {
		tags.set(params.get(`${prefix}.${index}.Key`)!, params.get(`${prefix}.${index}.Value`) ?? '');
	}

	return tags;
};

function own(cloud: CloudForTest, {params, region, key}: Call): InstanceForTest[] {
	return listOf(params, 'InstanceId').map(id => {
		if (!/^i-[0-9a-f]{8}(?:[0-9a-f]{9})?$/.test(id)) {
			throw new AwsError('InvalidInstanceID.Malformed', `Invalid id: "${id}"`);
		}

		const instance = cloud.instances.find(one => one.id === id && one.region === region && one.owner === cloud.owners.get(key));
		if (instance === undefined) {
			throw new AwsError('InvalidInstanceID.NotFound', `The instance ID '${id}' does not exist`);
		}

		return instance;
	});
}

const instanceXml = (instance: InstanceForTest): Xml => ({
	instanceId: instance.id,
	imageId: instance.image,
	instanceState: {code: 16, name: instance.state},
	instanceType: instance.type,
	...(instance.keyName && {keyName: instance.keyName}),
	...(instance.clientToken && {clientToken: instance.clientToken}),
	launchTime: instance.launchedAt.toISOString(),
	placement: {availabilityZone: `${instance.region}a`, tenancy: 'default'},
	privateIpAddress: '10.0.0.7',
	...(instance.publicIp && {ipAddress: instance.publicIp}),
	...(instance.reason && {stateReason: instance.reason}),
	...(instance.isSpot && {instanceLifecycle: 'spot'}),
	platformDetails: 'Linux/UNIX',
	architecture: 'x86_64',
	cpuOptions: {coreCount: 1, threadsPerCore: 2},
	hibernationOptions: {configured: instance.canHibernate},
	...(instance.volume && {
		blockDeviceMapping: [{deviceName: '/dev/xvda', ebs: {volumeId: instance.volume, deleteOnTermination: true}}],
	}),
	tagSet: [...instance.tags].map(([key, value]) => ({key, value})),
});

const change = (from: string, instance: InstanceForTest): Xml => ({
	instanceId: instance.id,
	currentState: {code: 0, name: instance.state},
	previousState: {code: 16, name: from},
});

function turn(cloud: CloudForTest, instance: InstanceForTest, now: string, then: string): Xml {
	const from = instance.state;
	instance.state = now;
	instance.next = {state: then, looks: cloud.looks};
	return change(from, instance);
}

const actions: Readonly<Record<string, Action>> = {
	'sts:GetCallerIdentity': (cloud, {key}) => ({
		Account: cloud.owners.get(key),
		Arn: `arn:aws:iam::${cloud.owners.get(key)}:user/test`,
		UserId: 'AIDATEST',
	}),
	'iam:ListAccountAliases': cloud => ({AccountAliases: cloud.alias === undefined ? [] : [cloud.alias]}),
	'monitoring:GetMetricData': (cloud, {params}) => ({
		Messages: [],
		MetricDataResults: [1, 2, 3].map(index => {
			const query = `MetricDataQueries.member.${index}`;
			const id = params.get(`${query}.Id`) ?? '';
			const values = cloud.measured.get(`${params.get(`${query}.MetricStat.Metric.Dimensions.member.1.Value`)}/${id}`) ?? [];
			const Timestamps = values.map((_, back) => new Date(Date.UTC(2026, 0, 1) - back * 300_000).toISOString());
			return {Timestamps, Values: values, Label: `<Id> of ${id}`, Id: id, StatusCode: 'Complete'};
		}),
	}),
	'sts:AssumeRole'(cloud, {params}) {
		const role = params.get('RoleArn') ?? '';
		cloud.owners.set('ASIAROLE', role.split(':')[4] ?? '');
		return {
			Credentials: {
				AccessKeyId: 'ASIAROLE',
				SecretAccessKey: 'secret',
				SessionToken: 'token',
				Expiration: new Date(Date.now() + 3_600_000).toISOString(),
			},
			AssumedRoleUser: {Arn: role, AssumedRoleId: 'AROATEST:cws'},
		};
	},
	'ec2:DescribeRegions': cloud => ({regionInfo: cloud.regions.map(regionName => ({regionName, regionEndpoint: 'x'}))}),
	'ec2:DescribeSpotPriceHistory': (cloud, {params, region}) => ({
		spotPriceHistorySet: listOf(params, 'InstanceType').flatMap(instanceType =>
			[...cloud.spotPrices].map(([zone, spotPrice]) => ({
				instanceType,
				availabilityZone: `${region}${zone}`,
				spotPrice,
				productDescription: 'Linux/UNIX',
				timestamp: '2026-01-02T03:04:05.000Z',
			})),
		),
	}),
	'ec2:DescribeImages': (_cloud, {params}) => ({
		imagesSet: listOf(params, 'ImageId').map(imageId => ({imageId, rootDeviceName: '/dev/sda9'})),
	}),
	'ec2:DescribeInstances'(cloud, call) {
		const {params, region, key} = call;
		const asked = listOf(params, 'InstanceId').length > 0 ? own(cloud, call) : undefined;
		const filters = Array.from({length: 5}, (_, index) => ({
			name: params.get(`Filter.${index + 1}.Name`) ?? '',
			values: listOf(params, `Filter.${index + 1}.Value`),
		})).filter(({name}) => name !== '');
		const all = (asked ?? cloud.instances.filter(one => one.region === region && one.owner === cloud.owners.get(key)))
			.map(instance => look(instance))
			.filter(instance =>
				filters.every(({name, values}) =>
					name === 'instance-state-name'
						? values.includes(instance.state)
						: name === 'client-token'
							? values.includes(instance.clientToken ?? '')
							: name.startsWith('tag:')
								? values.map(value => value.replaceAll('\\', '')).includes(instance.tags.get(name.slice(4)) ?? '\0')
								: false,
				),
			);
		const first = Number(params.get('NextToken') ?? 0);
		const size = Math.min(cloud.pageSize, Number(params.get('MaxResults') ?? 1000));
		return {
			reservationSet: all
				.slice(first, first + size)
				.map(instance => ({reservationId: 'r-1', ownerId: instance.owner, instancesSet: [instanceXml(instance)]})),
			...(first + size < all.length && {nextToken: String(first + size)}),
		};
	},
	'ec2:RunInstances'(cloud, {params, region, key}) {
		const clientToken = params.get('ClientToken') ?? '';
		const image = params.get('ImageId') ?? '';
		const tags = tagsOf(params, 'TagSpecification.1.Tag');
		const before = cloud.instances.find(one => one.clientToken === clientToken && one.region === region);
		if (before !== undefined && before.type !== params.get('InstanceType')) {
			throw new AwsError('IdempotentParameterMismatch', 'The client token was used with other parameters');
		}

		if (!/^(?:ami-[0-9a-f]{17}|resolve:ssm:\/.+)$/.test(image)) {
			throw new AwsError('InvalidAMIID.Malformed', `Invalid id: "${image}"`);
		}

		if (params.get('KeyName') === 'nobody') {
			throw new AwsError('InvalidKeyPair.NotFound', "The key pair 'nobody' does not exist");
		}

		const instance =
			before ??
			addInstance(cloud, {
				region,
				owner: cloud.owners.get(key)!,
				type: params.get('InstanceType') ?? '',
				image,
				clientToken,
				tags,
				launchedAt: new Date(),
				canHibernate: params.get('HibernationOptions.Configured') === 'true',
				isSpot: params.get('InstanceMarketOptions.MarketType') === 'spot',
				isProtected: params.get('DisableApiTermination') === 'true',
				userData: params.get('UserData') ?? '',
				state: 'pending',
				next: {state: 'running', looks: cloud.looks},
				...(params.get('KeyName') !== null && {keyName: params.get('KeyName')!}),
			});
		return {reservationId: 'r-1', ownerId: instance.owner, instancesSet: [instanceXml(instance)]};
	},
	'ec2:StartInstances': (cloud, call) => ({
		instancesSet: own(cloud, call).map(instance => {
			if (instance.state !== 'stopped') {
				throw new AwsError('IncorrectInstanceState', `The instance '${instance.id}' is not in a state from which it can be started.`);
			}

			delete instance.reason;
			return turn(cloud, instance, 'pending', 'running');
		}),
	}),
	'ec2:StopInstances': (cloud, call) => ({
		instancesSet: own(cloud, call).map(instance => {
			const sleeps = call.params.get('Hibernate') === 'true';
			if (sleeps && !instance.canHibernate) {
				throw new AwsError('UnsupportedHibernationConfiguration', 'The instance was not launched with hibernation');
			}

			instance.reason = sleeps
				? {code: 'Client.UserInitiatedHibernate', message: 'User initiated hibernate'}
				: {code: 'Client.UserInitiatedShutdown', message: 'User initiated shutdown'};
			return turn(cloud, instance, 'stopping', 'stopped');
		}),
	}),
	'ec2:ModifyInstanceAttribute'(cloud, call) {
		const [instance] = own(cloud, {...call, params: new URLSearchParams({'InstanceId.1': call.params.get('InstanceId') ?? ''})});
		if (instance!.state !== 'stopped') {
			throw new AwsError('IncorrectInstanceState', `The instance '${instance!.id}' is not in the 'stopped' state.`);
		}

		instance!.type = call.params.get('InstanceType.Value') ?? instance!.type;
		return {return: true};
	},
	'ec2:RebootInstances'(cloud, call) {
		own(cloud, call);
		return {return: true};
	},
	'ec2:TerminateInstances': (cloud, call) => ({
		instancesSet: own(cloud, call).map(instance => {
			if (instance.isProtected) {
				throw new AwsError('OperationNotPermitted', `The instance '${instance.id}' may not be terminated.`);
			}

			return turn(cloud, instance, 'shutting-down', 'terminated');
		}),
	}),
	'ec2:GetConsoleOutput'(cloud, call) {
		const [instance] = own(cloud, {...call, params: new URLSearchParams({'InstanceId.1': call.params.get('InstanceId') ?? ''})});
		const text = cloud.console.get(instance!.id) ?? '';
		return {instanceId: instance!.id, ...(text !== '' && {output: Buffer.from(text).toString('base64')})};
	},
	'ec2:DescribeVolumes'(cloud, {params, region}) {
		const ids = listOf(params, 'VolumeId');
		const found = cloud.volumes.filter(volume => volume.region === region && (ids.length === 0 || ids.includes(volume.id)));
		if (ids.length > found.length) {
			throw new AwsError('InvalidVolume.NotFound', `The volume '${ids[0]}' does not exist.`);
		}

		const first = Number(params.get('NextToken') ?? 0);
		return {
			volumeSet: found.slice(first, first + cloud.pageSize).map(({id, gb, kind, name, attachedTo}) => ({
				volumeId: id,
				size: gb,
				volumeType: kind,
				status: attachedTo === undefined ? 'available' : 'in-use',
				createTime: '2026-01-02T03:04:05.000Z',
				availabilityZone: `${region}a`,
				...(attachedTo && {
					attachmentSet: [{volumeId: id, instanceId: attachedTo, device: '/dev/xvdb', status: 'attached', deleteOnTermination: false}],
				}),
				...(name && {tagSet: [{key: 'Name', value: name}]}),
			})),
			...(first + cloud.pageSize < found.length && {nextToken: String(first + cloud.pageSize)}),
		};
	},
	'ec2:DeleteVolume'(cloud, {params, region}) {
		const index = cloud.volumes.findIndex(({id, region: own}) => id === params.get('VolumeId') && own === region);
		if (index === -1) {
			throw new AwsError('InvalidVolume.NotFound', `The volume '${params.get('VolumeId')}' does not exist.`);
		}

		if (cloud.volumes[index]!.attachedTo !== undefined) {
			throw new AwsError('VolumeInUse', `Volume ${params.get('VolumeId')} is currently attached`);
		}

		cloud.volumes.splice(index, 1);
		return {return: true};
	},
	...databaseActions,
};
