import {mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {formatBytes, type Health, type HealthCheck, type HealthStatus} from 'cws/sdk';
import {type LocalContext} from './context.ts';
import {diskOf, memoryOf, type Space} from './machine/machine-metrics.ts';
import {hasProc} from './process/process-table.ts';

const megabyte = 1_048_576;

/** Whether workstations can be made here: the disk, its space, and the memory. */
export function checkHealth(context: LocalContext): Health {
	const checks = [checkDirectory(context), ...checkDisk(diskOf(context.root)), checkMemory(memoryOf()), ...checkSystem()];
	const status = (['fail', 'warn'] as const).find(status => checks.some(check => check.status === status)) ?? 'pass';
	const bad = checks.filter(check => check.status !== 'pass');
	return {
		status,
		output: status === 'pass' ? checks.find(({name}) => name === 'disk')?.output : bad.map(({output}) => output).join(' · '),
		checks,
		...(status === 'fail' && {fix: 'free some space, or set `CWS_HOME` to a directory you can write'}),
	};
}

function checkDirectory(context: LocalContext): HealthCheck {
	// In a directory of its own, so that no watch rings for it.
	const probe = join(context.root, '.names', `.probe-${process.pid}`);
	try {
		mkdirSync(join(context.root, '.names'), {recursive: true, mode: 0o700});
		writeFileSync(probe, 'probe');
		rmSync(probe, {force: true});
		return {name: 'data directory', status: 'pass', output: context.root};
	} catch (error) {
		return {name: 'data directory', status: 'fail', output: `cannot write ${context.root}: ${(error as Error).message}`};
	}
}

export function checkDisk(space: Space | undefined): readonly HealthCheck[] {
	if (space === undefined || space.total === 0) {
		return [];
	}

	const {total, available} = space;
	const status = available < 64 * megabyte ? 'fail' : available < 1024 * megabyte || available < total * 0.03 ? 'warn' : 'pass';
	return [
		{
			name: 'disk',
			status,
			output:
				status === 'pass'
					? `${formatBytes(available)} free`
					: `the disk is nearly full: ${formatBytes(available)} of ${formatBytes(total)} free`,
			observedValue: available,
			observedUnit: 'bytes',
		},
	];
}

export function checkMemory({total, available}: Space): HealthCheck {
	const status: HealthStatus = available < total * 0.05 ? 'warn' : 'pass';
	return {
		name: 'memory',
		status,
		output:
			status === 'pass'
				? `${formatBytes(available)} available`
				: `memory is low: ${formatBytes(available)} of ${formatBytes(total)} available`,
		observedValue: available,
		observedUnit: 'bytes',
	};
}

const checkSystem = (): readonly HealthCheck[] =>
	hasProc()
		? []
		: [
				{
					name: 'process table',
					status: 'warn',
					output: 'this system has no /proc: processes that move to a session of their own are not found, and who holds a port is not told',
				},
			];
