import {FailureError, type Health, type HealthCheck} from 'cws/sdk';
import {type Account} from './access/accounts.ts';
import {reasonAgainst} from './access/guard.ts';
import {formatIdentity} from './access/identity.ts';
import {loginEndOf} from './access/sso-login.ts';
import {loginFix} from './clients/failures.ts';
import {type AwsState} from './state.ts';

const soonMs = 15 * 60_000;

/** Every way into AWS: whose it is, how long AWS takes to answer. A machine without credentials is well: it just has none. */
export async function checkHealth(state: AwsState, signal: AbortSignal): Promise<Health> {
	const {accounts, skipped} = await state.accounts();
	const left = skipped.map(({name, reason, isAskedFor}): HealthCheck => ({name, status: isAskedFor ? 'warn' : 'unknown', output: reason}));
	if (accounts.length === 0 && left.every(({status}) => status === 'unknown')) {
		return {status: 'pass', output: 'no AWS credentials found', ...(left.length > 0 && {checks: left})};
	}

	const answers = await Promise.all(accounts.map(async account => checkAccount(state, account, signal)));
	const checks = [...answers.map(({check}) => check), ...left];
	const bad = checks.filter(({status}) => status === 'warn' || status === 'fail');
	const isNothingLeft = answers.length > 0 && answers.every(({isSilent}) => isSilent);
	const fix = answers.find(answer => answer.fix !== undefined)?.fix ?? skipped.find(one => one.isAskedFor && one.fix !== undefined)?.fix;
	return {
		status: bad.length === 0 ? 'pass' : isNothingLeft ? 'fail' : 'warn',
		output: (bad.length === 0 ? answers.map(({check}) => check) : bad).map(({name, output}) => `${name}: ${output}`).join(' · '),
		checks,
		...(bad.length > 0 && fix !== undefined && {fix}),
		...(answers.some(({needsLogin}) => needsLogin) && {needsLogin: true}),
	};
}

const endsSoon = (account: Account, what: string, leftMs: number): Answer => ({
	check: {name: account.name, status: 'warn', output: `${what} in ${Math.max(0, Math.round(leftMs / 60_000))} min`},
	fix: loginFix(account),
});

type Answer = {readonly check: HealthCheck; readonly isSilent?: boolean; readonly fix?: string; readonly needsLogin?: boolean};

async function checkAccount({identities, clients, config, world}: AwsState, account: Account, signal: AbortSignal): Promise<Answer> {
	const {name} = account;
	const begun = performance.now();
	try {
		const identity = await identities.of(account, signal);
		const ms = Math.round(performance.now() - begun);
		const named = await identities.named(account, signal);
		const against = reasonAgainst(identity, config);
		const {expiration} = await clients.credentials(account);
		const left = expiration === undefined ? Number.POSITIVE_INFINITY : expiration.getTime() - world.now();
		if (against !== undefined) {
			return {check: {name, status: 'unknown', output: `not used: ${against}`}};
		}

		// The others are renewed by themselves, those of SSO as long as its login lasts.
		if (account.kind === 'environment' && left < soonMs) {
			return endsSoon(account, 'the credentials end', left);
		}

		const login = account.ssoSession === undefined ? undefined : await loginEndOf(account.ssoSession);
		if (login !== undefined && login - world.now() < soonMs) {
			return endsSoon(account, 'the login ends', login - world.now());
		}

		return {check: {name, status: 'pass', output: `account ${formatIdentity(named)}, ${ms} ms`, observedValue: ms, observedUnit: 'ms'}};
	} catch (error) {
		signal.throwIfAborted();
		if (!(error instanceof FailureError)) {
			throw error;
		}

		const {cause, message, fix, code} = error.failure;
		return {
			check: {name, status: 'warn', output: cause ?? message},
			isSilent: code !== 'CWS_NEEDS_LOGIN',
			...(fix !== undefined && {fix}),
			needsLogin: code === 'CWS_NEEDS_LOGIN',
		};
	}
}
