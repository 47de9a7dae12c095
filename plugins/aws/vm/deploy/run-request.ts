import {createHash} from 'node:crypto';
import {type RunInstancesCommandInput, type Tag} from '@aws-sdk/client-ec2';
import {userTag} from '../map.ts';
import {type VmSpec} from './resolve-spec.ts';

/** AWS takes 64 characters, so that what a request is known by is the hash of its token. */
export const clientToken = (token: string): string => createHash('sha256').update(token).digest('hex');

export function runRequest(spec: VmSpec, token: string, rootDevice: string | undefined): RunInstancesCommandInput {
	const {image, instanceType, keyPair, securityGroups: groups, subnet, publicAddress, instanceProfile, userData} = spec;
	const tags: Tag[] = [
		...Object.entries(spec.tags).filter(([key]) => key !== 'Name' && key !== userTag),
		['Name', spec.name] as const,
		...(spec.user === undefined ? [] : [[userTag, spec.user] as const]),
	].map(([Key, Value]) => ({Key, Value}));
	// Whether there is a public address is a matter of the network card, and then the card says where it is too.
	const hasCard = publicAddress !== 'subnet';
	return {
		ImageId: image.id,
		InstanceType: instanceType as NonNullable<RunInstancesCommandInput['InstanceType']>,
		MinCount: 1,
		MaxCount: 1,
		ClientToken: clientToken(token),
		...(keyPair !== undefined && {KeyName: keyPair}),
		...(hasCard
			? {
					NetworkInterfaces: [
						{
							DeviceIndex: 0,
							AssociatePublicIpAddress: publicAddress === 'yes',
							...(subnet !== undefined && {SubnetId: subnet}),
							...(groups.length > 0 && {Groups: [...groups]}),
						},
					],
				}
			: {...(subnet !== undefined && {SubnetId: subnet}), ...(groups.length > 0 && {SecurityGroupIds: [...groups]})}),
		...(instanceProfile !== undefined && {
			IamInstanceProfile: instanceProfile.startsWith('arn:') ? {Arn: instanceProfile} : {Name: instanceProfile},
		}),
		...(userData !== undefined && {UserData: Buffer.from(userData).toString('base64')}),
		...(rootDevice !== undefined && {
			BlockDeviceMappings: [
				{
					DeviceName: rootDevice,
					Ebs: {
						VolumeType: spec.diskType,
						DeleteOnTermination: true,
						...(spec.diskGb !== undefined && {VolumeSize: spec.diskGb}),
						...(spec.isEncrypted && {Encrypted: true}),
					},
				},
			],
		}),
		...(spec.isSpot && {InstanceMarketOptions: {MarketType: 'spot', SpotOptions: {SpotInstanceType: 'one-time'}}}),
		...(spec.canHibernate && {HibernationOptions: {Configured: true}}),
		...(spec.isProtected && {DisableApiTermination: true}),
		// Without this any program on the machine that can be made to fetch an address gets the keys of its role.
		MetadataOptions: {HttpTokens: 'required', HttpEndpoint: 'enabled'},
		TagSpecifications: [
			{ResourceType: 'instance', Tags: tags},
			{ResourceType: 'volume', Tags: tags},
		],
	};
}
