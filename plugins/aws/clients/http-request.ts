// See ec2.ts.
export {HttpRequest} from '@smithy/core/protocols';
