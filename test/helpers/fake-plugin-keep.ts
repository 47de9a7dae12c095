export {createFakePluginKeep, type FakePluginKeep} from '../../source/testing/fake-plugin-keep.ts';
