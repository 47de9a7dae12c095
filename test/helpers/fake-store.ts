export {createFakeStore, type FakeStore} from '../../source/testing/fake-store.ts';
