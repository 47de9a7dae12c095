import {assertConfined} from './self-test.ts';

// Before anything else of the bundle runs.
assertConfined();
