// The SDK's own reader of ~/.aws; see ec2.ts.
export {getSSOTokenFromFile, loadSharedConfigFiles} from '@smithy/core/config';
