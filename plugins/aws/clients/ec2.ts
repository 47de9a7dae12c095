// The part of the client of EC2 that is used; nothing else imports it, so that it is loaded with the first call.
export {
	DeleteVolumeCommand,
	DescribeImagesCommand,
	DescribeInstancesCommand,
	DescribeRegionsCommand,
	DescribeSpotPriceHistoryCommand,
	DescribeVolumesCommand,
	EC2Client,
	GetConsoleOutputCommand,
	ModifyInstanceAttributeCommand,
	RebootInstancesCommand,
	RunInstancesCommand,
	StartInstancesCommand,
	StopInstancesCommand,
	TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
