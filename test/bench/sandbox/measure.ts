// A child of the bench, so that what one figure leaves behind is not in the next: `node measure.ts NAME BOOTSTRAP PLUGIN`.
import {readFileSync} from 'node:fs';
import {measureCall} from './measure-call.ts';
import {measureIdle} from './measure-idle.ts';
import {measureReload} from './measure-reload.ts';
import {measureStart} from './measure-start.ts';
import {measureStream} from './measure-stream.ts';
import {type MeasureName, type Measures, type Texts} from './measures.ts';

const all: {readonly [Name in MeasureName]: (texts: Texts) => Promise<Measures[Name]>} = {
	start: measureStart,
	call: measureCall,
	stream: measureStream,
	idle: measureIdle,
	reload: measureReload,
};
const [, , name, bootstrap, code] = process.argv;
const measured = await all[name as MeasureName]({bootstrap: readFileSync(bootstrap!, 'utf8'), code: readFileSync(code!, 'utf8')});
process.stdout.write(`${JSON.stringify(measured)}\n`, () => process.exit(0));
