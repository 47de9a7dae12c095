export {createFakeClock, type FakeClock} from './fake-clock.ts';
export {type StartOptions, startPlugin, type TestPlugin} from './start-plugin.ts';
export {type TestAnswer, type TestRecords, type TestWorld} from './test-context.ts';
export {type ContractCheck, type ContractSample, type ContractSubject} from './contract/contract.ts';
export {contractChecks} from './contract/contract-checks.ts';
export {createTestEngine, type TestEngine} from './test-engine.ts';
