export {createFakeSecrets, type FakeSecrets} from '../../source/testing/fake-secrets.ts';
