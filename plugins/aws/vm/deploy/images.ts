import {isArm} from '../../price/sizes.ts';

export type Image = {
	/** What is typed. */
	readonly alias: string;
	readonly title: string;
	/** The public parameter that always names the newest one. */
	readonly parameter: (isArm: boolean) => string;
	/** Who logs in. */
	readonly user: string;
	/** What its root disk is called there; needed to say how big it shall be. */
	readonly rootDevice: string;
};

const ubuntu = (version: string, disk: 'gp2' | 'gp3'): Image => ({
	alias: `ubuntu-${version}`,
	title: `Ubuntu ${version} LTS`,
	parameter: isArm => `/aws/service/canonical/ubuntu/server/${version}/stable/current/${isArm ? 'arm64' : 'amd64'}/hvm/ebs-${disk}/ami-id`,
	user: 'ubuntu',
	rootDevice: '/dev/sda1',
});

const debian = (version: string): Image => ({
	alias: `debian-${version}`,
	title: `Debian ${version}`,
	parameter: isArm => `/aws/service/debian/release/${version}/latest/${isArm ? 'arm64' : 'amd64'}`,
	user: 'admin',
	rootDevice: '/dev/xvda',
});

/** Images by a name that stays: AWS and the makers publish the id of the newest one for each region. */
export const images: readonly Image[] = [
	{
		alias: 'amazon-linux-2023',
		title: 'Amazon Linux 2023',
		parameter: isArm => `/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-${isArm ? 'arm64' : 'x86_64'}`,
		user: 'ec2-user',
		rootDevice: '/dev/xvda',
	},
	ubuntu('24.04', 'gp3'),
	ubuntu('22.04', 'gp2'),
	debian('12'),
	debian('13'),
];

export type ChosenImage = {
	/** What `RunInstances` takes: an id, or a parameter AWS looks up itself. */
	readonly id: string;
	readonly title: string;
	readonly user?: string;
	readonly rootDevice?: string;
};

const parameterName = /^\/[\w./-]{1,1000}$/;

/** An alias, `ami-…`, or the path of a parameter; undefined for anything else. */
export function chooseImage(name: string, instanceType: string): ChosenImage | undefined {
	if (/^ami-[0-9a-f]{8,17}$/.test(name)) {
		return {id: name, title: name};
	}

	const path = name.replace(/^resolve:ssm:/, '');
	if (parameterName.test(path)) {
		return {id: `resolve:ssm:${path}`, title: path};
	}

	const image = images.find(({alias}) => alias === name);
	return image === undefined
		? undefined
		: {id: `resolve:ssm:${image.parameter(isArm(instanceType))}`, title: image.title, user: image.user, rootDevice: image.rootDevice};
}
