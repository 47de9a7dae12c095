// The part of the client of STS that is used; see ec2.ts.
export {GetCallerIdentityCommand, STSClient} from '@aws-sdk/client-sts';
