// The part of the client of RDS that is used; see ec2.ts.
export {
	DescribeDBInstancesCommand,
	RDSClient,
	RebootDBInstanceCommand,
	StartDBInstanceCommand,
	StopDBInstanceCommand,
} from '@aws-sdk/client-rds';
