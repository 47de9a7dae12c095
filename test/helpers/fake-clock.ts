export {createFakeClock, type FakeClock} from '../../source/testing/fake-clock.ts';
