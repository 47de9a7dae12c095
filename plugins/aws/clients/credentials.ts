// See ec2.ts.
export {defaultProvider} from '@aws-sdk/credential-provider-node';
