export {createFakeClock, type FakeClock} from './fake-clock.ts';
export {type StartOptions, startPlugin, type TestPlugin} from './start-plugin.ts';
export {type TestAnswer, type TestRecords, type TestWorld} from './test-context.ts';
